"""One spelling for many."""

from __future__ import annotations

import pytest

from flows.understand.intent.letters import LONGEST, LONGEST_WORD, english, fold, fold_latin, read_words, unrepeated


@pytest.mark.parametrize(
    ("one", "other"),
    [("б'є", "бє"), ("бʼє", "бье"), ("бьёт", "бьет"), ("його", "его"), ("сьогодні", "сегодни"), ("чоловік", "чоловик"),
     ("ґвалт", "гвалт"), ("щось", "шось"), ("ааааа", "а"), ("хто", "гто"), ("їх", "их")],
)  # fmt: skip
def test_spellings_of_a_word_fold_together(one: str, other: str) -> None:
    """Ukrainian and Russian letters, signs and doubled letters."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("cholovik", "чоловік"), ("shchodnia", "щодня"), ("zhyty", "жити"), ("bje", "б'є"), ("bye", "б'є"),
     ("liniya", "лінія"), ("ya", "я"), ("yoho", "його"), ("xlopec", "хлопець"), ("4olovik", "чоловік"),
     ("dushyv", "душив")],
)  # fmt: skip
def test_latin_letters_sound_like_cyrillic_ones(latin: str, cyrillic: str) -> None:
    """Several ways to write Ukrainian with Latin letters."""
    assert fold_latin(latin) == fold(cyrillic)


def test_and_is_not_her() -> None:
    """ "і" and "її" stay two words, though their letters fold to one."""
    assert fold("і") != fold("її")
    assert fold("є") != fold("её")
    assert fold("її") == fold("ее")


def test_words_are_read_as_phones_write_them() -> None:
    """Split apostrophes, glued denials, Latin look-alikes, stress marks and invisible signs."""
    assert [word.slavic for word in read_words("мене б є")] == ["мене", "бе"]
    assert [word.slavic for word in read_words("Нехочу ЖИТИ!!!")] == ["не", "гочу", "жити"]
    assert read_words("вiн")[0].slavic == fold("він")
    assert read_words("ду́ши\u200bть\u00ad")[0].slavic == fold("душить")
    assert [word.english for word in read_words("he's hittttting me")] == ["hes", "hiting", "me"]


def test_a_picture_is_read_as_the_word_it_stands_for() -> None:
    """Once in a row, also without a space beside it; pictures that may mean anything are no words."""
    assert [word.slavic for word in read_words("він із🔪🔪")] == [*map(fold, ("він", "із", "ніж"))]
    assert [word.typed for word in read_words("🆘🆘🆘\ufe0f")] == ["sos"]
    assert [word.typed for word in read_words("😂🤣 🙂👊💀")] == ["хаха"]


def test_spaced_letters_are_one_word() -> None:
    """As people write who want to be loud; fewer than five may be words of a letter each, SOS apart."""
    assert [word.typed for word in read_words("п о м о г и т е мне")] == ["помогите", "мне"]
    assert [word.typed for word in read_words("H-E-L-P-P, s.o.s")] == ["helpp", "sos"]
    assert [word.typed for word in read_words("а я в с. Мирне")] == ["а", "я", "в", "с", "мирне"]


def test_nothing_too_long_is_read() -> None:
    """Words, letters and messages have an end."""
    assert len(read_words("слово " * 5_000)) == 2  # it says one thing
    assert len(read_words(f"я {'слово ' * 5_000}")) == 1 + (LONGEST - len("я ")) // len("слово ") + 1  # the last is cut
    assert read_words("слово " * 600 + "душить")[-1].slavic == "душит"
    assert len(read_words(f"є{'я' * 9_000}")[0].typed) == LONGEST_WORD
    assert read_words("\x00 \ud800 \u202e 🙂") == ()
    assert english("bubble") == "buble"


def test_what_is_pasted_over_and_over_is_read_twice() -> None:
    """A wall of one plea costs no more than the plea; where anything else follows, everything is read."""
    plea = "Допоможіть, він мене душить. "
    assert unrepeated(plea * 100) == plea * 2
    assert unrepeated(f"{plea * 100}Дім") == f"{plea * 100}Дім"
    assert unrepeated(plea * 3) == plea * 3  # no wall
