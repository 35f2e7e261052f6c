"""What there is: three results a page, never an empty page, a round-the-clock national line at the end."""

from __future__ import annotations

from markupsafe import Markup

from db.directory.directory import Found
from db.directory.referral.reach import answers_from_afar
from db.directory.service import NEVER_EXPIRE, Service
from db.places.place import Place
from db.visit import Visit
from flows.address import number
from flows.engine import Action, Button, Reply, Row, Tally, World, go, screen
from flows.find.needs import Need, need_of
from flows.find.where import asking, how_it_goes, known, namesakes
from flows.find.wording import brief, hours, national, title, told_apart, whereabouts
from flows.texts import Catalogue

A_PAGE = 3
NEAR_KM = 60.0  # further than this is not "near" for somebody without a car
NAME_WIDTH = 120
LABEL_WIDTH = 44


def results(action: Action, visit: Visit, world: World) -> Reply:
    """A page of services for a need in a place."""
    need, place, page = need_of(action), known(action, 1, world), number(action, 2)
    return listed(need, place, page, visit, world)


def listed(need: Need, place: Place, page: int, visit: Visit, world: World) -> Reply:
    """The same, for a place that was typed or shared."""
    t = world.speak(visit.lang)
    found = _reaching(world.directory.search(need.kinds, place), place)
    page = min(page, max(0, (len(found) - 1) // A_PAGE))
    first = page * A_PAGE
    shown = found[first : first + A_PAGE]
    paragraphs = [_heading(found, place, t), *(_entry(n, f, place, t, world) for n, f in enumerate(shown, first + 1))]
    rows: list[Row] = [(_card(n, f, need, place, page, t, world),) for n, f in enumerate(shown, first + 1)]
    rows += _turns(need, place, page, len(found), t)
    rows += [how_it_goes(need.code, place.id, t), _others(need, place, t, world)]
    text = Markup("\n\n").join(paragraphs)
    effects = (Tally("found", need.code),) if page == 0 else ()
    shown_screen = screen(t, text, tuple(rows), back=go("find.where", need.code))
    return Reply(asking(need, visit), shown_screen, effects)


def _reaching(found: list[Found], place: Place) -> list[Found]:
    """What can reach the person: to an occupied place nobody comes, so only who answers from afar (facts 6.10)."""
    return [one for one in found if answers_from_afar(one.service)] if place.occupied else found


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


def _entry(n: int, found: Found, place: Place, t: Catalogue, world: World) -> Markup:
    service = found.service
    name = brief(title(service, t, world), NAME_WIDTH)
    if not service.reachable:
        return Markup("<b>{}. {}</b>\n{}").format(n, name, t("list.exists"))
    said = [hours(service, t, world.now), whereabouts(found, place, t, world), _doubt(service, t)]
    remark = " · ".join(part for part in said if part)
    return Markup("<b>{}. {}</b>\n{}").format(n, name, remark[:1].upper() + remark[1:])


def _doubt(service: Service, t: Catalogue) -> str:
    if service.verified_on or service.slug in NEVER_EXPIRE:
        return ""
    return t.label("list.unconfirmed") if service.phones else t.label("list.unconfirmed_silent")


def _card(n: int, found: Found, need: Need, place: Place, page: int, t: Catalogue, world: World) -> Button:
    label = f"{n}. {told_apart(title(found.service, t, world), LABEL_WIDTH)}"
    return Button(label, go("find.card", need.code, place.id, page, found.service.num))


def _turns(need: Need, place: Place, page: int, total: int, t: Catalogue) -> list[Row]:
    turns = []
    if page:
        turns.append(Button(t.label("page.before"), go("find.list", need.code, place.id, page - 1)))
    if (page + 1) * A_PAGE < total:
        turns.append(Button(t.label("page.after"), go("find.list", need.code, place.id, page + 1)))
    return [tuple(turns)] if turns else []


def _others(need: Need, place: Place, t: Catalogue, world: World) -> Row:
    """Ways to look differently: another need here, a district, another place of this name."""
    others = [Button(t.label("list.other_need"), go("find.at", place.id))]
    if place.kind == "settlement" and world.places.districts(place.id):
        others.append(Button(t.label("list.districts"), go("find.districts", need.code, place.id)))
    elif place.kind == "settlement" and len(namesakes(place.name_uk, world)) > 1:
        others.append(Button(t.label("list.same"), go("find.same", need.code, place.id)))
    return tuple(others)
