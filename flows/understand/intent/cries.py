"""Cries: a few words that say nothing else. "мене вбивають" is danger, whatever the model has learnt of idioms.

It is taught with a thousand ways in which work or the heat "kills" somebody; so where nothing but the cry is there it
is not asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from flows.understand.intent.folded import Folded
from flows.understand.intent.letters import Word
from flows.understand.intent.tables import CAUSES, WORDS

MOST = 6  # words of a cry


def cry_in(words: Sequence[Word]) -> str:
    """The cause of a message in which every word is a cry's or stands beside one; empty for any other message."""
    if len(words) > MOST:
        return ""
    known = cries()
    heard = [known.get(one.slavic) or known.get(one.english) for one in words]
    if None in heard:
        return ""
    return next((cause for cause in CAUSES if cause in heard), "")


@cache
def cries() -> Mapping[str, str]:
    """The cause of each word, and "beside" for what may stand with it."""
    table = tomllib.loads((WORDS / "cries.toml").read_text(encoding="utf-8"))
    said = {"beside": table["beside"], **table["cries"]}
    folded = Folded()
    folded.read({word for words in said.values() for word in words.split()})
    return {folded[word]: cause for cause, words in said.items() for word in words.split()}
