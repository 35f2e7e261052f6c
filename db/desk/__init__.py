"""The operator desk: cases, those who answer them, and what is kept of both."""
