"""What there is: three results a page, never an empty page, a round-the-clock national line at the end."""

from __future__ import annotations

from markupsafe import Markup

from db.directory.directory import Found
from db.directory.service import NEVER_EXPIRE, Service
from db.places.place import Place
from db.visit import Visit
from flows.address import number
from flows.engine import Action, Button, Reply, Row, Tally, World, go, screen
from flows.find import narrow
from flows.find.narrow import EVERYTHING, Narrow, narrow_of
from flows.find.needs import Need, need_of
from flows.find.where import asking, how_it_goes, known, namesakes
from flows.find.wording import SCREEN, brief, hours, lines, national, title, told_apart, whereabouts
from flows.texts import Catalogue

A_PAGE = 3
NEAR_KM = 60.0  # further than this is not "near" for somebody without a car
NAME_WIDTHS = (120, 80, 40)
LABEL_WIDTH = 44


def results(action: Action, visit: Visit, world: World) -> Reply:
    """A page of services for a need in a place."""
    need, place, page = need_of(action), known(action, 1, world), number(action, 2)
    return listed(need, place, page, visit, world, narrow_of(action, 3))


def listed(need: Need, place: Place, page: int, visit: Visit, world: World, chosen: Narrow = EVERYTHING) -> Reply:
    """The same, for a place that was typed or shared."""
    t = world.speak(visit.lang)
    found = narrow.reaching(need, place, chosen, world)
    page = min(page, max(0, (len(found) - 1) // A_PAGE))
    first = page * A_PAGE
    shown = list(enumerate(found[first : first + A_PAGE], first + 1))
    at = (need.code, place.id, page)
    rows: list[Row] = [(_card(n, one, at, chosen, t, world),) for n, one in shown]
    rows += _turns(at, len(found), chosen, t)
    rows += narrow.row(need, place, chosen, found, t, world)
    rows += [how_it_goes(need.code, place.id, t), _others(need, place, t, world)]
    heading = lines([_heading(found, place, t), chosen.told(t)])
    effects = (Tally("found", need.code),) if page == 0 else ()
    text = _fitting(heading, shown, place, t, world)
    shown_screen = screen(t, text, tuple(rows), back=go("find.where", need.code))
    return Reply(asking(need, visit), shown_screen, effects)


def _fitting(heading: Markup, shown: list[tuple[int, Found]], place: Place, t: Catalogue, world: World) -> Markup:
    """Heading and entries, with names as long as a screen allows."""
    for width in NAME_WIDTHS:
        text = Markup("\n\n").join([heading, *(_entry(n, one, width, place, t, world) for n, one in shown)])
        if len(text) <= SCREEN:
            break
    return text


def _heading(found: list[Found], place: Place, t: Catalogue) -> Markup:
    name = place.name(t.lang)
    if place.occupied:
        return t("list.occupied", place=name)
    if any(_near(one) for one in found):
        return t.count("list.near", len(found), place=name)
    if all(national(one.service) for one in found):
        return t("list.lines", place=name)
    return t("list.far", place=name)


def _near(found: Found) -> bool:
    if national(found.service):
        return False
    return found.covers or (found.km is not None and found.km <= NEAR_KM)


def _entry(n: int, found: Found, width: int, place: Place, t: Catalogue, world: World) -> Markup:
    service = found.service
    name = brief(title(service, t, world), width)
    if not service.reachable:
        return Markup("<b>{}. {}</b>\n{}").format(n, name, t("list.exists"))
    said = [hours(service, t, world.now), whereabouts(found, place, t, world), _doubt(service, t)]
    remark = " · ".join(part for part in said if part)
    return Markup("<b>{}. {}</b>\n{}").format(n, name, remark[:1].upper() + remark[1:])


def _doubt(service: Service, t: Catalogue) -> str:
    if service.verified_on or service.slug in NEVER_EXPIRE:
        return ""
    return t.label("list.unconfirmed") if service.phones else t.label("list.unconfirmed_silent")


def _card(n: int, found: Found, at: tuple[str, int, int], chosen: Narrow, t: Catalogue, world: World) -> Button:
    label = f"{n}. {told_apart(title(found.service, t, world), LABEL_WIDTH)}"
    return Button(label, go("find.card", *at, found.service.num, *chosen.args))


def _turns(at: tuple[str, int, int], total: int, chosen: Narrow, t: Catalogue) -> list[Row]:
    need, place, page = at
    turns = []
    if page:
        turns.append(Button(t.label("page.before"), go("find.list", need, place, page - 1, *chosen.args)))
    if (page + 1) * A_PAGE < total:
        turns.append(Button(t.label("page.after"), go("find.list", need, place, page + 1, *chosen.args)))
    return [tuple(turns)] if turns else []


def _others(need: Need, place: Place, t: Catalogue, world: World) -> Row:
    """Ways to look differently: another need here, a district, another place of this name."""
    others = [Button(t.label("list.other_need"), go("find.at", place.id))]
    if place.kind == "settlement" and world.places.districts(place.id):
        others.append(Button(t.label("list.districts"), go("find.districts", need.code, place.id)))
    elif place.kind == "settlement" and len(namesakes(place.name_uk, world)) > 1:
        others.append(Button(t.label("list.same"), go("find.same", need.code, place.id)))
    return tuple(others)
