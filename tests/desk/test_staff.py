"""Colleagues: invited once, dismissed for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Hands
from tests.desk.room import room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_invitation_works_once(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """A supervisor's code makes one person an operator; the second who tries it, and who comes a day later, stay
    visitors and learn nothing about the desk."""
    async with room(database_url, tmp_path, clock) as at:
        olha = await at.operator(await at.desk(), "Ольга", "supervisor")
        codes = []
        for _ in range(2):
            await at.at.say(olha, "/invite")
            await at.press(olha, "desk.role.operator")
            codes.append(at.screen(olha).partition("/join ")[2].split()[0])
        oksana, late, later = (at.at.sandbox.person() for _ in range(3))
        for person in (oksana, late):
            await at.at.say(person, "/start")
            await at.at.say(person, f"/join {codes[0]}")
            await at.at.say(person, "Оксана")
        assert (await at.staff(oksana)).role == "operator"
        at.at.move(hours=25)
        await at.at.say(later, "/start")
        await at.at.say(later, f"/join {codes[1]}")
        await at.at.say(later, "Оксана")
        for person in (late, later):
            assert at.screen(person).startswith(at.word("join.no").splitlines()[0])
            with pytest.raises(KeyError):
                await at.staff(person)


async def test_a_dismissed_operator_is_a_stranger(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """Their cases wait again, what stood on their phone goes at once, and no command or old button opens anything."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        olha, oksana = await at.operator(desk, "Ольга", "supervisor"), await at.operator(desk, "Оксана")
        anna = at.at.sandbox.person()
        case = await at.asks(anna)
        await at.at.say(anna, "hello-from-anna")
        await at.take(oksana, case)
        await at.at.say(oksana, "hello-from-oksana")
        await at.at.say(olha, "/team")
        await at.press(olha, "desk.dismiss", name="Оксана")
        await at.press(olha, "desk.dismiss.yes")
        assert (await at.now(case)).state == "waiting"
        assert "hello-from" not in at.seen(oksana)
        assert at.at.covered(at.at.live(oksana))
        await at.tap(oksana, "desk.take", case.id)
        await at.at.say(oksana, "/take")
        await at.tap(oksana, "desk.case")
        assert (await at.now(case)).state == "waiting"
        assert case.code not in at.seen(oksana)
        assert "hello-from-anna" not in at.seen(oksana)


async def test_nobody_dismisses_but_a_supervisor(database_url: str, tmp_path: Path, clock: Hands) -> None:
    """By an old or made-up button neither."""
    async with room(database_url, tmp_path, clock) as at:
        desk = await at.desk()
        oksana, iryna = await at.operator(desk, "Оксана"), await at.operator(desk, "Ірина", "coordinator")
        for who in (oksana, iryna):
            for name, args in (("desk.team.leave", (1,)), ("desk.team.leave", (2,)), ("desk.invite", ("supervisor",))):
                await at.tap(who, name, *args)
                assert at.screen(who) == at.word("desk.not_yours")
        await at.tap(iryna, "desk.take", 0)
        assert at.screen(iryna) == at.word("desk.not_yours")
        assert {(await at.staff(who)).role for who in (oksana, iryna)} == {"operator", "coordinator"}
