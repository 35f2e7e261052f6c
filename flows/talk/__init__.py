"""Talking to a human: the lines that answer now, asking for an operator, and the conversation itself."""
