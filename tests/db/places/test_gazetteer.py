"""The gazetteer's file: complete, inside Ukraine, with the names of today and of yesterday."""

from __future__ import annotations

import gzip

import pytest

from db.data.build_places import corrections, table, ukrainian_name
from db.data.occupied import is_occupied
from db.places.naming import key
from db.places.places import Places
from db.places.romanise import romanise
from db.places.starting import DATA, starting_places

CENTRES = {
    1: "Черкаси", 2: "Чернігів", 3: "Чернівці", 4: "Дніпро", 5: "Донецьк", 6: "Івано-Франківськ", 7: "Харків",
    8: "Херсон", 9: "Хмельницький", 10: "Кропивницький", 11: "Сімферополь", 12: "Київ", 14: "Луганськ", 15: "Львів",
    16: "Миколаїв", 17: "Одеса", 18: "Полтава", 19: "Рівне", 20: "Севастополь", 21: "Суми", 22: "Тернопіль",
    23: "Вінниця", 24: "Луцьк", 25: "Ужгород", 26: "Запоріжжя", 27: "Житомир",
}  # fmt: skip

RENAMED = [
    ("Дніпропетровськ", "Дніпро"), ("Кіровоград", "Кропивницький"), ("Дніпродзержинськ", "Кам’янське"),
    ("Червоноград", "Шептицький"), ("Новомосковськ", "Самар"), ("Новоград-Волинський", "Звягель"),
    ("Красноград", "Берестин"), ("Кузнецовськ", "Вараш"), ("Красний Луч", "Хрустальний"), ("Артемівськ", "Бахмут"),
    ("Красноармійськ", "Покровськ"), ("Першотравенськ", "Шахтарське"), ("Южне", "Південне"),
    ("Володимир-Волинський", "Володимир"), ("Іллічівськ", "Чорноморськ"), ("Комсомольськ", "Горішні Плавні"),
    ("Южноукраїнськ", "Південноукраїнськ"), ("Ватутіне", "Багачеве"), ("Переяслав-Хмельницький", "Переяслав"),
    ("Сєвєродонецьк", "Сіверськодонецьк"), ("Котовськ", "Подільськ"), ("Орджонікідзе", "Покров"),
]  # fmt: skip

FOREIGN = [
    ("Kiev", "Київ"), ("Киев", "Київ"), ("Odessa", "Одеса"), ("Харьков", "Харків"), ("Lwów", "Львів"),
    ("Житомир", "Житомир"), ("Kremenchug", "Кременчук"), ("Ровно", "Рівне"), ("Zaporozhye", "Запоріжжя"),
    ("Ужгород", "Ужгород"), ("Белая Церковь", "Біла Церква"),
]  # fmt: skip


def test_all_regions_are_there(ukraine: Places) -> None:
    """27 regions in the order of the Ukrainian alphabet, each with towns and its centre among them."""
    regions = ukraine.oblasts()
    assert [region.name_uk for region in regions][:3] == [
        "Автономна Республіка Крим",
        "Вінницька область",
        "Волинська область",
    ]
    assert {region.id for region in regions} == set(range(1, 28))
    for number, centre in CENTRES.items():
        assert centre in [town.name_uk for town in ukraine.towns(number)], centre


def test_kyiv_and_its_districts(ukraine: Places) -> None:
    """Kyiv keeps GeoNames' id, is the only town of its region, and has ten districts with ids below 1000."""
    districts = ukraine.districts(703448)
    assert [town.id for town in ukraine.towns(12)] == [703448]
    assert len(districts) == 10
    assert all(district.id < 1000 and district.oblast_id == 12 for district in districts)


def test_every_place_lies_in_ukraine() -> None:
    """Coordinates are inside the country's box, ids are unique, links lead to places that exist."""
    places = starting_places()
    ids = {place.id for place in places}
    assert len(ids) == len(places) > 5000
    for place in places:
        assert 44.3 < place.lat < 52.4, place
        assert 22.1 < place.lon < 40.3, place
        assert place.oblast_id in range(1, 28), place
        assert place.city_id == 0 or place.city_id in ids, place


def test_names_are_ukrainian_and_romanised_by_rule() -> None:
    """No Russian letter in a Ukrainian name; English settlement names follow the official table."""
    settlements = [place for place in starting_places() if place.kind == "settlement"]
    assert not [place.name_uk for place in settlements if set(place.name_uk.lower()) & set("ыэъё'")]
    assert not [place.name_uk for place in settlements if place.name_en != romanise(place.name_uk)]
    assert not [place.name_uk for place in settlements if key(place.name_uk) in map(key, place.aliases)]


@pytest.mark.parametrize(("old", "today"), RENAMED)
def test_a_renamed_town_answers_to_its_old_name(ukraine: Places, old: str, today: str) -> None:
    """People go on using the name they grew up with; the bot shows today's."""
    assert today in [place.name_uk for place in ukraine.named(old)]
    assert ukraine.named(today)[0].kind == "settlement"


@pytest.mark.parametrize(("typed", "today"), FOREIGN)
def test_other_languages_find_the_town(ukraine: Places, typed: str, today: str) -> None:
    """Russian, Polish and old English spellings lead to the right town first."""
    assert ukraine.named(typed)[0].name_uk == today


def test_parts_of_cities_are_not_towns(ukraine: Places) -> None:
    """What GeoNames counts as towns inside cities is left out; Troieshchyna leads to its district."""
    assert [place.kind for place in ukraine.named("Троєщина")] == ["district"]
    assert "Салтівка" not in [town.name_uk for town in ukraine.towns(7)]
    assert [place.name_uk for place in ukraine.named("Крюків")] == ["Крюківський район"]


@pytest.mark.parametrize(
    ("name", "oblast_id", "occupied"),
    [
        ("Севастополь", 20, True), ("Сімферополь", 11, True), ("Луганськ", 14, True), ("Маріуполь", 5, True),
        ("Бахмут", 5, True), ("Нова Каховка", 8, True), ("Олешки", 8, True), ("Мелітополь", 26, True),
        ("Енергодар", 26, True), ("Херсон", 8, False), ("Берислав", 8, False), ("Запоріжжя", 26, False),
        ("Оріхів", 26, False), ("Краматорськ", 5, False), ("Слов’янськ", 5, False), ("Лиман", 5, False),
        ("Очаків", 16, False), ("Нікополь", 4, False), ("Куп’янськ", 7, False),
    ],
)  # fmt: skip
def test_occupied_towns(ukraine: Places, name: str, oblast_id: int, occupied: bool) -> None:
    """Both banks of the Dnipro and both sides of the line are told apart."""
    found = [place for place in ukraine.named(name) if place.oblast_id == oblast_id and place.kind == "settlement"]
    assert found[0].occupied is occupied
    assert is_occupied(oblast_id, found[0].lat, found[0].lon) is occupied


def test_east_of_the_line_is_occupied() -> None:
    """The line ends where Luhansk oblast begins: a village of Donetsk oblast beyond its end is marked too."""
    assert is_occupied(5, 48.5, 38.9)
    assert not is_occupied(16, 46.9, 31.0)


def test_the_ukrainian_name_is_told_from_the_russian() -> None:
    """GeoNames does not say which Cyrillic name is Ukrainian; the one that sounds like the Latin one is."""
    assert ukrainian_name("Rivne", ["Ровно", "Рівне", "Ровне"]) == "Рівне"
    assert ukrainian_name("Truskavets", ["Трускавец", "Трускавець"]) == "Трускавець"
    assert ukrainian_name("Nowhere", ["ノーウェア"]) == ""


def test_corrections_are_used(ukraine: Places) -> None:
    """Every line of the hand-kept table does something: it names a place or leaves one out."""
    fixed = corrections()
    kept = {number: fix for number, fix in fixed.items() if fix.name_uk}
    assert len(fixed) > len(kept) > 300
    for number, fix in kept.items():
        place = ukraine.get(number)
        assert place is None or key(place.name_uk) == key(fix.name_uk)
    assert not [number for number in set(fixed) - set(kept) if ukraine.get(number)]


def test_the_file_is_what_the_script_makes() -> None:
    """Nobody edits the gazetteer by hand: GeoNames and the two tables beside it give exactly the committed file."""
    committed = gzip.decompress((DATA / "places.csv.gz").read_bytes()).decode()
    assert table() == committed


def test_the_whole_file_loads() -> None:
    """Every row of the committed gazetteer becomes a place (how fast, `make bench` measures)."""
    assert len(Places(starting_places())) > 5000
