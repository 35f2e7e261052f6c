"""A list made shorter: only who is open now, who never closes, who admits this person, who speaks this language.

The choice stands in the button's address, as everything else: `r-m-en` is round the clock, for men, in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from db.directory.directory import Found
from db.directory.referral.reach import answers_from_afar
from db.directory.service import AUDIENCES
from db.directory.wishes import Granting, Wishes
from db.places.place import Place
from db.visit import Visit
from flows.address import NotAnAddressError
from flows.engine import Action, Button, Reply, Row, World, go, screen
from flows.find.needs import Need, need_of
from flows.find.where import known
from flows.find.wording import audience, language, lines
from flows.rows import rows_of
from flows.texts import N_, Catalogue

_LETTERS = dict(zip(AUDIENCES[1:], "wmcgdaotv", strict=True))  # an address has 64 bytes: a letter each
_PEOPLE = {letter: who for who, letter in _LETTERS.items()}
_WRITTEN = re.compile(r"([nr]?)-([a-z]?)-((?:[a-z]{2,3})?)")
_HOURS = {"n": N_("only.now"), "r": N_("only.always")}
_OPEN = N_("only.open")
_LABELS = {"n": _OPEN, "r": N_("hours.always")}


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a visitor insists on; nothing at first. `hours` is `n` (open now) or `r` (round the clock)."""

    hours: Literal["", "n", "r"] = ""
    who: str = ""
    language: str = ""

    @property
    def args(self) -> tuple[str, ...]:
        """What is added to an address: nothing when nothing is insisted on."""
        written = f"{self.hours}-{_LETTERS.get(self.who, '')}-{self.language}"
        return () if self == EVERYTHING else (written,)

    def wishes(self, world: World) -> Wishes:
        """For the search."""
        return Wishes(self.who, self.language, world.now if self.hours == "n" else None, self.hours == "r")

    def told(self, t: Catalogue) -> Markup:
        """In a sentence; empty when nothing is insisted on."""
        said = [t.label(_HOURS[self.hours])] if self.hours else []
        said += [t.label("only.who", who=audience(self.who, t))] if self.who else []
        said += [t.label("only.language", language=language(self.language, t.lang))] if self.language else []
        return t("only.told", what="; ".join(said)) if said else Markup("")


EVERYTHING = Narrow()


def narrow_of(action: Action, at: int) -> Narrow:
    """What an address insists on. Raises NotAnAddressError."""
    if len(action.args) <= at:
        return EVERYTHING
    match = _WRITTEN.fullmatch(action.args[at])
    if match is None or (match[2] and match[2] not in _PEOPLE):
        raise NotAnAddressError(action.name)
    hours: Literal["", "n", "r"] = "n" if match[1] == "n" else "r" if match[1] else ""
    return Narrow(hours, _PEOPLE.get(match[2], ""), match[3])


def reaching(need: Need, place: Place, chosen: Narrow, world: World) -> list[Found]:
    """What is wished for and can reach the person: to an occupied place nobody comes, so only who answers from afar
    (facts 6.10)."""
    found = world.directory.search(need.kinds, place, chosen.wishes(world))
    return [one for one in found if answers_from_afar(one.service)] if place.occupied else found


def row(need: Need, place: Place, chosen: Narrow, found: list[Found], t: Catalogue, world: World) -> list[Row]:
    """The row under a list: one tap to who is open now, one to the other choices; or back to everybody.

    A choice that would change nothing, or leave nobody, is not offered.
    """
    buttons = []
    if chosen != EVERYTHING:
        buttons.append(Button(t.label("only.all"), go("find.list", need.code, place.id, 0)))
    elif opened := _worth([Narrow("n")], found, world):
        buttons.append(_button(t.label(_OPEN), need, place, opened[0]))
    if _worth(_further(chosen, found), found, world):
        buttons.append(Button(t.label("only.more"), go("find.only", need.code, place.id, *chosen.args)))
    return list(rows_of(buttons))


def only(action: Action, visit: Visit, world: World) -> Reply:
    """Everything a list can be made shorter by, as far as it makes a difference here."""
    need, place, chosen = need_of(action), known(action, 1, world), narrow_of(action, 2)
    t = world.speak(visit.lang)
    found = reaching(need, place, chosen, world)
    choices = [Narrow("n"), Narrow("r")] if not chosen.hours else []
    offered = _worth([replace(chosen, hours=one.hours) for one in choices], found, world)
    offered += _worth(_further(chosen, found), found, world)
    rows = rows_of([_button(_label(one, chosen, t), need, place, one) for one in dict.fromkeys(offered)])
    back = go("find.list", need.code, place.id, 0, *chosen.args)
    return Reply(visit, screen(t, lines([t("only.text"), chosen.told(t)]), rows, back=back))


def _further(chosen: Narrow, found: Iterable[Found]) -> list[Narrow]:
    """What could be insisted on besides."""
    further = [] if chosen.hours else [replace(chosen, hours="r")]
    services = [one.service for one in found]
    if not chosen.who:
        admitted = {who for service in services for who in service.audience}
        further += [replace(chosen, who=who) for who in _LETTERS if who in admitted]
    if not chosen.language:
        spoken = sorted({code for service in services for code in service.languages if _WRITTEN.fullmatch(f"--{code}")})
        further += [replace(chosen, language=code) for code in spoken]
    return further


def _worth(choices: Iterable[Narrow], found: list[Found], world: World) -> list[Narrow]:
    """The choices that keep some of what was found and not all; the closing line stays whatever is chosen."""
    services = [one.service for one in found[:-1]]
    kept = {one: sum(map(Granting(one.wishes(world)), services)) for one in choices}
    return [one for one, count in kept.items() if 0 < count < len(services)]


def _button(label: str, need: Need, place: Place, narrow: Narrow) -> Button:
    return Button(label, go("find.list", need.code, place.id, 0, *narrow.args))


def _label(narrow: Narrow, chosen: Narrow, t: Catalogue) -> str:
    """What is new in it, as a button."""
    if narrow.hours != chosen.hours:
        return t.label(_LABELS[narrow.hours])
    if narrow.who != chosen.who:
        return t.label("only.for", who=audience(narrow.who, t))
    return t.label("only.speak", language=language(narrow.language, t.lang))
