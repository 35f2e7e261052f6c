"""Broken files in every way chance can think of: they are taken, or refused by design; nothing else comes out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.directory.starting import starting_services
from db.exchange.faults import Fault, Refused
from db.exchange.plan import plan
from db.exchange.wording import refusal
from db.exchange.workbook import xlsx_bytes
from db.exchange.writing import csv_bytes

from .made_up import TODAY, gazetteer

EASY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HELD = starting_services()
TABLE = csv_bytes(HELD[20:40], gazetteer(), "uk")
BOOK = xlsx_bytes(HELD[20:30], gazetteer(), "uk")
SPLINTERS = (
    b"\x00",
    b"\xff\xfe",
    b"PK\x03\x04",
    b'"',
    b";",
    b"\r",
    b"\n",
    b"=",
    b"<c",
    b"</row>",
    b"&amp;",
    b"&x;",
    b"1e999",
    b"\xd0",
    b"'",
    b"<!ENTITY",
    b"99999999999",
    b' t="e"',
    b' t="s"',
    b' r="ZZZ9"',
    b"<f>A1</f>",
    b"NaN",
)


def taken_or_refused(content: bytes, path: Path) -> None:
    """Fails by whatever else is raised; every fault can be said in both languages."""
    path.write_bytes(content)
    faults: tuple[Fault, ...] | None = None
    try:
        plan(path, HELD, gazetteer(), today=TODAY, version=1)
    except Refused as refused:
        faults = refused.faults
    assert faults is None or (refusal(faults, "uk") and refusal(faults, "en"))


def broken(content: bytes, random: Random) -> bytes:
    """With a few bytes changed, lost, doubled or put in."""
    made = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5, 30))):
        at = random.randrange(len(made) + 1)
        match random.randrange(5):
            case 0:
                made[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del made[at : at + random.choice((1, 2, 50, 4000))]
            case 2:
                made[at:at] = random.choice(SPLINTERS)
            case 3:
                made[at:at] = made[max(0, at - random.choice((1, 20, 300))) : at]
            case _:
                del made[at:]
        if not made:
            return b""
    return bytes(made)


@settings(EASY, max_examples=300)
@given(seed=st.integers(0, 2**48))
def test_a_broken_csv(seed: int, tmp_path: Path) -> None:
    """A table with bytes changed, lost, doubled or put in."""
    taken_or_refused(broken(TABLE, Random(seed)), tmp_path / "a.csv")  # noqa: S311


@settings(EASY, max_examples=150)
@given(seed=st.integers(0, 2**48))
def test_a_broken_workbook(seed: int, tmp_path: Path) -> None:
    """The same in the workbook's own bytes."""
    taken_or_refused(broken(BOOK, Random(seed)), tmp_path / "a.xlsx")  # noqa: S311


@settings(EASY, max_examples=150)
@given(seed=st.integers(0, 2**48))
def test_a_workbook_with_broken_insides(seed: int, tmp_path: Path) -> None:
    """A whole archive with a broken part in it."""
    random = Random(seed)  # noqa: S311
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as parts, zipfile.ZipFile(out, "w") as made:
        chosen = random.choice(parts.namelist())
        for name in parts.namelist():
            content = parts.read(name)
            if name == chosen and random.random() < 0.2:
                continue
            made.writestr(name, broken(content, random) if name == chosen else content)
    taken_or_refused(out.getvalue(), tmp_path / "a.xlsx")


@settings(EASY, max_examples=300)
@given(cells=st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=6))
def test_a_table_of_anything(cells: list[list[str]], tmp_path: Path) -> None:
    """Any text below real headers."""
    lines = ["Код;Вид;Назва українською;Область;Телефони;Години"]
    lines += [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    taken_or_refused("\n".join(lines).encode("utf-8", "surrogatepass"), tmp_path / "a.csv")


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_a_workbook_cut_off(cut: int, tmp_path: Path) -> None:
    """A download that broke off anywhere is refused."""
    content = BOOK[: len(BOOK) * cut // 100]
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Refused):
        plan(tmp_path / "a.xlsx", HELD, gazetteer(), today=TODAY, version=1)
