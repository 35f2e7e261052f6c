"""Links: short meaningless codes that open neutral first screens, and leave no trace of who came by which."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.visit import Lang
from flows.decide import decide
from flows.discretion import banned_words
from flows.engine import Started, Tally, World
from flows.links import CODE, HELLO, OPENS, LinksError, opened_by, read_links
from tests.flows.village import somebody


def test_the_codes_of_the_table_mean_nothing() -> None:
    """No word can be spelled by one: the second sign is a digit (checklist 6)."""
    links = read_links()
    assert set(links.values()) == set(OPENS.values())
    for code in links:
        assert CODE.fullmatch(code)
        assert banned_words(code) == ()


@pytest.mark.parametrize("code", sorted(read_links()))
def test_a_link_opens_a_neutral_first_screen_and_is_forgotten(code: str, village: World, lang: Lang) -> None:
    """The first screen, in whichever language the code names; the visit does not know the code."""
    reply = decide(Started(code), somebody(lang).but(taught=False), village)
    plain = decide(Started(), reply.visit, village)
    assert reply.screen == plain.screen
    assert code not in repr(reply.visit)
    assert reply.effects == (Tally("start"),)


@given(st.text(max_size=64))
def test_any_other_payload_is_a_plain_start(code: str) -> None:
    """Words, places, persons, nonsense: as if there were no payload."""
    assert code in read_links() or opened_by(code) == HELLO


@pytest.mark.parametrize("row", ["shelter,hello", "k7,hello", "k7rw,home", "k7rw,sos", "K7RW,hello", "k7rw,", ",hello"])
def test_a_table_that_would_tell_something_is_refused(row: str, tmp_path: Path) -> None:
    """A word as a code, or a screen that is not neutral, stops the reading with the row."""
    path = tmp_path / "links.csv"
    path.write_text(f"code,opens\n{row}\n", "utf-8")
    with pytest.raises(LinksError, match="row 2"):
        read_links(path)
    path.write_text("code,opens\nk7rw,hello\nk7rw,hello\n", "utf-8")
    with pytest.raises(LinksError, match="row 3"):
        read_links(path)
