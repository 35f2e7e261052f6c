"""An own word over real HTTP: the cover stays where it is for everybody but the one who knows it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from bot.sandbox.people import Person
from db.visit import Lang
from tests.conftest import Hands
from tests.e2e.walkers import ACTS, Walker
from tests.stage import Stage, stage

WORD = {"uk": "Синя волошка", "en": "Blue cornflower"}
NOTHING_BUT_THE_LOCK = {"locks": 1}
WRONG = {
    "uk": ("Троянда", "Півонія", "Айстра", "Жоржина", "Чебрець"),
    "en": ("Rosebud", "Poppy seed", "Aster", "Irises", "Lilies"),
}
GUESSES = ("волошка", "синя волошко", "синя", "Синя волошка 1", "blue cornflowers", "пароль", "12345", "стежка", "path")

pytestmark = pytest.mark.parametrize("lang", ["uk", "en"])


async def choose(at: Stage, person: Person, lang: Lang) -> None:
    """Arrives, chooses the word by the buttons, and leaves."""
    t = at.app.knowledge.world().speak(lang)
    await at.arrive(person, lang)
    for key in ("hello.on", "home.privacy", "privacy.word_on", "word.choose"):
        await at.press(person, t.label(key))
    await at.say(person, WORD[lang])
    await at.say(person, WORD[lang].upper())
    assert at.live(person).text.startswith(str(t("word.kept")).split("\n", 1)[0])
    await at.press(person, t.label("frame.exit"))


async def assert_on_the_cover(at: Stage, person: Person) -> None:
    """Nothing but cards of the cover in the chat, nothing but the lock in the database."""
    await at.settled()
    assert [message for message in person.chat.messages.values() if not at.covered(message)] == []
    assert {table: rows for table, rows in (await at.held(person)).items() if rows} == NOTHING_BUT_THE_LOCK


def newest(person: Person) -> str:
    return person.bot_messages[-1].text


async def test_only_the_word_leads_back(database_url: str, tmp_path: Path, clock: Hands, lang: Lang) -> None:
    """/start, greetings, the neutral words and old buttons show the cover; the word shows the first screen, and
    typed there it hides again; dropped, it locks no more."""
    async with stage(database_url, tmp_path, clock) as at:
        t = at.app.knowledge.world().speak(lang)
        anna = at.sandbox.person()
        await choose(at, anna, lang)
        await assert_on_the_cover(at, anna)
        for words in ("/start", "/start k7rw", "привіт", "стежка", "/menu", "hello"):
            anna.send(words)
            await assert_on_the_cover(at, anna)
            at.move(minutes=4)
        await at.say(anna, f"  {WORD[lang].lower()}! ")
        (screen,) = [message for message in anna.messages if not at.covered(message)]
        assert "Вітаємо" in screen.text
        assert (await at.held(anna))["visits"] == 1
        await at.say(anna, WORD[lang])
        await assert_on_the_cover(at, anna)
        await at.say(anna, WORD[lang])
        for key in (f"lang.{lang}", "hello.on", "home.privacy", "privacy.word_on", "word.drop_on", "frame.exit"):
            anna.press(t.label(key))
            await at.settled()
        assert not any((await at.held(anna)).values())
        await at.say(anna, "/start")
        assert "Вітаємо" in newest(anna)


async def test_help_is_there_without_the_word(database_url: str, tmp_path: Path, clock: Hands, lang: Lang) -> None:
    """102, 112 and a cry for help open the useful numbers, however often, and never count as tries."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await choose(at, anna, lang)
        for words in ("102", "112", "help", "допомога", "SOS", "/numbers"):
            anna.send(words)
            await assert_on_the_cover(at, anna)
            assert "112" in newest(anna)
            assert "102" in newest(anna)
        await at.say(anna, WORD[lang])
        assert "Вітаємо" in newest(anna)


async def test_five_tries_and_no_answer_tells(database_url: str, tmp_path: Path, clock: Hands, lang: Lang) -> None:
    """The right word after five wrong ones looks like any wrong one, and like anything typed where there is no word
    at all; after ten minutes it opens."""
    async with stage(database_url, tmp_path, clock) as at:
        anna, without = at.sandbox.person(), at.sandbox.person()
        await choose(at, anna, lang)
        await at.say(without, "Квіти" if lang == "uk" else "Flowers")
        for guess in WRONG[lang]:
            await at.say(anna, guess)
            assert newest(anna) == newest(without)
        for _ in range(2):
            await at.say(anna, WORD[lang])
            assert newest(anna) == newest(without)
            at.move(minutes=4)
        assert anna.bot_messages[-1].markup.inline == without.bot_messages[-1].markup.inline
        await assert_on_the_cover(at, anna)
        at.move(minutes=3)
        await at.say(anna, WORD[lang])
        assert "Вітаємо" in newest(anna)


async def test_an_exit_word_is_an_exit_on_the_cover(
    database_url: str, tmp_path: Path, clock: Hands, lang: Lang
) -> None:
    """Whatever is typed there, an exit word hides, and is no try."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await choose(at, anna, lang)
        for _ in range(6):
            anna.send("вихід" if lang == "uk" else "exit")
            await assert_on_the_cover(at, anna)
        await at.say(anna, WORD[lang])
        assert "Вітаємо" in newest(anna)


async def test_a_word_said_in_the_same_breath_as_an_exit(
    database_url: str, tmp_path: Path, clock: Hands, lang: Lang
) -> None:
    """An exit and a /start in one batch: whoever comes after the exit is on the cover."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await choose(at, anna, lang)
        await at.say(anna, WORD[lang])
        gate = at.sandbox.hold("getUpdates")
        at.sandbox.person().send("/start")  # ends the poll that is under way; the next one is held
        await gate.arrived.wait()
        anna.press("Вихід")
        anna.send("/start")
        anna.send("Житомир")
        gate.release()
        await assert_on_the_cover(at, anna)


async def test_taps_on_the_cover_leave_nothing(database_url: str, tmp_path: Path, clock: Hands, lang: Lang) -> None:
    """Every button of the cover works, by an edit and in silence, and the database holds nothing of who taps."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        t, words = at.app.knowledge.world().speak(lang), at.app.cover[lang]
        await at.arrive(anna, lang)
        await at.press(anna, t.label("frame.exit"))
        heard = len(anna.lock_screen)
        shown = {at.live(anna).text}
        for label in (words.next, words.more, words.sun, "Львів" if lang == "uk" else "Lviv", words.numbers, words.tip):
            shown.add((await at.press(anna, label)).text)
            assert at.covered(at.live(anna))
            assert not any((await at.held(anna)).values())
        assert len(shown) >= 6
        assert len(anna.lock_screen) == heard
        await at.press(anna, "English" if lang == "uk" else "Українська")
        assert at.live(anna).text.startswith("Tip of the day" if lang == "uk" else "Порада дня")


async def test_typing_on_the_cover_leaves_nothing(database_url: str, tmp_path: Path, clock: Hands, lang: Lang) -> None:
    """A town, nonsense, a photo, a place: answered by a card without a sound, deleted, forgotten."""
    async with stage(database_url, tmp_path, clock) as at:
        anna = at.sandbox.person()
        await at.arrive(anna, lang)
        await at.press(anna, at.app.knowledge.world().speak(lang).label("frame.exit"))
        await at.say(anna, "Вінниця" if lang == "uk" else "Vinnytsia")
        assert ("Вінниця" if lang == "uk" else "Vinnytsia") in newest(anna)
        await at.say(anna, "квітка на вікні")
        anna.send_other("photo")
        anna.send_location(50.25, 28.66)
        await at.settled()
        assert all(at.covered(message) for message in anna.messages)
        assert len(anna.messages) == 5
        assert all(note.silent for note in anna.lock_screen)
        assert not any((await at.held(anna)).values())


# --- a stranger with the phone in hand ---------------------------------------------------------------------

STEPS = 2_000
ROUND = 40
KINDS = (
    *["tap_card"] * 10, *["write"] * 6, *["guess"] * 6, *["start"] * 3, *["tap_old"] * 3, "tap", "locate", "attach",
    "rewrite", "forward", "delete", "clear", "write_exit",
)  # fmt: skip


class Stranger(RuleBasedStateMachine):
    """Taps everything and types on the cover of somebody else's chat."""

    def __init__(self, url: str, folder: Path, lang: Lang, taken: list[int]) -> None:
        super().__init__()
        self._runner, self._stack = asyncio.Runner(), AsyncExitStack()
        self._lang, self._taken = lang, taken
        self.at: Stage = self._wait(self._stack.enter_async_context(stage(url, folder, Hands())))
        person = self.at.sandbox.person()
        self._wait(choose(self.at, person, lang))
        self.walker = Walker(self.at.sandbox, person, self.at.app.knowledge.world())

    def _wait(self, coming: Any) -> Any:
        return self._runner.run(coming)

    @rule(seed=st.integers(0, 2**32 - 1))
    def try_everything(self, seed: int) -> None:
        """A round of steps; after it there is nothing but the cover, whatever they were."""
        self.at.move(seconds=20)
        dice = Random(seed)  # noqa: S311 (the same steps for the same seed)
        steps = [(dice.choice(KINDS), dice.randrange(2**16)) for _ in range(ROUND)]
        for kind, choice in steps:
            if kind == "guess":
                self.walker.person.send(GUESSES[choice] if choice < len(GUESSES) else f"{choice:x}{choice:o}")
                self._taken[0] += 1
            else:
                self._taken[0] += ACTS[kind](self.walker, choice)
        self._wait(assert_on_the_cover(self.at, self.walker.person))

    def teardown(self) -> None:
        """Whose word it is comes back all the same, when the ten minutes are over."""
        try:
            self.at.move(minutes=11)
            self._wait(self.at.say(self.walker.person, WORD[self._lang]))
            assert "Вітаємо" in newest(self.walker.person)
        finally:
            self._wait(self._stack.aclose())
            self._runner.close()


@pytest.mark.untraced
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stranger_never_leaves_the_cover(database_url: str, tmp_path: Path, lang: Lang) -> None:
    """Two thousand random steps with an own word set: taps, old and forged buttons, guesses, places, cries, media."""
    taken = [0]
    chosen = settings(
        max_examples=1,
        stateful_step_count=STEPS // ROUND * 8 // 5,  # a step that cannot be done now does not count
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Stranger(database_url, tmp_path, lang, taken), settings=chosen)
    assert taken[0] >= STEPS
