"""What may be needed, and which kinds of service answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db.directory.service import KINDS
from db.places.place import Place
from db.visit import Visit
from flows.address import NotAnAddressError, number
from flows.engine import HOME, Action, Button, Reply, Row, World, go, screen
from flows.rows import rows_of
from flows.texts import N_, Catalogue

_FOR_WHO_HURTS = frozenset({"perpetrator_programme"})  # never beside help for those who were hurt


@dataclass(frozen=True, slots=True)
class Need:
    """A need in the visitor's words and the kinds that answer it."""

    code: str
    label: str
    kinds: frozenset[str]


_ALL = (
    Need("talk", N_("need.talk"), frozenset({"helpline", "counselling"})),
    Need("stay", N_("need.stay"), frozenset({"shelter", "crisis_room", "day_center"})),
    Need("day", N_("need.day"), frozenset({"day_center", "relief_center", "counselling"})),
    Need("team", N_("need.team"), frozenset({"mobile_team"})),
    Need("law", N_("need.law"), frozenset({"legal_aid"})),
    Need("doctor", N_("need.doctor"), frozenset({"medical", "relief_center"})),
    Need("police", N_("need.police"), frozenset({"police"})),
    Need("child", N_("need.child"), frozenset({"children_service"})),
    Need("army", N_("need.army"), frozenset({"military_family"})),
    Need("living", N_("need.living"), frozenset({"employment", "social_services"})),
    Need("other", N_("need.other"), frozenset({"anti_trafficking", "other"})),
    Need("anger", N_("need.anger"), _FOR_WHO_HURTS),
    Need("all", N_("need.all"), frozenset(KINDS) - _FOR_WHO_HURTS),
)
NEEDS = {need.code: need for need in _ALL}


def need_of(action: Action) -> Need:
    """The need in an address (always its first argument). Raises NotAnAddressError."""
    need = NEEDS.get(action.args[0] if action.args else "")
    if need is None:
        raise NotAnAddressError(action.name)
    return need


def find(_: Action, visit: Visit, world: World) -> Reply:
    """What is needed, before the place is known."""
    t = world.speak(visit.lang)
    rows = _grid(t, lambda need: go("find.where", need.code))
    return Reply(visit, screen(t, t("find.text"), rows, back=HOME))


def find_at(action: Action, visit: Visit, world: World) -> Reply:
    """What is needed, in a place that is known already."""
    place = world.places.get(number(action, 0))
    if place is None:
        raise NotAnAddressError(action.name)
    return needs_at(place, visit, world)


def needs_at(place: Place, visit: Visit, world: World) -> Reply:
    """What is needed in this place: the answer to a place name or a location out of the blue."""
    t = world.speak(visit.lang)
    rows = _grid(t, lambda need: go("find.list", need.code, place.id, 0))
    return Reply(visit, screen(t, t("find.at", place=place.name(visit.lang)), rows, back=HOME))


def _grid(t: Catalogue, address: Callable[[Need], Action]) -> tuple[Row, ...]:
    return rows_of([Button(t.label(need.label), address(need)) for need in _ALL])
