"""The five practised cases: a good operator misses nothing, a careless one is told each thing, so is an idle one."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from random import Random

import pytest

from db.desk.naming import PRACTICE
from db.visit import LANGS, Lang
from flows.desk.practice import reviewed
from flows.desk.scan import scan
from flows.engine import World
from flows.training.hearing import cues_in
from flows.training.judge import CHECKS, Deeds, judge
from flows.training.script import Script
from flows.training.scripts import NAMES, SCRIPTS
from tests.flows.desk.test_operator_screens import assert_desk
from tests.flows.village import somebody

READ_AT_ONCE = 1800  # characters: one screen that is not scrolled long, for staff
GOOD_WORDS: dict[str, dict[Lang, tuple[str, ...]]] = {
    "calm": {
        "uk": (
            "Вітаю. Чи зручно вам зараз писати і чи ніхто не бачить екрана?",
            "Я вам вірю. Ви в цьому не винні.",
            "Є безоплатні юристи: 0 800 213 103.",
            "Дякую за довіру. Бережіть себе.",
        ),
        "en": (
            "Hello. Is this a good moment to write, and can nobody see your screen?",
            "I believe you. This is not your fault.",
            "Lawyers help for free: 0 800 213 103.",
            "Thank you for your trust. Take care.",
        ),
    },
    "urgent": {
        "uk": (
            "Чи безпечно вам писати?",
            "Куди їхати? Напишіть вулицю й будинок.",
            "Дзвоню 102, допомога їде.",
            "Після такого покажіться лікарю.",
            "Бережіть себе.",
        ),
        "en": (
            "Is it safe to write?",
            "Where are you? Street and house, please.",
            "I am calling 102, help is on its way.",
            "After that let a doctor see you.",
            "Take care.",
        ),
    },
    "impersonator": {
        "uk": (
            "Чи зручно вам писати, ви зараз самі?",
            "Напишіть, будь ласка, своє кодове слово.",
            "Без нього я ні про яку розмову не скажу.",
        ),
        "en": (
            "Is it safe to write, are you alone?",
            "Please type your code word.",
            "Without it I can tell nothing of any conversation.",
        ),
    },
    "child": {
        "uk": (
            "Привіт. Чи безпечно тобі писати, чи хтось поруч?",
            "Я тобі вірю. Це не твоя вина.",
            "Є лінія для дітей: 0 800 500 225.",
            "Коли йдеться про дитину, я маю сказати ще одній людині.",
            "Бережи себе, пиши нам ще.",
        ),
        "en": (
            "Hi. Is it safe for you to write?",
            "I believe you. It is not your fault.",
            "There is a line for children: 116 111.",
            "When a child is at risk, I have to tell one more person.",
            "Take care, write again.",
        ),
    },
    "abusive": {
        "uk": ("Мені важливо допомогти, але на образи я не відповідаю.",),
        "en": ("I want to help, but I do not answer insults.",),
    },
}
GOOD_ACTS = {
    "calm": frozenset({"take"}),
    "urgent": frozenset({"take", "flag", "danger", "callsupervisor"}),
    "impersonator": frozenset({"take"}),
    "child": frozenset({"take", "flag", "callsupervisor"}),
    "abusive": frozenset({"take", "callsupervisor"}),
}
CARELESS: dict[Lang, tuple[str, ...]] = {
    "uk": ("Так, ви тоді казали, що ви в сестри.", "Не будьте такі дурні."),
    "en": ("Yes, you said you are at your sister’s.", "Do not be so stupid."),
}


def deeds(name: str, words: tuple[str, ...], acts: frozenset[str], *labels: str) -> Deeds:
    """What an operator did, the visitor having written first."""
    said = (("visitor", "…"), *(("operator", one) for one in words))
    return Deeds(name, acts, said, frozenset(labels))


def well_done(name: str, lang: Lang) -> Deeds:
    """Everything as it should be."""
    return deeds(name, GOOD_WORDS[name][lang], GOOD_ACTS[name], "case_result")


@pytest.mark.parametrize("name", NAMES)
def test_a_good_operator_misses_nothing(name: str, lang: Lang) -> None:
    """In words that may leave, and in either language."""
    assert [words for words in GOOD_WORDS[name][lang] if scan(words)] == []
    assert judge(SCRIPTS[name], well_done(name, lang)).missed == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_careless_one_is_told_each_thing(name: str, lang: Lang) -> None:
    """Telling, insulting, raising an alarm where there is none, sending a link, and nothing of what was needed."""
    alarm = {"held"} | ({"flag"} if name == "calm" else set())
    review = judge(SCRIPTS[name], deeds(name, CARELESS[lang], frozenset(alarm)))
    assert review.good == ()
    assert review.missed == tuple(CHECKS[one] for one in SCRIPTS[name].checks)


@pytest.mark.parametrize("name", NAMES)
def test_doing_nothing_is_never_enough(name: str) -> None:
    """Taking a case, looking at it and closing it earns not a single line."""
    for acts in (frozenset[str](), frozenset({"take", "park", "resume"})):
        assert judge(SCRIPTS[name], deeds(name, (), acts)).good == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_check_can_fail_alone(name: str, lang: Lang) -> None:
    """Each missing deed is told, and only that one: no check stands for another."""
    script, whole = SCRIPTS[name], well_done(name, lang)
    for act in GOOD_ACTS[name] - {"take"}:
        assert len(judge(script, replace(whole, acts=whole.acts - {act})).missed) == 1, act
    assert [one.text for one in judge(script, replace(whole, labels=frozenset())).missed] == ["review.outcome"]
    assert [one.text for one in judge(script, replace(whole, acts=whole.acts | {"held"})).missed] == ["review.held"]
    if "warm" in script.checks:
        unanswered = replace(whole, words=(*whole.words, ("visitor", "…")))
        assert [one.text for one in judge(script, unanswered).missed] == ["review.warm"]
    if "safe" in script.checks:
        late = (*whole.words[2:-1], *whole.words[1:2], whole.words[-1])
        asked = [word for side, word in late if side == "operator"].index(whole.told[0])
        missed = {one.text for one in judge(script, replace(whole, words=late)).missed}
        assert ("review.safe" in missed) is (asked > 1)


@pytest.mark.parametrize(
    ("code", "cue"),
    [
        ("safe", "safe"), ("nearby", "safe"), ("believe", "heard"), ("not-fault", "heard"), ("feelings", "heard"),
        ("lawyer", "step"), ("centre", "step"), ("team", "step"), ("where", "where"), ("call-for-you", "where"),
        ("call-for-you", "help"), ("throat", "doctor"), ("medical", "doctor"), ("code-word", "word"),
        ("secret", "told"), ("limits", "limit"), ("goodbye", "warm"),
    ],
)  # fmt: skip
def test_ready_replies_are_heard(village: World, lang: Lang, code: str, cue: str) -> None:
    """Who takes the words that lie at hand is understood, in both languages; none of them is an insult."""
    reply = village.canned.reply(code)
    assert reply is not None
    assert cue in cues_in(reply.text(lang))
    assert not any("insult" in cues_in(one.text(lang)) for one in village.canned.replies)


def test_blocking_through_the_supervisor_counts_as_asking() -> None:
    """With an abusive caller either will do."""
    words = GOOD_WORDS["abusive"]["en"]
    blocked = replace(deeds("abusive", words, frozenset({"take"}), "case_result"), blocked=True)
    assert judge(SCRIPTS["abusive"], blocked).missed == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_visitor_answers_what_was_asked_and_goes_on_by_themselves(name: str, lang: Lang) -> None:
    """To each cue there is an answer of its own, once; any other word moves the story on, to its end."""
    script = SCRIPTS[name]
    told = {turn.cue: turn.says for turn in script.turns if turn.cue}
    for words in GOOD_WORDS[name][lang]:
        said = script.answer([words], ())
        assert said in {turn.says for turn in script.turns if turn.cue in {None, *cues_in(words)}}
        if any(cue in told for cue in cues_in(words)):
            assert said in told.values(), words
    story: list[str] = []
    while key := script.answer(["…"], story):
        story.append(key)
    assert story == [turn.says for turn in script.turns if turn.cue is None]


def test_the_order_is_dealt_by_the_random_that_is_passed_in() -> None:
    """The same dice, the same order; other dice, some other; nothing added or lost."""
    script = SCRIPTS["abusive"]
    dealt = [script.dealt(Random(seed)) for seed in range(20)]  # noqa: S311 (an order, no secret)
    assert dealt[0] == script.dealt(Random(0))  # noqa: S311
    assert len({tuple(turn.says for turn in one.turns) for one in dealt}) > 1
    assert all(sorted(one.turns, key=repr) == sorted(script.turns, key=repr) for one in dealt)
    assert all(one.turns[0] == script.turns[0] and one.turns[-1] == script.turns[-1] for one in dealt)


def test_only_the_last_shifts_note_holds_the_secret(village: World, lang: Lang) -> None:
    """Who repeats it has told it: the visitor never says it first, and the note does."""
    script = SCRIPTS["impersonator"]
    t = village.speak(lang)
    assert _mentioned(script, t.label(script.brief))
    for key in (script.opening, *(turn.says for turn in script.turns)):
        assert not _mentioned(script, t.label(key)), key


def _mentioned(script: Script, words: str) -> bool:
    told = deeds(script.name, (words,), frozenset())
    return CHECKS["secret"] in judge(script, told).missed


@pytest.mark.parametrize("name", NAMES)
def test_the_review_is_one_proper_screen(village: World, lang: Lang, name: str) -> None:
    """Marked, in the operator's language, each thing with its why and its source, in the list it belongs to."""
    world = replace(village, practice=True)
    t = world.speak(lang)
    code = f"{PRACTICE} Kometa Retro"
    careless = deeds(name, CARELESS[lang], frozenset({"held"}))
    for done in (well_done(name, lang), careless, deeds(name, (), frozenset())):
        screen = reviewed(code, done, somebody(lang), world).screen
        assert screen is not None
        assert_desk(screen, lang)
        text = unescape(screen.text).replace("\N{NO-BREAK SPACE}", " ")
        assert text.startswith(f"<b>{code}")
        assert len(text) <= READ_AT_ONCE
        assert (t.label("review.silent") in text) is not bool(done.told)
        good, _, missed = text.partition(str(t("review.missed")))
        review = judge(SCRIPTS[name], done)
        for checks, where in ((review.good, good), (review.missed, missed)):
            for check in checks:
                assert t.label(check.text) in where
                assert (check.source.facts or str(check.source.checklist)) in where


def test_a_practice_nobody_can_judge_any_more_says_so(village: World, lang: Lang) -> None:
    """The visitor has left, and with them everything there was to look at."""
    screen = reviewed(f"{PRACTICE} Kometa Retro", Deeds(""), somebody(lang), village).screen
    assert screen is not None
    assert_desk(screen, lang)
    assert PRACTICE in screen.text


def test_what_a_scripted_visitor_writes_is_short_and_there_in_both_languages(village: World) -> None:
    """As people type on a phone; nothing an operator would have to copy."""
    for lang in LANGS:
        t = village.speak(lang)
        for script in SCRIPTS.values():
            for key in (script.opening, *(turn.says for turn in script.turns)):
                assert 0 < len(t.label(key)) <= 160, key
