"""`stezhka desk`, `audit` and `report` as commands."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from bot.cli.audit import audit
from bot.cli.desk import desk
from bot.cli.faults import CannotBeDone
from bot.cli.report import report
from bot.config import Settings
from db import memory
from db.desk import invites, roster
from db.desk.staff import Seat
from db.sealing import Keyring, keep_secret
from db.store import open_store

DATABASE = Path("var/stezhka.db")
KYIV = ("kyiv", "--name-uk", "Київ", "--name-en", "Kyiv", "--region", "Київ", "--group", "-100500")
WORDS = ("--words-uk", "психологині центру", "--words-en", "the centre's psychologists")


@pytest.fixture(autouse=True)
def database(sqlite_templates: dict[str, Path]) -> None:
    """A deployment whose directory is filled."""
    DATABASE.parent.mkdir()
    DATABASE.write_bytes(sqlite_templates["filled"].read_bytes())


def run(app: Typer, *words: str) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(app, words, env={"COLUMNS": "200"})


def done(app: Typer, *words: str) -> str:
    """A call that goes well; what it says."""
    result = run(app, *words)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def listed() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(done(desk, "list", "--json"))
    return found


def keys() -> Keyring:
    return Keyring(keep_secret(Path("var/secret.key")), Path("var/keys"))


async def join(code: str, chat_id: int) -> None:
    """Somebody uses a code in the bot."""
    store = open_store(Settings().database_url)
    async with store.write() as connection:
        who = await invites.accept(connection, keys(), code, Seat(chat_id, 1), "Оля", datetime.now(UTC))
        assert who is not None
        await roster.set_state(connection, who.num, "on", datetime.now(UTC))
    await store.close()


def test_a_desk_is_made_and_changed() -> None:
    """What is given again is changed, the rest stays; the number stays too; no id is shown."""
    assert done(desk, "add", *KYIV) == "desk kyiv: number 1\n"
    assert done(desk, "add", "kyiv", "--language", "uk", "--language", "en", "--hours", "Mo-Fr 09:00-18:00") == (
        "desk kyiv: number 1\n"
    )
    (row,) = listed()
    assert row["regions"] == ["Kyiv city"]
    assert (row["languages"], row["hours"], row["group"], row["staff"]) == (["uk", "en"], "Mo-Fr 09:00-18:00", True, 0)
    done(desk, "add", "kyiv", "--region", "all", "--hours", "")
    assert (listed()[0]["regions"], listed()[0]["hours"]) == ([], "")
    table = done(desk, "list")
    assert "Київ" in table
    assert "100500" not in table


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Kyiv City",), "use a-z"),
        ((*KYIV[:5], "--region", "Нарнія"), "is none of"),
        ((*KYIV[:5], "--group", "5"), "below zero"),
        ((*KYIV[:5], "--language", "de"), "none of: uk, en"),
        ((*KYIV[:5], "--hours", "по буднях"), "not opening hours"),
        ((*KYIV[:5], "--words-uk", "а" * 201), "at most 200"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], told: str) -> None:
    """Exit code 2, and nothing is kept."""
    result = run(desk, "add", *words)
    assert result.exit_code == 2
    assert told in " ".join(result.output.replace("│", " ").split())
    assert listed() == []


def test_what_cannot_be_done_is_one_line() -> None:
    """A desk without names, a group that another has, a code for no desk."""
    assert isinstance(run(desk, "add", "kyiv").exception, CannotBeDone)
    done(desk, "add", *KYIV)
    taken = run(desk, "add", "other", "--name-uk", "Інша", "--name-en", "Other", "--group", "-100500")
    assert str(taken.exception) == "that group is the desk kyiv's already"
    assert "There is: kyiv" in str(run(desk, "invite", "--desk", "nowhere").exception)
    assert run(desk, "invite", "--desk", "kyiv", "--role", "queen").exit_code == 2


def test_check_says_what_is_missing_until_nothing_is() -> None:
    """In both languages, for programs too; exit code 1 as long as anything is."""
    first = run(desk, "check")
    assert (first.exit_code, first.output) == (1, "жодної команди → stezhka desk add\n")
    done(desk, "add", *KYIV[:5], "--region", "Київ")
    found = json.loads(run(desk, "check", "--json", "--lang", "en").stdout)
    codes = {one["code"] for one in found}
    assert codes == {"group", "nobody", "words", "language", "uncovered"}
    assert "kyiv: no Telegram group → stezhka desk add … --group" in run(desk, "check", "--lang", "en").output

    done(desk, "add", *KYIV[:5], "--group", "-5", "--region", "all", "--language", "uk", "--language", "en", *WORDS)
    asyncio.run(join(done(desk, "invite", "--desk", "kyiv").strip(), 11))
    only = run(desk, "check", "--lang", "en")
    assert (only.exit_code, only.output) == (
        1, "kyiv: nobody may close an urgent case → stezhka desk invite --role supervisor\n",
    )  # fmt: skip
    asyncio.run(join(done(desk, "invite", "--desk", "kyiv", "--role", "supervisor").strip(), 12))
    assert done(desk, "check") == "Усе гаразд: команд 1.\n"
    assert (listed()[0]["staff"], listed()[0]["on_duty"]) == (2, 2)


def test_the_audit_is_shown_and_verified() -> None:
    """What the command line did is in it; a row that somebody changed is named, exit code 1."""
    assert done(audit, "verify") == "the chain holds; last row 0\n"
    done(desk, "add", *KYIV)
    done(desk, "invite", "--desk", "kyiv")
    assert [line.split()[4:] for line in done(audit, "show").splitlines()] == [["desk_add", "kyiv"], ["invite", "kyiv"]]
    (row,) = [json.loads(line) for line in done(audit, "show", "--json", "--last", "1", "--case", "kyiv").splitlines()]
    assert (row["id"], row["actor"], row["action"]) == (2, 0, "invite")
    assert done(audit, "show", "--operator", "7") == ""
    assert done(audit, "verify") == "the chain holds; last row 2\n"
    with sqlite3.connect(DATABASE) as connection:
        connection.execute("UPDATE audit SET action = 'nothing' WHERE id = 1")
    broken = run(audit, "verify")
    assert (broken.exit_code, broken.output) == (1, "row 1 was changed, or a row before it is missing\n")


def test_the_report_tells_no_small_numbers() -> None:
    """By months, for reading in either language and as JSON."""
    assert "Nothing was counted in 2026-11" in done(report, "cases", "--from", "2026-11", "--lang", "en")

    async def some() -> None:
        store = open_store(Settings().database_url)
        async with store.write() as connection:
            counts = {("asked", "law"): 12, ("asked", "fear"): 3, ("asked", "home"): 1, ("case_form", "mental"): 7}
            await memory.count(connection, counts, datetime(2026, 11, 5, tzinfo=UTC))
        await store.close()

    asyncio.run(some())
    said = done(report, "cases", "--from", "2026-10", "--to", "2026-12", "--lang", "en")
    assert ["Rights", "and", "papers", "12"] in [line.split() for line in said.splitlines()]
    assert ["psychological", "7"] in [line.split() for line in said.splitlines()]
    assert said.count("fewer than 5") == 2
    assert "менше 5" in done(report, "cases", "--from", "2026-11")
    assert "психологічне" in done(report, "cases", "--from", "2026-11")
    told = json.loads(done(report, "cases", "--from", "2026-11", "--json"))
    assert [cell["count"] for cell in told["cells"]] == [12, None, None, 7]
    assert run(report, "cases", "--from", "2026-11", "--to", "2026-10").exit_code == 2
