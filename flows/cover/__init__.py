"""What stays in the chat after an exit: an ordinary, mildly useful thing that is personal to nobody."""
