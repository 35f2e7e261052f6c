"""One search: the exact mentions, then guesses where a name is expected, then the choice."""

from __future__ import annotations

from collections.abc import Sequence

from flows.understand.places import everyday as say
from flows.understand.places.around import LARGE, Surroundings
from flows.understand.places.candidate import Candidate
from flows.understand.places.choosing import Choice
from flows.understand.places.guess import guesses, is_near
from flows.understand.places.layout import retyped
from flows.understand.places.lexicon import Lexicon
from flows.understand.places.mentions import PER_SLIP, Mention, Reader
from flows.understand.places.tokens import Token, tokens

MOST_GUESSES = 3  # a text
HAMLET, OVERLOOKED = 1500, 0.95  # people of a village whose name may be a city's with a letter left out; its fit
FEW_WORDS = 2  # not explained otherwise: the text may be a mistyped name


def search(text: str, lexicon: Lexicon) -> list[Candidate]:
    """See `flows.understand.places.find`."""
    row = tokens(text)
    found = _answer(row, lexicon, guess=True) if row else []
    if found:
        return found
    for other in retyped(text):
        found = _answer(tokens(other), lexicon, guess=False)
        if found:
            return found
    return []


def _answer(row: Sequence[Token], lexicon: Lexicon, *, guess: bool) -> list[Candidate]:
    reader = Reader(lexicon, row)
    mentions = reader.read()
    if guess:
        mentions = _with_guesses(reader, mentions)
    around = Surroundings(row, mentions, lexicon.places)
    for mention in mentions:
        if guess and around.stands_alone() and len(mentions) == 1 and around.people(mention) < HAMLET:
            _overlook(reader, mention)
    choice = Choice(mentions, around, lexicon.places)
    choice.narrow()
    return choice.chosen()


def _with_guesses(reader: Reader, mentions: list[Mention]) -> list[Mention]:
    """The mentions and, where a name is expected and none was read, what a mistyped word may be."""
    around = Surroundings(reader.row, mentions, reader.lexicon.places)
    guessed: list[Mention] = []
    for at in around.untold:
        if len(guessed) < MOST_GUESSES and _is_expected(around, at) and (mention := _guess(reader, at, around)):
            guessed.append(mention)
    return sorted([*mentions, *guessed], key=lambda mention: mention.start)


def _overlook(reader: Reader, mention: Mention) -> None:
    """ "Полтва" is a village, but for one who writes from there a hundred left a letter out of a city's name."""
    lexicon, heard = reader.lexicon, reader.row[mention.start].sounds[0]
    if mention.end - mention.start == 1 and mention.marked:
        for form in lexicon.shelves.get(("city", len(heard) + 1), ()):
            if form[0] == heard[0] and is_near(heard, form):
                for number in lexicon.forms[form]:
                    if lexicon.words[number] == form and lexicon.people(number) >= LARGE:
                        reader.take((number,), OVERLOOKED, mention.fits)


def _is_expected(around: Surroundings, at: int) -> bool:
    token = around.row[at]
    heard = token.sounds[0]
    if heard in say.known() or heard in say.everyday() or heard in say.persons():
        return False
    if len(around.untold) <= FEW_WORDS and len(around.row) <= 2 * FEW_WORDS + 2:
        return (len(around.untold) == 1 and not around.is_talk()) or token.capital
    spot = Mention(at, at + 1)
    if around.has_address_word(spot):
        return True
    return bool(around.preposition(spot)) and (token.capital or around.lives_there(spot))


def _guess(reader: Reader, at: int, around: Surroundings) -> Mention | None:
    lexicon, fits = reader.lexicon, {}
    sure = around.has_address_word(Mention(at, at + 1))
    for heard in reader.row[at].sounds:
        for form, slips in guesses(lexicon, heard, sure=sure):
            for number in lexicon.forms[form]:
                reader.take((number,), 1 - PER_SLIP * slips, fits)
    return Mention(at, at + 1, fits, plain=True, guessed=True) if fits else None
