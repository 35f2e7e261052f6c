"""What a typed text means: danger with its cause before everything, then what is asked for, then a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from db.places.places import Places
from flows.understand.intent.letters import Word, read_words
from flows.understand.intent.rules import Reading
from flows.understand.intent.tables import CAUSES, Tables, tables
from flows.understand.intent.whole import means_exit
from flows.understand.places import Candidate, find

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]

FORGIVEN_AT_MOST = 90  # words of a message in which a slip is looked for
PLACE_LENGTH = 400  # characters of a message in which a place is looked for

# "не" and what it denies are read as one word, so that "не б'є" is no blow and "не випускає" is.
NOT = frozenset("не ни not dont doesnt didnt isnt arent wasnt cant cannot couldnt wont wouldnt shouldnt aint never".split())
# After these "не" is no denial: "мало не вбив", "боюсь, щоб не вбив".
BARELY = frozenset("мало ледь ледве чуть трохи щоб чтоб чтобы шоб аби хоч хотя хоть чи би бы б лиш лишь раптом вдруг".split())


@dataclass(frozen=True, slots=True)
class Understood:
    """The meaning of a text. `kind` is a danger's cause or a service's kind; `candidates` are places it names."""

    intent: Intent
    kind: str = ""
    candidates: tuple[Candidate, ...] = ()
