"""Practice for operators: scripted visitors, what is heard in an operator's words, what was missed. All of it pure."""
