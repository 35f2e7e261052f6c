"""Promises that hold for any name: apostrophes, hyphens, letters and one slip."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from db.places.place import Place
from flows.understand.places import everyday, find, lexicon_of
from flows.understand.places.folding import sound
from flows.understand.places.tokens import tokens
from tests.understanding_places.conftest import UKRAINE

LETTERS = "абвгдежзийклмнопрстуфхцчшьюяії"
TOWNS = [place for place in UKRAINE if place.kind == "settlement" and place.population >= 1000]
MARKED = [place for place in TOWNS if set("’- ") & set(place.name_uk)]
# Large and known by one long word: nobody else is a letter away from them.
CITIES = [p for p in TOWNS if p.population >= 150_000 and len(p.name_uk) >= 6 and p.name_uk.isalpha()]


def found(text: str) -> list[Place]:
    """The places offered."""
    return [candidate.place for candidate in find(text, UKRAINE)]


def is_word(typed: str) -> bool:
    """Whether a slip made another word: "макіїва" is the genitive of another town, "чернеці" are monks."""
    (token,) = tokens(typed)
    return bool(lexicon_of(UKRAINE).numbers(token.sounds)) or token.sounds[0] in everyday.known()


def namesakes(place: Place) -> int:
    """How many bear the name, the place among them."""
    return sum(other.name_uk == place.name_uk for other in TOWNS)


@given(st.sampled_from(MARKED), st.sampled_from(["", "'", "ʼ", "`", '"', "*"]), st.sampled_from([" ", "-", " - ", "–"]))
def test_apostrophes_and_hyphens_do_not_matter(place: Place, apostrophe: str, hyphen: str) -> None:
    """A phone types any of them, or none."""
    typed = place.name_uk.replace("-", " ").replace(" ", hyphen).replace("’", apostrophe)
    assert place in found(f"м. {typed}") or namesakes(place) > 6
    assert place.name_uk in [one.name_uk for one in found(f"м. {typed}")]


@given(st.sampled_from(TOWNS), st.sampled_from([str.lower, str.upper, str.title]))
def test_capitals_do_not_matter(place: Place, case: object) -> None:
    """After "місто" every town is found under its name in any case of letters."""
    names = [one.name_uk for one in found(f"місто {case(place.name_uk)}")]  # type: ignore[operator]
    assert place.name_uk in names
    assert len(names) <= 6


@given(st.sampled_from(TOWNS))
def test_the_english_name_is_enough(place: Place) -> None:
    """After "city" every town is found under its romanised name."""
    names = [one.name_en for one in found(f"city {place.name_en}")]
    assert place.name_en in names or place.name_en.lower() in {name.lower() for name in names}
    assert found(f"{place.name_en} city") or len(place.name_en) < 5


@st.composite
def slips(draw: st.DrawFn) -> tuple[Place, str]:
    """A city and its name with one letter left out, added, replaced, or swapped with the next."""
    place = draw(st.sampled_from(CITIES))
    name = place.name_uk.lower()
    at = draw(st.integers(1, len(name) - 2))
    letter = draw(st.sampled_from(LETTERS))
    kind = draw(st.sampled_from(["less", "more", "other", "swapped"]))
    typed = {
        "less": name[:at] + name[at + 1 :],
        "more": name[:at] + letter + name[at:],
        "other": name[:at] + letter + name[at + 1 :],
        "swapped": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    }
    return place, typed[kind]


@settings(max_examples=300)
@given(slips())
def test_one_slip_in_a_citys_name_is_forgiven(slip: tuple[Place, str]) -> None:
    """One wrong letter inside the name of a large city still leaves it among the choices, asked for or alone."""
    place, typed = slip
    assume(not is_word(typed))
    assert place in found(f"місто {typed}")
    assert place in found(typed)


@settings(max_examples=200)
@given(st.sampled_from([place for place in TOWNS if len(place.name_uk) >= 8 and place.name_uk.isalpha()]), st.data())
def test_a_lost_letter_in_a_villages_name_is_forgiven(place: Place, data: st.DataObject) -> None:
    """After "с." a letter left out of a long name is put back: something of that name or nearer is offered."""
    at = data.draw(st.integers(1, len(place.name_uk) - 2))
    typed = place.name_uk[:at] + place.name_uk[at + 1 :]
    # With "щ" or beside its like a letter takes more of the sound with it: "Ппільня", "Заліики".
    assume(not is_word(typed.lower()))
    assume(len(sound(place.name_uk.lower())) - len(sound(typed.lower())) == 1)
    assert found(f"с. {typed}")
