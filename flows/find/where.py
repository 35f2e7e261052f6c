"""Where to look: a typed name, an oblast and its towns, the districts of a city."""

from __future__ import annotations

from db.places.place import Place
from db.visit import Visit
from flows.address import NotAnAddressError, number
from flows.engine import Action, Button, Reply, Row, World, go, screen
from flows.find.needs import Need, need_of
from flows.find.wording import short_name
from flows.rows import rows_of
from flows.texts import N_, Catalogue

TOWNS_A_PAGE = 12
CHOICES = 6  # of places with the same name
# A city this large and this many times larger than its namesakes is what people mean by its name.
KNOWN_CITY, TIMES_LARGER = 50_000, 10
ABROAD = "abroad"  # in an address: no place of ours
USUAL_CASE = "me"  # an adult who asks for themselves; the screen of steps offers the other cases


def where(action: Action, visit: Visit, world: World) -> Reply:
    """Asks for the place; a typed name or a location answers it."""
    return _where(need_of(action), visit, world, N_("where.text"))


def _where(need: Need, visit: Visit, world: World, key: str) -> Reply:
    t = world.speak(visit.lang)
    oblasts = [
        Button(short_name(place, visit.lang), go("find.towns", need.code, place.id, 0))
        for place in world.places.oblasts()
    ]
    share = (Button(t.label("where.share"), go("find.share", need.code)),)
    rows = (share, how_it_goes(need.code, 0, t), *rows_of(oblasts))
    return Reply(asking(need, visit), screen(t, t(key), rows, back=go("find")))


def how_it_goes(need: str, at: int | str, t: Catalogue) -> Row:
    """The way to the usual steps: `at` is a place's id, 0 while it is not known, or ABROAD."""
    return (Button(t.label("steps.open"), go("find.steps", need, at, USUAL_CASE)),)


def asking(need: Need, visit: Visit) -> Visit:
    """The visit in which the next typed text is a place for this need."""
    return visit.but(awaiting=go("find.where", need.code).encode())


def towns(action: Action, visit: Visit, world: World) -> Reply:
    """The towns of an oblast, largest first; a city that is an oblast by itself shows its districts."""
    need, oblast, page = need_of(action), known(action, 1, world), number(action, 2)
    found = world.places.towns(oblast.id)
    if len(found) == 1 and world.places.districts(found[0].id):
        return _districts(need, found[0], visit, world)
    t = world.speak(visit.lang)
    shown = found[page * TOWNS_A_PAGE : (page + 1) * TOWNS_A_PAGE]
    rows: list[Row] = [(Button(t.label("where.whole_oblast"), go("find.list", need.code, oblast.id, 0)),)]
    rows += rows_of([Button(short_name(place, visit.lang), go("find.list", need.code, place.id, 0)) for place in shown])
    if turning := _turning(t, page, len(found), need, oblast):
        rows.append(turning)
    text = t("where.oblast", place=oblast.name(visit.lang))
    return Reply(asking(need, visit), screen(t, text, tuple(rows), back=go("find.where", need.code)))


def _turning(t: Catalogue, page: int, total: int, need: Need, oblast: Place) -> Row:
    turns = []
    if page:
        turns.append(Button(t.label("page.before"), go("find.towns", need.code, oblast.id, page - 1)))
    if (page + 1) * TOWNS_A_PAGE < total:
        turns.append(Button(t.label("page.after"), go("find.towns", need.code, oblast.id, page + 1)))
    return tuple(turns)


def districts(action: Action, visit: Visit, world: World) -> Reply:
    """The districts of a city."""
    return _districts(need_of(action), known(action, 1, world), visit, world)


def _districts(need: Need, city: Place, visit: Visit, world: World) -> Reply:
    t = world.speak(visit.lang)
    whole = Button(t.label("where.whole_city"), go("find.list", need.code, city.id, 0))
    parts = [
        Button(short_name(place, visit.lang), go("find.list", need.code, place.id, 0))
        for place in world.places.districts(city.id)
    ]
    text = t("where.city", place=city.name(visit.lang))
    screens = screen(t, text, ((whole,), *rows_of(parts)), back=go("find.where", need.code))
    return Reply(asking(need, visit), screens)


def known(action: Action, at: int, world: World) -> Place:
    """The place in an address. Raises NotAnAddressError when there is none such."""
    place = world.places.get(number(action, at))
    if place is None:
        raise NotAnAddressError(action.name)
    return place


# --- a name was typed ------------------------------------------------------------------------------------


def namesakes(name: str, world: World) -> list[Place]:
    """The places with this name, one for each oblast, most populous first."""
    by_oblast: dict[int, Place] = {}
    for place in world.places.named(name):
        by_oblast.setdefault(place.oblast_id, place)
    return list(by_oblast.values())


def plainly(found: list[Place]) -> list[Place]:
    """The places a name may mean; one alone when it is plainly that one."""
    populations = [place.population for place in found]
    known = any(populations[1:]) and populations[0] >= max(KNOWN_CITY, TIMES_LARGER * max(populations[1:]))
    return found[:1] if known else found


def choice(found: list[Place], visit: Visit, world: World, need: Need | None) -> Reply:
    """Several places have this name: which oblast is meant."""
    t = world.speak(visit.lang)
    rows = []
    for place in found[:CHOICES]:
        address = go("find.list", need.code, place.id, 0) if need else go("find.at", place.id)
        rows.append((Button(_told_apart(place, visit, world), address),))
    asked = go("find.where", need.code if need else "all")
    rows.append((Button(t.label("where.by_oblast"), asked),))
    return Reply(visit, screen(t, t("where.which"), tuple(rows), back=asked if need else go("find")))


def _told_apart(place: Place, visit: Visit, world: World) -> str:
    """A name with what tells it from its namesakes: its city for a district, its oblast for a settlement."""
    around = world.places.get(place.city_id or place.oblast_id)
    name = place.name(visit.lang)
    return name if around is None or around is place else f"{name}, {around.name(visit.lang)}"


def same(action: Action, visit: Visit, world: World) -> Reply:
    """All places with this one's name."""
    need, place = need_of(action), known(action, 1, world)
    return choice(namesakes(place.name_uk, world), visit, world, need)


def unknown(need: Need, visit: Visit, world: World) -> Reply:
    """A name we do not know: said kindly, and asked again with the oblasts at hand."""
    return _where(need, visit, world, N_("where.unknown"))
