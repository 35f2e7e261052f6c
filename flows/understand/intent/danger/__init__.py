"""Danger in a message: one table of words and rules per cause, and what only sounds like it."""
