"""Words and stems of the tables, found in a message exactly or with one slip of the finger.

A table gives each group of words a name: "він чоловік* муж" are HE. Every group is one bit, so that a word of a
message becomes one number and a rule is a comparison of numbers. `*` ends a stem; without it the whole word is
meant; `~` before a short word forgives it two letters that changed places or one left out. Words in Latin letters
are English, all others are folded (see `letters`).
"""

from __future__ import annotations

from collections import defaultdict

from db.places.register import Register
from flows.understand.intent.folded import Folded
from flows.understand.intent.letters import Word
from flows.understand.intent.slips import beginnings, one_slip, short_slips, shortened

SHORTEST_FORGIVEN = 4  # letters: shorter words with one slip are other words
FORGIVEN_ANYWHERE = 5  # letters: shorter words are recognised in spite of a slip only where much depends on it
FIRST_LETTER_TOO = 5  # letters of a word whose first letter may be the wrong one
SHORTEST_STEM, BEGINNING, LONGEST_STEM = 2, 3, 16
OPENS = 1  # the bit of a word that begins a sentence; a group has one of the others
SHORTEST_VERB = 5  # letters
# How folded verbs end that tell what a man did (Ukrainian, Russian), and what anybody does.
DID = ("ив", "ав", "ув", "яв", "ил", "ал", "ул", "ял")
DOES = ("ае", "уе", "юе", "яе", "ает", "ует", "яет", "ит")

_LAST_LETTER = "\u04ff"  # of Cyrillic: what begins with another script's is no slip of a word of ours


class Vocabulary:
    """Groups of words, each with its bit."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._whole: defaultdict[str, int] = defaultdict(int)
        self._stems: defaultdict[str, int] = defaultdict(int)
        self._ends: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)  # letters of the stems that begin so
        self._forgiven: list[str] = []  # what may be meant by a word with a slip
        self._slips: Register | None = None
        self.telling = 0  # groups of words that danger is told with
        self.core = 0  # groups with a name; a word that is only in others may still be a slip of theirs
        self._mistyped: defaultdict[str, int] = defaultdict(int)
        self._ordinary: set[str] = set()
        self.folded = Folded()

    def group(self, name: str, words: str = "") -> int:
        """The bit of a group; words given are added to it."""
        bit = self.bits.setdefault(name, OPENS << 1 + len(self.bits))
        self._names[bit] = name
        if name.isupper() and name.isalpha():
            self.core |= bit
        for one in words.split():
            self._add(self.folded[one.strip("~*")], bit, stem=one.endswith("*"), short=one.startswith("~"))
        return bit

    def spoken(self, words: str) -> int:
        """The bit of words given on the spot in a rule, with `|` between them."""
        return self.bits[words] if words in self.bits else self.group(words, words.replace("|", " "))

    def name(self, bit: int) -> str:
        """What the group of a bit is called."""
        return self._names[bit]

    def empty(self) -> list[str]:
        """Groups that a rule names and no table fills: slips of the pen."""
        filled = 0
        for bits in (*self._whole.values(), *self._stems.values()):
            filled |= bits
        return [name for name, bit in self.bits.items() if not bit & filled]

    def ordinary(self, words: str) -> None:
        """Whole words that are never taken for a slip of another."""
        self._ordinary.update([self.folded[one] for one in words.split()])

    def register_slips(self) -> Register:
        """What a mistyped word is looked for in; made anew after words have been added."""
        self._slips = Register((shortened(one), number) for number, one in enumerate(self._forgiven))
        return self._slips

    def knows(self, one: str) -> bool:
        """Whether an English reading is in a table as it stands."""
        return bool(self._exactly(one)) or one in self._ordinary

    def tells_both(self, one: Word, other: Word) -> bool:
        """Whether both words are in a table and one of them tells of danger."""
        bits = self._of_either(one) & self.core
        others = self._of_either(other) & self.core if bits else 0
        return bool(others and (bits | others) & self.telling)

    def knows_word(self, word: Word) -> bool:
        """Whether a word is in a table, or an everyday one, as it stands."""
        readings = (word.slavic, word.english) if word.english else (word.slavic,)
        return any(self._exactly(one) or one in self._ordinary for one in readings)

    def bits_of(self, word: Word, *, as_english: bool, as_slavic: bool) -> int:
        """The groups a word belongs to; its negation is told apart by the caller."""
        found = 0
        if as_slavic and word.slavic:
            found = self._exactly(word.slavic)
        if as_english and word.english:
            found |= self._exactly(word.english)
        return found

    def meant_by(self, word: Word) -> int:
        """The groups of what a mistyped word may be, when no table has the word."""
        reading = word.english or word.slavic
        if reading in self._mistyped and reading not in self._ordinary:
            return self._mistyped[reading]
        return self._with_a_slip(reading)

    def kindly(self, denied: Word) -> int:
        """BENIGN for a denied word that would tell of danger: "він мене не бив"."""
        return self.bits["BENIGN"] if self._of_either(denied) & self.telling else 0

    def shape(self, word: Word) -> int:
        """The group of a word that is in no table but looks like what somebody did or does: "шматував", "силує"."""
        letters = word.slavic
        if len(letters) < SHORTEST_VERB or letters in self._ordinary or letters.startswith("не_"):
            return 0
        if letters.endswith(DID):
            return self.bits["DID"]
        return self.bits["DOES"] if letters.endswith(DOES) else 0

    def has(self, word: Word) -> bool:
        """Whether a table has the word as it stands: then it is no slip."""
        return word.slavic in self._whole or word.english in self._whole

    def _add(self, letters: str, bit: int, *, stem: bool, short: bool) -> None:
        known = letters in self._stems or letters in self._whole
        for slip in short_slips(letters) if short else ():
            self._mistyped[slip] |= bit
        (self._stems if stem else self._whole)[letters] |= bit
        beginning = letters[:BEGINNING]
        if stem and len(letters) not in self._ends[beginning]:
            self._ends[beginning] += (len(letters),)
        if len(letters) >= SHORTEST_FORGIVEN and not known:
            self._forgiven.append(letters)
            self._slips = None

    def _of_either(self, word: Word) -> int:
        """The groups of both readings."""
        return self._exactly(word.slavic) | (self._exactly(word.english) if word.english else 0)

    def _exactly(self, letters: str) -> int:
        found = self._whole.get(letters, 0)
        stems = self._stems
        for end in self._ends.get(letters[:BEGINNING], ()):
            found |= stems.get(letters[:end], 0)
        return found | stems.get(letters[:SHORTEST_STEM], 0)

    def _with_a_slip(self, letters: str) -> int:
        """Groups of the longest stem one slip away from the beginning of a word."""
        if len(letters) < SHORTEST_FORGIVEN - 1 or letters in self._ordinary or letters.isdigit():
            return 0
        if letters[0] > _LAST_LETTER:
            return 0
        slips = self._slips or self.register_slips()
        last = min(len(letters), LONGEST_STEM)
        near = {
            self._forgiven[number] for number in slips.numbers_of(beginnings(letters[:last], SHORTEST_FORGIVEN - 1))
        }
        found, longest = 0, 0
        for stem in sorted(near, key=len, reverse=True):
            if len(stem) < longest:
                break
            if not (stem[0] == letters[0] or len(stem) >= FIRST_LETTER_TOO):
                continue
            for end in range(len(stem) - 1, min(last, len(stem) + 1) + 1):
                bits = self._stems.get(stem, 0) | (self._whole.get(stem, 0) if end == len(letters) else 0)
                if len(stem) < FORGIVEN_ANYWHERE or stem[0] != letters[0]:
                    bits &= self.telling
                if bits and one_slip(letters[:end], stem):
                    found, longest = found | bits, len(stem)
        return found
