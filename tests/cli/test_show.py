"""`stezhka directory show` as a command: the visitor's card in both languages, and the facts behind it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from bot.cli.directory import directory
from bot.cli.faults import CannotBeDone
from bot.cli.show import plain
from db.directory.directory import Directory
from db.directory.show import facts, viewpoint
from db.directory.starting import starting_services
from db.places.places import Places
from db.places.starting import starting_places
from flows.engine import Button, Screen, go


def run(*words: str) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(directory, ["show", *words])


def test_the_card_is_shown_in_both_languages_with_what_is_behind_it() -> None:
    """As the visitor sees it, buttons too; then source, date, confidence and that nobody called."""
    result = run("zhytomyr-daycentre")
    assert result.exit_code == 0, result.output
    for said in ("063 354 65 20", "Безкоштовно", "Free of charge", "[Вихід]", "[Quick exit]", "confirmed   not yet"):
        assert said in result.stdout
    assert "<b>" not in result.stdout


def test_one_language_alone() -> None:
    """No word of the other on the card."""
    result = run("zhytomyr-daycentre", "--lang", "en")
    assert "Free of charge" in result.stdout
    assert "Безкоштовно" not in result.stdout


def test_a_hidden_place_is_shown_as_the_visitor_sees_it() -> None:
    """A shelter in a small place: its kind and oblast, nothing closer."""
    result = run("zhytomyr-berezivka-shelter")
    assert "Притулок (Житомирська область)" in result.stdout
    assert "Березів" not in result.stdout
    assert "hidden      yes" in result.stdout


def test_an_unknown_name_is_answered_with_what_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with names that are like it; none when nothing is."""
    result = run("ua-154")
    assert isinstance(result.exception, CannotBeDone)
    assert "ua-1547" in str(result.exception)
    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    assert str(run("#").exception) == "такого в довіднику немає: #"
    assert str(run("#", "--lang", "en").exception) == "not in the directory: #"


@pytest.mark.parametrize("words", [(), ("ua-1547", "--lang", "fr")])
def test_wrong_usage_is_two(words: tuple[str, ...]) -> None:
    """No name, or a language we do not speak."""
    assert run(*words).exit_code == 2


def test_every_service_can_be_shown() -> None:
    """From somewhere it is offered; the facts name its kind, its source and what it covers."""
    known, places = Directory(starting_services()), Places(starting_places())
    for service in known.services:
        assert viewpoint(service, places).kind != "district"
        told = dict(facts(service, places))
        assert told["kind"] == service.kind
        assert told["source"] == service.source_url
        assert told["for"]
    with pytest.raises(LookupError, match="empty"):
        viewpoint(known.services[0], Places(()))


def test_a_screen_as_lines_loses_tags_and_keeps_signs() -> None:
    """A name with & and < is read as it is written."""
    screen = Screen("<b>Ко &amp; &lt;Ко&gt;</b>\nдалі", ((Button("А", go("home")), Button("Б", go("home"))),))
    assert plain(screen) == "Ко & <Ко>\nдалі\n\n[А] [Б]"
