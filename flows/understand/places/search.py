"""One search: the exact mentions, then guesses where a name is expected, then the choice."""

from __future__ import annotations

from collections.abc import Sequence

from flows.understand.places import everyday as say
from flows.understand.places.around import LARGE, Surroundings
from flows.understand.places.candidate import Candidate
from flows.understand.places.choosing import Choice
from flows.understand.places.damaged import cut_short, mistyped, torn
from flows.understand.places.guess import PER_SLIP, cities_near, guesses, is_near
from flows.understand.places.layout import retyped
from flows.understand.places.lexicon import Lexicon
from flows.understand.places.mentions import Mention, Reader
from flows.understand.places.tokens import Token, tokens

MOST_MENTIONS = 12  # a text: nobody is in more places
MOST_GUESSES = 3  # a text
PATRONYMS = ("івна", "овна", "евна", "овіч", "евіч")  # "Петрівна" is nobody's Петрівка
FEW_WORDS, SHORT = 2, 6  # words not explained otherwise, and all words, of a text that may be a mistyped name
HAMLET, OVERLOOKED = 1500, 0.95  # people of a village whose name may be a city's with a letter left out; its fit


def search(text: str, lexicon: Lexicon) -> list[Candidate]:
    """See `flows.understand.places.find`."""
    found = _answer(tokens(text), lexicon, exact=False)
    for other in [] if found else retyped(text):
        found = found or _answer(tokens(other), lexicon, exact=True)
    return found


def _answer(row: Sequence[Token], lexicon: Lexicon, *, exact: bool) -> list[Candidate]:
    reader = Reader(lexicon, row)
    mentions = _mentions(reader)
    if not exact:
        mentions = _with_guesses(reader, mentions)
    around = Surroundings(row, mentions, lexicon.places)
    if not exact and len(mentions) == 1 and around.stands_alone() and around.people(mentions[0]) < HAMLET:
        _overlook(reader, mentions[0])
    return Choice(mentions, around, lexicon.places).best()


def _mentions(reader: Reader) -> list[Mention]:
    """From left to right, none overlapping another."""
    found: list[Mention] = []
    at = 0
    while at < len(reader.row) and len(found) < MOST_MENTIONS:
        mention = _mention(reader, at)
        if mention:
            found.append(mention)
        at = mention.end if mention else at + 1
    return found


def _mention(reader: Reader, at: int) -> Mention | None:
    if reader.is_street(at):
        return None
    if reader.says_what_follows(at):
        return reader.phrase(at)
    if not (any(reader.numbers[at : at + 2]) or reader.row[at].dotted or reader.row[at].hyphened):
        return torn(reader, at)  # neither this word nor the next is of any name
    return (
        reader.marked(at, reader.lexicon.regions, say.REGION_WORDS)
        or reader.marked(at, reader.lexicon.districts, say.DISTRICT_WORDS)
        or reader.phrase(at)
        or cut_short(reader, at)
        or mistyped(reader, at)
        or reader.single(at)
        or torn(reader, at)
    )


# --- guesses -------------------------------------------------------------------------------------------------


def _with_guesses(reader: Reader, mentions: list[Mention]) -> list[Mention]:
    """The mentions and, where a name is expected and none was read, what a mistyped word may be."""
    around = Surroundings(reader.row, mentions, reader.lexicon.places)
    guessed: list[Mention] = []
    for at in around.untold:
        if len(guessed) < MOST_GUESSES and _is_expected(around, at) and (mention := _guess(reader, at, around)):
            guessed.append(mention)
    return sorted([*mentions, *guessed], key=lambda mention: mention.start)


def _is_expected(around: Surroundings, at: int) -> bool:
    token, spot = around.row[at], Mention(at, at + 1)
    if around.is_addressed(spot):
        return token.text not in say.NEVER
    if token.sounds[0] in say.known() or token.sounds[0].endswith(PATRONYMS):
        return False
    if len(around.untold) <= FEW_WORDS and len(around.row) <= SHORT:
        return token.capital or (len(around.untold) == 1 and not around.is_talk())
    return bool(around.preposition(spot)) and (token.capital or around.lives_there(spot))


def _guess(reader: Reader, at: int, around: Surroundings) -> Mention | None:
    sure = around.is_addressed(Mention(at, at + 1))
    fits: dict[int, float] = {}
    for heard in reader.row[at].sounds:
        for form, slips in guesses(reader.lexicon, heard, sure=sure):
            for number in reader.lexicon.forms.numbers(form):
                reader.take((number,), 1 - PER_SLIP * slips, fits)
    for number in cities_near(reader.lexicon, reader.row[at].text):
        reader.take((number,), 1 - PER_SLIP, fits)
    return Mention(at, at + 1, fits, plain=True, guessed=True) if fits else None


def _overlook(reader: Reader, mention: Mention) -> None:
    """ "Полтва" is a village, but for one who writes from there a hundred left a letter out of a city's name."""
    lexicon, heard = reader.lexicon, reader.row[mention.start].sounds[0]
    if mention.end - mention.start > 1 or not mention.marked:
        return
    for form in lexicon.shelves.get(("city", len(heard) + 1, heard[0]), ()):
        if is_near(heard, form):
            for number in lexicon.forms.numbers(form):
                if lexicon.words[number] == form and lexicon.people(number) >= LARGE:
                    reader.take((number,), OVERLOOKED, mention.fits)
