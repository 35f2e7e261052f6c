"""What people type and the place they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.places.place import Place
from db.places.places import Places
from flows.understand.places import find, lexicon_of

First = Callable[[str], str]

SAID = {
    "names": [
        ("київ", "Київ"), ("КРИВИЙ РІГ", "Кривий Ріг"), ("ми зараз у трускавці", "Трускавець"),
        ("під Горішніми Плавнями", "Горішні Плавні"), ("з Рави-Руської", "Рава-Руська"), ("у Щасті живу", "Щастя"),
        ("во Владимире-Волынском", "Володимир"), ("с Запорожья", "Запоріжжя"), ("#київ", "Київ"), ("львів🙏", "Львів"),
    ],
    "letters": [
        ("odesa", "Одеса"), ("u bilij cerkvi", "Біла Церква"), ("zhyvu v rivnomu", "Рівне"),
        ("my v chernigovi", "Чернігів"),
        ("xmelnitskiy", "Хмельницький"), ("[fhrsd", "Харків"), ("lytgh", "Дніпро"), ("Киiв", "Київ"),
    ],
    "shortened": [
        ("Б. Церква", "Біла Церква"), ("К-Подільський", "Кам’янець-Подільський"), ("Кр. Ріг", "Кривий Ріг"),
        ("кам-под", "Кам’янець-Подільський"), ("франик", "Івано-Франківськ"), ("м.Хмільник вінницька обл", "Хмільник"),
        ("білацерква", "Біла Церква"), ("П ятихатки", "П’ятихатки"), ("кр.ріг", "Кривий Ріг"),
    ],
    "old": [
        ("Кузнецовськ", "Вараш"), ("в Днепропетровске", "Дніпро"), ("Комсомольск", "Горішні Плавні"),
        ("Дзержинск житомирская", "Романів"), ("Проскурів", "Хмельницький"), ("Торез", "Чистякове"),
    ],
    "exonyms": [
        ("Kiev region", "Київська область"), ("Lvov oblast", "Львівська область"), ("Odesa oblast", "Одеська область"),
        ("Dnepropetrovsk oblast", "Дніпропетровська область"), ("Київщина", "Київська область"),
    ],
    "now": [
        ("я з Бучі але зараз у Львові", "Львів"), ("from Mariupol now in Dnipro", "Дніпро"),
        ("я из Херсона сейчас в Одессе", "Одеса"), ("біля Полтави", "Полтава"),
    ],
    "not there": [
        ("він лишився в києві, я вже в тернополі", "Тернопіль"), ("не харків вже київ", "Київ"),
        ("mama v Mariupole, ya v Dnepre", "Дніпро"), ("my parents are in Kherson but I am in Mykolaiv", "Миколаїв"),
        ("i used to live in Donetsk, then Kyiv, and since March i rent a flat in Irpin", "Ірпінь"),
        ("Bakhmut before, Poltava now", "Полтава"), ("скоро переїдемо в Бориспіль, наразі Переяслав", "Переяслав"),
        ("работаю в Киеве, живу в Боярке", "Боярка"), ("це не Рівне, це Луцьк", "Луцьк"),
        ("бабуся в Рахові, дід у Тячеві, я в Хусті", "Хуст"), ("у Збаражі мама, у Кременці я", "Кременець"),
    ],
    "remarks": [
        ("чоп, біля вокзалу", "Чоп"), ("сумы, спальный район", "Суми"), ("sumy city", "Суми"),
        ("у кривому озері", "Криве Озеро"), ("із часового яру", "Часів Яр"),
        ("работаю в аптеке в гайвороне", "Гайворон"),
        ("я з Кривого", "Кривий Ріг"), ("в зп", "Запоріжжя"), ("я одеситка", "Одеса"),
        ("я одеситка, зараз у Полтаві", "Полтава"), ("малинівка чугуївська громада", "Малинівка"),
    ],
    "slips": [
        ("Хакрів", "Харків"), ("Плтава", "Полтава"), ("Полтва", "Полтава"), ("Біла Цирква", "Біла Церква"),
        ("Івано Франкіськ", "Івано-Франківськ"), ("ternpoil", "Тернопіль"), ("Мукачогво", "Мукачево"),
        ("Салтвка", "Салтівський район"),
        ("село Новолативівка", "Новолатівка"),
    ],
    "districts": [
        ("odesa tairova", "Київський район"), ("Трощина київ", "Деснянський район"),
        ("Харків, Київський район", "Київський район"),
        ("на холодной горе харьков", "Холодногірський район"), ("перемога дніпро", "Соборний район"),
        ("сихів", "Сихівський район"),
        ("київ оболонь", "Оболонський район"), ("95 квартал кривий ріг", "Металургійний район"),
    ],
    "sentences": [
        ("переїхала з Маріуполя, зараз у Дніпрі", "Дніпро"), ("Тільки не Дніпро, я в Павлограді", "Павлоград"),
        ("тут в Сєверодонецьку раніше жила, тепер Дніпро", "Дніпро"), ("мешкаю у Фастові на вулиці Соборній", "Фастів"),
        ("вулиця Київська Житомир", "Житомир"), ("Харків проспект Науки 10", "Харків"), ("Київ - Ірпінь", "Ірпінь"),
        ("looking for a lawyer in Kharkiv", "Харків"), ("Доброго дня! Ми з Калуша", "Калуш"),
    ],
    "regions": [
        ("на Полтавщині", "Полтавська область"), ("в Одесской области", "Одеська область"),
        ("Kyiv oblast", "Київська область"),
        ("обл. Хмельницька, м. Красилів", "Красилів"), ("Бердичівський район", "Бердичів"),
        ("бердичевский р-н", "Бердичів"),
        ("Крим", "Автономна Республіка Крим"), ("з Донецька", "Донецьк"), ("Донецька", "Донецька область"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [said for group in SAID.values() for said in group])
def test_the_place_that_is_meant_comes_first(first: First, text: str, name: str) -> None:
    """Cases, letters, old names, slips, districts,
    sentences and regions lead to the place; spaces around do not matter."""
    assert first(text) == name
    assert first(f"  {text}\n") == name


@pytest.mark.parametrize(
    "text",
    [
        "мир", "просто мир", "я хочу мира", "мир вам", "щаслива", "надія на краще", "віра, надія, любов", "вода",
        "калина цвіте",
        "нове життя", "вільне місце є?", "суми немає на картці", "рівно о восьмій", "він був у барі",
        "у великому місті",
        "Володимир мій брат", "мене звати Марина", "Степан і Павло пішли", "він справжній кат", "допоможіть", "лимон",
        "я не можу спати", "в саду", "на горі", "у сусідки", "my bar is open", "a new life", "peace to you",
        "I have two kids",
        "meni strashno", "qwerty", "", " ", "...", "👍", "12345", "м.", "обл.", "с.", "район",
    ],
)  # fmt: skip
def test_no_place_is_forced_into_other_words(ukraine: Places, text: str) -> None:
    """Half the dictionary is a village somewhere; a word is a place only where it is said as one."""
    assert find(text, ukraine) == []
    assert find(text.upper(), ukraine) == [] or text in ("щаслива",)


def test_namesakes_are_offered_largest_first_at_most_six(ukraine: Places) -> None:
    """A shared name gives a choice, the most populous first, never more than six."""
    found = find("Миколаївка", ukraine)
    people = [candidate.place.population for candidate in found]
    assert len(found) == 6
    assert people == sorted(people, reverse=True)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 < one.score <= 1 for one in found)


@pytest.mark.parametrize(
    ("text", "oblast"),
    [
        ("Новоселівка, Донецька обл.", 5), ("село Новоселівка на Одещині", 17),
        ("Миколаївка одеська область", 17), ("миколаїв львівська область", 15), ("Миколаїв, Стрийський район", 15),
        ("Ямпіль Хмельницька", 9), ("Первомайськ на Луганщині", 14), ("Котовск одесса", 17), ("Борисполь киев", 13),
        ("Антонівка Херсон", 8), ("Городок Львівська", 15), ("Городок Хмельницька область", 9),
    ],
)  # fmt: skip
def test_a_region_a_raion_or_a_city_tells_namesakes_apart(ukraine: Places, text: str, oblast: int) -> None:
    """What else is said narrows the choice: nothing from elsewhere is offered."""
    found = find(text, ukraine)
    assert found
    assert {candidate.place.oblast_id for candidate in found} == {oblast}


def test_a_region_without_such_a_name_is_offered_itself(ukraine: Places) -> None:
    """A hamlet that the gazetteer lacks: help is looked for in its region before a namesake's far away."""
    found = [candidate.place for candidate in find("Новоселівка Запорізька", ukraine)]
    assert found[0].name_uk == "Запорізька область"
    assert [place.name_uk for place in find_names(ukraine, "Харків, вул. Полтавська 5")] == ["Харків"]


def find_names(ukraine: Places, text: str) -> list[Place]:
    """The places offered."""
    return [candidate.place for candidate in find(text, ukraine)]


def test_a_village_is_not_pushed_aside_by_what_a_city_was_called(ukraine: Places) -> None:
    """Donetsk was Олександрівка once; the villages that are come first, and it is at most one of the choices."""
    found = [candidate.place.name_uk for candidate in find("Олександрівка", ukraine)]
    assert found[0] == "Олександрівка"
    assert found.count("Олександрівка") >= 4


def test_occupied_places_are_flagged(ukraine: Places) -> None:
    """The flag that decides between travel and remote help comes with the place."""
    flags = {
        text: find(text, ukraine)[0].place.occupied for text in ("Мелітополь", "крим", "Сорокине", "Херсон", "Київ")
    }
    assert flags == {"Мелітополь": True, "крим": True, "Сорокине": True, "Херсон": False, "Київ": False}


def test_every_raion_leads_to_its_centre(ukraine: Places) -> None:
    """All 136 raions of today can be typed; the town that is their centre answers."""
    raions = [
        (place, alias)
        for place in ukraine
        if place.kind == "settlement"
        for alias in place.aliases
        if alias.endswith(" район")
    ]
    assert len(raions) >= 136
    missed = [alias for place, alias in raions if place not in [one.place for one in find(alias, ukraine)]]
    assert missed == []


def test_every_district_answers_with_its_city(ukraine: Places) -> None:
    """A district's name beside its city's, in either order, leads to it and to nothing else."""
    districts = [place for place in ukraine if place.kind == "district"]
    wrong = []
    for place in districts:
        city = ukraine.get(place.city_id)
        assert city
        for text in (f"{city.name_uk}, {place.name_uk}", f"{place.name_uk} {city.name_uk}"):
            if [one.place for one in find(text, ukraine)] != [place]:
                wrong.append(text)
    assert len(districts) > 80
    assert wrong == []


def test_a_small_gazetteer_is_enough() -> None:
    """The index needs nothing but the places it is given, and is made once for them."""
    few = Places([Place(1, "settlement", "Вигадане", "Vyhadane", 27, 50.0, 28.0, population=900)])
    assert [one.place.id for one in find("у Вигаданому", few)] == [1]
    assert lexicon_of(few) is lexicon_of(few)
    assert find("Київ", few) == find("Вигадане", Places([])) == []
