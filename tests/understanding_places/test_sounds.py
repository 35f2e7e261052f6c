"""Spellings that meet and case forms that are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.places.places import Places
from flows.understand.places import lexicon_of
from flows.understand.places.declension import forms
from flows.understand.places.folding import sound, sounds, spelled, spoken
from flows.understand.places.russian import as_ukrainian

# Each name in the genitive, the dative or accusative, the instrumental and the locative, from school grammars.
CASES = {
    "Київ": "Києва Києву Києвом Києві", "Харків": "Харкова Харкову Харковом Харкові",
    "Львів": "Львова Львову Львовом Львові", "Чернігів": "Чернігова Чернігову Черніговом Чернігові",
    "Миколаїв": "Миколаєва Миколаєву Миколаєвом Миколаєві", "Одеса": "Одеси Одесу Одесою Одесі",
    "Полтава": "Полтави Полтаву Полтавою Полтаві", "Вінниця": "Вінниці Вінницю Вінницею Вінниці",
    "Запоріжжя": "Запоріжжя Запоріжжю Запоріжжям Запоріжжі", "Рівне": "Рівного Рівному Рівним Рівному",
    "Черкаси": "Черкас Черкасам Черкасами Черкасах", "Суми": "Сум Сумам Сумами Сумах",
    "Чернівці": "Чернівців Чернівцям Чернівцями Чернівцях", "Тернопіль": "Тернополя Тернополю Тернополем Тернополі",
    "Луцьк": "Луцька Луцьку Луцьком Луцьку", "Ужгород": "Ужгорода Ужгороду Ужгородом Ужгороді",
    "Дніпро": "Дніпра Дніпру Дніпром Дніпрі", "Херсон": "Херсона Херсону Херсоном Херсоні",
    "Житомир": "Житомира Житомиру Житомиром Житомирі", "Донецьк": "Донецька Донецьку Донецьком Донецьку",
    "Луганськ": "Луганська Луганську Луганськом Луганську",
    "Севастополь": "Севастополя Севастополю Севастополем Севастополі",
    "Сімферополь": "Сімферополя Сімферополю Сімферополем Сімферополі",
    "Хмельницький": "Хмельницького Хмельницькому Хмельницьким Хмельницькому",
    "Кропивницький": "Кропивницького Кропивницькому Кропивницьким Кропивницькому",
    "Франківськ": "Франківська Франківську Франківськом Франківську",
    "Трускавець": "Трускавця Трускавцю Трускавцем Трускавці", "Ромни": "Ромен Ромнам Ромнами Ромнах",
    "Умань": "Умані Умань Уманню Умані", "Стрий": "Стрия Стрию Стриєм Стрию",
    "Кременчук": "Кременчука Кременчуку Кременчуком Кременчуці",
    "Ірпінь": "Ірпеня Ірпеню Ірпенем Ірпені", "Коломия": "Коломиї Коломию Коломиєю Коломиї",
    "Бахчисарай": "Бахчисараю Бахчисараю Бахчисараєм Бахчисараї", "Харьков": "Харькова Харькову Харьковом Харькове",
    "Винница": "Винницы Винницу Винницей Виннице", "Черкассы": "Черкасс Черкассам Черкассами Черкассах",
}  # fmt: skip


@pytest.mark.parametrize(("name", "cases"), CASES.items())
def test_every_case_of_a_centre_is_known(name: str, cases: str) -> None:
    """Whatever case grammar asks for, the form is among those of the name; so is the name itself."""
    known = forms(name.lower())
    assert [case for case in cases.split() if sound(case.lower()) not in known] == []
    assert known[0] == sound(name.lower())
    assert len(known) == len(set(known))


@pytest.mark.parametrize(
    "spellings",
    [
        "вінниця vinnytsia vinnycja vinnytsya", "винница vinnica vinnitsa winnica", "київ киiв kyiv kyjiv", "киев kiev",
        "запоріжжя запоріжя zaporizhzhia zaporizhzhya zaporižžja", "луцьк луцк lutsk luck", "харків kharkiv harkiv",
        "кам'янське kamianske камянське", "щастя shchastia ščastja szczastia", "чернівці chernivtsi černivci czerniwci",
    ],
)  # fmt: skip
def test_spellings_of_one_name_meet(spellings: str) -> None:
    """Systems of transliteration, soft signs, double letters and look-alikes make no difference."""
    heard = [set(sounds("".join(spelled(word)))) for word in spellings.split()]
    assert set.intersection(*heard)
    assert len(heard) > 1


def test_what_differs_stays_apart() -> None:
    """A sound is no stem: neighbours in the dictionary keep their own."""
    assert len({sound(word) for word in ("рівне", "ровно", "рівень", "рівно")}) == 4
    assert sound("суми") != sound("сума")


def test_the_english_name_has_the_sound_of_the_ukrainian(ukraine: Places) -> None:
    """The index leaves out English names of settlements, because romanised Ukrainian sounds the same."""
    towns = [place for place in ukraine if place.kind == "settlement"]
    heard = [
        ([sound(word) for word in spelled(p.name_uk)], [spoken(word) for word in spelled(p.name_en)]) for p in towns
    ]
    assert len(towns) > 5000
    assert [pair for pair in heard if pair[0] != pair[1]] == []


@pytest.mark.parametrize(
    ("russian", "ukrainian"),
    [
        ("Николаевка", "Миколаївка"), ("Новосёловка", "Новоселівка"), ("Александровка", "Олександрівка"),
        ("Новоалександровка", "Новоолександрівка"), ("Каменка", "Кам'янка"), ("Бердичевский", "Бердичівський"),
        ("Заречье", "Заріччя"), ("Подгородное", "Підгородне"), ("Желтое", "Жовте"),
    ],
)  # fmt: skip
def test_a_russian_village_is_heard_as_ukrainian(russian: str, ukrainian: str) -> None:
    """Villages whose Russian name the gazetteer lacks are found by rule."""
    turned = as_ukrainian(sound(russian.lower()))
    assert turned == sound("".join(spelled(ukrainian))) or turned in forms("".join(spelled(ukrainian)))
    assert as_ukrainian(turned) == turned


@given(st.text(max_size=40))
def test_any_word_has_a_sound(word: str) -> None:
    """At most four sounds, none lost on odd letters; declining the word raises nothing."""
    assert 1 <= len(sounds(word.lower())) <= 4
    assert forms(word.lower())


def test_the_index_has_every_name(ukraine: Places) -> None:
    """Each word of each settlement's Ukrainian name leads to a number, and the whole to the place."""
    lexicon = lexicon_of(ukraine)
    for place in ukraine:
        if place.kind != "settlement":
            continue
        parts = [lexicon.numbers([sound(word)]) for word in spelled(place.name_uk)]
        bearers = [abs(each) for phrase in lexicon.names.phrases(parts) for each in lexicon.names.bearers[phrase]]
        assert place.id in bearers, place
