"""Names: what counts as the same spelling, the alphabet, Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.places.naming import ALPHABET, key, ukrainian_order
from db.places.romanise import romanise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("КИЇВ", "Київ"),
        ("м. Київ", "Київ"),
        ("м.Київ", "Київ"),
        ("місто Суми", "Суми"),
        ("смт Романів", "Романів"),
        ("камянець подільський", "Кам’янець-Подільський"),
        ("Кам'янське", "Кам’янське"),
        ("Камʼянське", "Кам’янське"),
        ("  Біла   Церква ", "Біла Церква"),
        ("Королёво", "Королево"),
        ("Ґалаґани", "Галагани"),
        ("Lwów", "Lwow"),
        ("Ки\u0301їв", "Київ"),
        ("И\u0306осипівка", "Йосипівка"),
    ],
)
def test_spellings_of_one_name_share_a_key(typed: str, meant: str) -> None:
    """What a keyboard, a passport or a habit does to a name does not hide the place."""
    assert key(typed) == key(meant)
    assert key(meant) != ""


@pytest.mark.parametrize(("one", "other"), [("Київ", "Киів"), ("Й", "И"), ("Малин", "Млин"), ("Мир", "М. ир б")])
def test_other_letters_are_another_name(one: str, other: str) -> None:
    """A wrong letter is not forgiven here: й stays й, ї stays ї."""
    assert key(one) != key(other)


@given(st.text(max_size=60))
def test_any_text_has_a_stable_key(text: str) -> None:
    """Whatever is typed, its key is letters and digits only, and folding it again changes nothing."""
    folded = key(text)
    assert all(letter.isalnum() for letter in folded)
    assert key(text.upper().casefold()) == key(text.casefold())


def test_the_alphabet_is_the_ukrainian_one() -> None:
    """Ґ follows г, є follows е, і and ї follow и: Unicode's own order would scatter them."""
    towns = ["Ізмаїл", "Яремче", "Гадяч", "Ґорґани", "Ємільчине", "Житомир", "Ельванд", "Їршичі", "Кагарлик"]
    assert sorted(towns, key=ukrainian_order) == [
        "Гадяч", "Ґорґани", "Ельванд", "Ємільчине", "Житомир", "Ізмаїл", "Їршичі", "Кагарлик", "Яремче",
    ]  # fmt: skip
    assert len(ALPHABET) == 33


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Запоріжжя", "Zaporizhzhia"),
        ("Згурівка", "Zghurivka"),
        ("Кам’янське", "Kamianske"),
        ("Єнакієве", "Yenakiieve"),
        ("Їжакевич", "Yizhakevych"),
        ("Київ", "Kyiv"),
        ("Йосипівка", "Yosypivka"),
        ("Стрий", "Stryi"),
        ("Нова Яблунівка", "Nova Yablunivka"),
        ("Івано-Франківськ", "Ivano-Frankivsk"),
        ("Щорс", "Shchors"),
        ("Русанівські Сади", "Rusanivski Sady"),
    ],
)
def test_latin_letters_follow_the_official_table(name: str, latin: str) -> None:
    """English names are spelled as on road signs (resolution 55 of 2010)."""
    assert romanise(name) == latin


@given(st.text(alphabet=ALPHABET + "’'- ", max_size=40))
def test_romanised_names_have_no_cyrillic_left(name: str) -> None:
    """Any Ukrainian name comes out in plain Latin letters."""
    latin = romanise(name)
    assert latin.isascii()
    assert len(latin.split()) <= len(name.split())
