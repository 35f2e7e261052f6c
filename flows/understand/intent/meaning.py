"""What the words of a message mean by themselves, before anybody asks which places they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from flows.understand.intent.letters import Word, english, fold, read_words
from flows.understand.intent.rules import Reading
from flows.understand.intent.tables import CAUSES, Tables, tables

Intent = Literal["danger", "exit", "place", "service", "human", "relative", "greeting", "none"]


def _both(words: str) -> frozenset[str]:
    return frozenset(english(one) if one.isascii() else fold(one) for one in words.split())


# What grave words (2 each) and heavy words (1 each) must weigh when no rule fits, to be taken for danger all the same.
ENOUGH, ENOUGH_OF_SOMEBODY = 3, 2

FORGIVEN_AT_MOST = 60  # words of a message in which a slip is looked for

# "не" and what it denies are read as one word, so that "не б'є" is no blow and "не випускає" is.
_NOT = _both("не нє not dont doesnt didnt isnt arent wasnt cant cannot couldnt wont wouldnt shouldnt aint never")
# After these "не" is no denial: "мало не вбив", "боюсь, щоб не вбив".
_BARELY = _both(
    "мало ледь ледве чуть трохи щоб шоб чтоб чтобы аби хоч хотя хоть чи би бы б лиш лишь раптом вдруг almost nearly"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent with a danger's cause or a service's kind; `none` when the words say none of it."""

    intent: Intent
    kind: str = ""


NOTHING = Meaning("none")
UNTOLD = Meaning("danger", "now")
_AFTER_SERVICES: tuple[Intent, ...] = ("relative", "human", "greeting")


def nobodys_name(_: str) -> bool:
    """Without a gazetteer no word is a name."""
    return False


def meaning(text: str, is_name: Callable[[str], bool] = nobodys_name) -> Meaning:
    """Danger, or what is asked for; the text is looked at and let go. A name is never a slip of another word."""
    known = tables()
    whole = Reading(_bits(read_words(text), known, is_name))
    if cause := _cause(whole, known):
        return Meaning("danger", cause)
    wish = _wish(whole, known)
    return UNTOLD if wish == NOTHING and _is_about_us(whole, known) else wish


def _cause(whole: Reading, known: Tables) -> str:
    """The most telling cause of danger, empty when there is none."""
    bare = whole.without(known.harmless)
    causes = bare.meanings(known.danger)
    if not causes and _is_heavy(bare, known):
        causes = frozenset({"now"})
    if known.is_play(whole.all):
        causes &= {"suicide"}
    return next((cause for cause in CAUSES if cause in causes), "")


def _is_about_us(whole: Reading, known: Tables) -> bool:
    """Whether a message is about somebody and the writer, and nothing in it is kind, nor denied, nor play.

    Who writes to this bot about "him and me" in words that no table knows may be hinting at what cannot be said.
    Better one tap too many than such a message answered with "not understood".
    """
    bits, bare = known.vocabulary.bits, whole.without(known.harmless).all
    if whole.all & bits["BENIGN"] or known.is_play(whole.all):
        return False
    return bool(bare & bits["HE"] and bare & bits["TOME"])


def _is_heavy(bare: Reading, known: Tables) -> bool:
    """Whether the words together weigh enough, though no rule fits; less is enough when somebody is named."""
    weight = bare.weight(known.heavy, known.grave)
    return weight >= ENOUGH or (weight >= ENOUGH_OF_SOMEBODY and bool(bare.all & known.somebody))


def _wish(found: Reading, known: Tables) -> Meaning:
    wishes = found.meanings(known.wishes)
    kind = _kind(found, known)
    if kind:
        return Meaning("service", kind)
    for intent in _AFTER_SERVICES:
        if intent in wishes:
            return Meaning(intent)
    return NOTHING


def _kind(found: Reading, known: Tables) -> str:
    meant = found.meanings(known.services)
    return next((rule.means for rule in known.services.rules if rule.means in meant), "")


def _bits(words: tuple[Word, ...], known: Tables, is_name: Callable[[str], bool]) -> list[int]:
    """Each word's groups; a denied word's are those of the denial."""
    words = _with_spaces_where_they_belong(words, known)
    speaks_english = _speaks_english(words, known)
    bits: list[int] = []
    forgiven = 0
    denied = False
    for at, one in enumerate(words):
        if not denied and _denies(words, at):
            denied = True
            continue
        forgiving = forgiven < FORGIVEN_AT_MOST and not is_name(one.typed)
        read = _denied(one) if denied else one
        kind = known.vocabulary.kindly(one) if denied else 0
        found = known.vocabulary.bits_of(
            read,
            as_english=bool(one.english),
            as_slavic=not one.english or not speaks_english,
            forgiving=forgiving,
        )
        forgiven += not found
        bits.append((found or known.vocabulary.shape(read)) | kind)
        denied = False
    return bits


def _with_spaces_where_they_belong(words: tuple[Word, ...], known: Tables) -> tuple[Word, ...]:
    """The words with a space put right that slipped by one letter: "здави вшию", "мен еб'є"."""
    mended = list(words)
    for at in range(min(len(words), FORGIVEN_AT_MOST) - 1):
        one, other = mended[at], mended[at + 1]
        if known.vocabulary.knows_both(one, other):
            continue
        for first, second in _shifted(one, other):
            if known.vocabulary.tells_both(first, second):
                mended[at], mended[at + 1] = first, second
                break
    return tuple(mended)


def _shifted(one: Word, other: Word) -> Iterator[tuple[Word, Word]]:
    """Both words with the space one letter further, and one letter earlier."""
    yield (
        Word(one.slavic + other.slavic[:1], one.english + other.english[:1]),
        Word(other.slavic[1:], other.english[1:]),
    )
    yield (
        Word(one.slavic[:-1], one.english[:-1]),
        Word(one.slavic[-1:] + other.slavic, one.english[-1:] + other.english),
    )


def _denies(words: tuple[Word, ...], at: int) -> bool:
    if at + 1 == len(words) or not {words[at].slavic, words[at].english} & _NOT:
        return False
    return at == 0 or not {words[at - 1].slavic, words[at - 1].english} & _BARELY


def _denied(one: Word) -> Word:
    return Word(f"не_{one.slavic}" if one.slavic else "", f"not_{one.english}" if one.english else "")


def _speaks_english(words: tuple[Word, ...], known: Tables) -> bool:
    """Whether the Latin words of a message are English rather than Ukrainian or Russian in Latin letters."""
    latin = [one for one in words if one.english]
    as_english = sum(known.vocabulary.knows(one.english) for one in latin)
    as_slavic = sum(known.vocabulary.knows(one.slavic) for one in latin)
    return as_english > as_slavic or (as_english == as_slavic and as_english > 0)
