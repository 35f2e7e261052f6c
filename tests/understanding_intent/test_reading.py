"""What every text is promised, whatever stands in it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.directory.service import KINDS
from db.places.places import Places
from flows.understand.intent import CAUSES, read
from flows.understand.intent.letters import LONGEST
from tests.understanding_intent.conftest import examples

TALK = (
    "Зранку ми ходили в магазин по хліб",
    "Потім довго чекали на автобус біля школи",
    "Увечері приїде тітка з пирогами",
    "Сьогодні вперше випав сніг",
    "Кіт знову спить на підвіконні",
    "На ринку подешевшали яблука",
    "Сусідка пофарбувала паркан у зелене",
    "Треба не забути полити квіти",
    "Бабуся в'яже шкарпетки на зиму",
    "Вчера мы весь вечер смотрели на звёзды",
    "Поезд опоздал на двадцать минут",
    "В субботу поедем на дачу сажать картошку",
    "Погода наконец наладилась",
    "Я купила новые занавески на кухню",
    "Дочка получила пятёрку по музыке",
    "Завтра годовщина у родителей",
    "The bus was late again this morning",
    "We baked an apple pie for the neighbours",
    "My sister moved to a new flat in spring",
    "The library opens at nine on Saturday",
    "I still need to answer two letters",
)

WALLS = (
    "слово " * 2_000, "а" * 10_000, "абвгдежзик" * 1_000, "мене б'є чоловік " * 600, "he hits me " * 900,
    "\u0301" * 10_000, "\ufdfa" * 10_000, "🙂" * 10_000, "\x00" * 10_000, "\ud800" * 10_000, "не " * 3_300,
    "🆘🔪 " * 3_300,
    "'" * 10_000, "словоформи різноманітні чудернацькі вигадки " * 230,
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=300), st.text(alphabet=st.characters(categories=["Cs", "Cf", "Mn", "So", "Lo"]))))
@example("\u202eвін мене б'є")
def test_no_text_raises(places: Places, text: str) -> None:
    """Emoji, surrogates, right-to-left, nothing at all: an answer of the right form."""
    found = read(text, places)
    known = CAUSES if found.intent == "danger" else KINDS if found.intent == "service" else ("",)
    assert found.kind in known
    assert len(found.candidates) <= 6


def test_pictures_are_heard(places: Places) -> None:
    """Who can send nothing but "🆘" is heard; laughter takes back an idiom, and never a blow."""
    dangers = [("🆘", "now"), ("🆘🆘 🙏", "now"), ("он с 🔪", "weapon"), ("чоловік мене б'є 😂", "now")]
    assert [(read(text, places).intent, read(text, places).kind) for text, _ in dangers] == [
        ("danger", cause) for _, cause in dangers
    ]
    assert {read(text, places).intent for text in ("вмираю 😂😂", "🤣", "🙂", "👊", "💀")} == {"none"}


def test_a_cry_in_the_wrong_layout_is_heard(places: Places) -> None:
    """ "помогите" and "допоможіть" with the keyboard left in the Latin layout; other letters stay what they are."""
    for text in ("gjvjubnt", "GJVJUBNT", "ljgjvj;snm"):
        assert (read(text, places).intent, read(text, places).kind) == ("danger", "now")
    assert read("ghbdtn", places).intent == "greeting"
    assert {read(text, places).intent for text in ("qwerty", "asdfgh", "zzzz", "ok", "hmm")} == {"none"}


def test_a_thousand_mutated_texts_raise_nothing(places: Places) -> None:
    """Examples with letters knocked out, doubled, swapped and strange signs between."""
    dice = Random("mutations")  # noqa: S311 (the same mutations every time)
    texts = [one.text for one in examples()]
    for _ in range(1_000):
        letters = list(dice.choice(texts))
        for _ in range(dice.randrange(1, 6)):
            letters.insert(dice.randrange(len(letters) + 1), dice.choice("\u200d\x00\ud83d🙂'’*ї\u202ea "))
        assert read("".join(letters), places).intent


@pytest.mark.parametrize("number", range(len(WALLS)))
def test_ten_thousand_signs_are_read(number: int, places: Places) -> None:
    """A wall of text ends in a meaning like any other (in how much time, `make bench` measures)."""
    assert len(WALLS[number]) >= 9_000
    assert read(WALLS[number], places).intent


def test_danger_is_told_with_the_place_it_names(places: Places) -> None:
    """Both are known: the cause for the screen, the place for when it was not about that."""
    found = read("він б'є мене, я в Житомирі", places)
    assert (found.intent, found.kind) == ("danger", "now")
    assert found.candidates[0].place.name_uk == "Житомир"


@pytest.mark.parametrize("place", [0, 10, 20, 30, 40])
@pytest.mark.parametrize(
    ("calm", "danger"),
    [
        ("Зранку ми ходили в магазин по хліб. Потім довго чекали на автобус біля школи. ", "він мене душив"),
        ("In the morning we went to the shop for bread. Then we waited for the bus. ", "he choked me"),
    ],
)
def test_danger_is_seen_wherever_it_stands_in_a_long_story(calm: str, danger: str, place: int, places: Places) -> None:
    """A story as long as Telegram takes is read to its end; without that sentence it is no danger."""
    told = [calm] * 41
    assert read("".join(told), places).intent != "danger"
    told.insert(place, f"{danger}. ")
    found = read("".join(told), places)
    assert (found.intent, found.kind) == ("danger", "choking")


@pytest.mark.parametrize("between", [". ", " ", "\n"])
@pytest.mark.parametrize(
    ("danger", "cause"),
    [
        ("він мене душив", "choking"),
        ("муж держал нож у моего горла", "weapon"),
        ("he raped me", "rape"),
        ("не хочу більше жити", "suicide"),
    ],
)
def test_no_place_in_a_story_hides_danger(danger: str, cause: str, between: str, places: Places) -> None:
    """As long as Telegram takes, in any order, with or without full stops: of all the everyday talk that one sentence
    says which danger it is (or that somebody is in danger now)."""
    dice = Random(danger + between)  # noqa: S311 (the same stories every time)
    for at in range(0, LONGEST - 100, 400):
        talk = between.join(line for _ in range(9) for line in dice.sample(TALK, len(TALK)))
        told = f"{talk[:at].rpartition(between)[0]}{between}{danger}{between}{talk[at:]}"[:LONGEST]
        assert danger in told
        assert len(told) == LONGEST
        found = read(told, places)
        assert found.intent == "danger"
        assert found.kind in (cause, "now"), at


def test_a_place_alone_is_a_place_and_a_service_beats_it(places: Places) -> None:
    """ "юрист Львів" asks for a lawyer; "привіт, я з Луцька" names a place."""
    assert read("Трускавець", places).intent == "place"
    assert read("привіт, я з Луцька", places).intent == "place"
    lawyer = read("юрист у Львові", places)
    assert (lawyer.intent, lawyer.kind, lawyer.candidates[0].place.name_uk) == ("service", "legal_aid", "Львів")


def test_no_place_of_ukraine_is_danger(places: Places) -> None:
    """Nobody who names their village hears that something serious was written (every seventh is asked)."""
    names = sorted({town.name_uk for oblast in places.oblasts() for town in places.towns(oblast.id)})[::7]
    assert len(names) > 500
    assert [name for name in names if read(name, places).intent in ("danger", "exit")] == []


@pytest.mark.parametrize(
    ("harmless", "danger"),
    [
        ("він мене не б'є", "він не тільки кричить, він мене б'є"),
        ("муж никогда не бил меня", "муж чуть не убил меня"),
        ("he never hit me", "he won't stop hitting me"),
        ("у фільмі він її вбив", "він дивився фільм і вдарив мене"),
        ("вмираю зі сміху", "сміється і душить мене"),
        ("більше ніж треба", "у нього ніж"),
    ],
)
def test_a_word_more_makes_the_difference(harmless: str, danger: str, places: Places) -> None:
    """Denials, films, idioms and look-alikes beside the real thing."""
    assert read(harmless, places).intent != "danger"
    assert read(danger, places).intent == "danger"


@pytest.mark.parametrize(
    "text",
    [
        "він мене душив. Сьогодні гарна погода, ми ходили в магазин по хліб.",
        "Сьогодні гарна погода, ми ходили в магазин по хліб. він мене душив",
        "Дивилась кіно. Сусід душить дружину.",
        "Вона грає в гру. Чоловік б'є дитину.",
        "Жартую часто. Він мене б'є.",
        "Він тримає мене за горло. Був у лікаря, масаж допоміг.",
        "Дитина впала з велосипеда. Батько її б'є ременем. Купили джинси.",
        "Муж меня душил. Сегодня купили новый ковер, выбили пыль.",
        "Он меня бьёт… А на улице дождь бьёт в окно.",
        "Он мне угрожал ножом; купила хлеб и сыр, порезала салат.",
        "Он меня избил\nпотом смотрели сериал",
        "Смотрели сериал. Он потом меня изнасиловал.",
        "He choked me. Then we went shopping, I bought a new knife for bread.",
        "I'm dying laughing. He raped me.",
        "He drinks. Beats me.",
        "Just kidding about the weather. My husband beats me.",
    ],
)
def test_another_sentence_takes_no_danger_back(text: str, places: Places) -> None:
    """Shopping, a film, a joke, a doctor: what they make harmless stands in the same sentence."""
    found = read(text, places)
    assert (found.intent, found.likened) == ("danger", False)
