"""Words read together: where sentences begin, what is denied, where a space slipped, and which language Latin letters
stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from flows.understand.intent.letters import Word, english, fold
from flows.understand.intent.tables import Tables
from flows.understand.intent.vocabulary import OPENS


def _both(words: str) -> frozenset[str]:
    return frozenset(english(one) if one.isascii() else fold(one) for one in words.split())


FORGIVEN_AT_MOST = 24  # words of a message in which a slip is looked for
SHORTEST_DENIED = 3  # letters of a denied word that may be a slip: "не б'є" is not "не бий"

# "не" and what it denies are read as one word, so that "не б'є" is no blow and "не випускає" is.
_NOT = _both("не нє not dont doesnt didnt isnt arent wasnt cant cannot couldnt wont wouldnt shouldnt aint never")
# After these "не" is no denial: "мало не вбив", "боюсь, щоб не вбив".
_BARELY = _both(
    "мало ледь ледве чуть трохи щоб шоб чтоб чтобы аби хоч хотя хоть чи би бы б лиш лишь раптом вдруг almost nearly"
)


def sentences(opening: Sequence[int]) -> list[tuple[int, int]]:
    """Where each begins and where the next one does; `opening` tells of each word whether a sentence opens with it."""
    later = [at for at, opens in enumerate(opening) if at and opens]
    return [*pairwise([0, *later, len(opening)])]


def bits_of(words: tuple[Word, ...], known: Tables, is_name: Callable[[str], bool]) -> list[int]:
    """Each word's groups; a denied word's are those of the denial."""
    words = _with_spaces_where_they_belong(words, known)
    speaks_english = _speaks_english(words, known)
    bits: list[int] = []
    read_before: dict[tuple[str, str, bool], int] = {}  # in this message: a wall of text is a word again and again
    forgiven = 0
    denied = False
    for at, one in enumerate(words):
        if (one.slavic in _NOT or one.english in _NOT) and not denied and _denies(words, at):
            denied = True
            continue
        forgiving = forgiven < FORGIVEN_AT_MOST and not (denied and len(one.slavic) < SHORTEST_DENIED)
        read = _denied(one) if denied else one
        kind = known.vocabulary.kindly(one) if denied else 0
        key = (read.slavic, read.english, forgiving)
        found = read_before.get(key)
        if found is None:
            slavic = not one.english or not speaks_english
            found = known.vocabulary.bits_of(read, as_english=bool(one.english), as_slavic=slavic)
            if forgiving and not found & known.vocabulary.core and not known.vocabulary.has(read):
                slip = known.vocabulary.meant_by(read)
                found |= slip if slip and not is_name(one.typed) else 0
            read_before[key] = found
        forgiven += not found
        opens = OPENS if one.opens or (denied and words[at - 1].opens) else 0
        bits.append((found or known.vocabulary.shape(read)) | kind | opens)
        denied = False
    return bits


def _with_spaces_where_they_belong(words: tuple[Word, ...], known: Tables) -> tuple[Word, ...]:
    """The words with a space put right that slipped by one letter: "здави вшию", "мен еб'є"."""
    mended = list(words)
    sure = [known.vocabulary.knows_word(one) for one in words[:FORGIVEN_AT_MOST]]
    for at in range(len(sure) - 1):
        if sure[at] and sure[at + 1]:
            continue
        one, other = mended[at], mended[at + 1]
        if other.opens:
            continue
        for first, second in _shifted(one, other):
            if known.vocabulary.tells_both(first, second):
                mended[at], mended[at + 1] = first, second
                break
    return tuple(mended)


def _shifted(one: Word, other: Word) -> Iterator[tuple[Word, Word]]:
    """Both words with the space one letter further, and one letter earlier."""
    yield (
        Word(one.slavic + other.slavic[:1], one.english + other.english[:1], opens=one.opens),
        Word(other.slavic[1:], other.english[1:]),
    )
    yield (
        Word(one.slavic[:-1], one.english[:-1], opens=one.opens),
        Word(one.slavic[-1:] + other.slavic, one.english[-1:] + other.english),
    )


def _denies(words: tuple[Word, ...], at: int) -> bool:
    """Whether a "не" denies the word after it."""
    if at + 1 == len(words) or words[at + 1].opens:
        return False
    return at == 0 or not {words[at - 1].slavic, words[at - 1].english} & _BARELY


def _denied(one: Word) -> Word:
    return Word(f"не_{one.slavic}" if one.slavic else "", f"not_{one.english}" if one.english else "")


def _speaks_english(words: tuple[Word, ...], known: Tables) -> bool:
    """Whether the Latin words of a message are English rather than Ukrainian or Russian in Latin letters."""
    latin = {one for one in words if one.english}
    as_english = sum(known.vocabulary.knows(one.english) for one in latin)
    as_slavic = sum(known.vocabulary.knows(one.slavic) for one in latin)
    return as_english > as_slavic or (as_english == as_slavic and as_english > 0)
