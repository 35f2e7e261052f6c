"""Finding help: what is needed, where, what there is, one service, the way there, and words to pass on.

The address of each screen carries need, place and page, so every button works for ever and nothing is stored.
"""
