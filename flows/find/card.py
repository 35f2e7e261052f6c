"""One service at a glance, the way there, and words to pass on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from db.directory.service import Service
from db.places.place import Place
from db.visit import Visit
from flows.address import NotAnAddressError, number
from flows.engine import Action, Button, Reply, Row, World, go, screen
from flows.find.about import about, full_address, rumour
from flows.find.narrow import Narrow, narrow_of
from flows.find.needs import Need, need_of
from flows.find.where import known
from flows.find.wording import brief, copy_number, phones, title
from flows.rows import rows_of
from flows.texts import Catalogue

COPY_LIMIT = 256  # characters, Telegram Bot API, CopyTextButton.text
CONTACTS_WIDTH = 180
MAP = "https://www.openstreetmap.org/search?"  # needs no account, so the search is tied to nobody
COPIES = 4
LAST_RESORT = "ua-1547"  # who to ask about a service that has no contact of its own


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a card's address says."""

    need: Need
    place: Place
    page: int
    service: Service
    chosen: Narrow

    @property
    def args(self) -> tuple[str | int, ...]:
        return (self.need.code, self.place.id, self.page, self.service.num, *self.chosen.args)


def _asked(action: Action, world: World) -> _Asked:
    service = world.directory.get(number(action, 3))
    if service is None:
        raise NotAnAddressError(action.name)
    return _Asked(need_of(action), known(action, 1, world), number(action, 2), service, narrow_of(action, 4))


def card(action: Action, visit: Visit, world: World) -> Reply:
    """A service at a glance, and everything one can do with it."""
    asked = _asked(action, world)
    service = asked.service
    t = world.speak(visit.lang)
    back = go("find.list", asked.need.code, asked.place.id, asked.page, *asked.chosen.args)
    text = about(service, asked.place, t, world) if service.reachable else rumour(service, t, world)
    return Reply(visit, screen(t, text, _buttons(asked, t, world), back=back))


def _buttons(asked: _Asked, t: Catalogue, world: World) -> tuple[Row, ...]:
    service = asked.service
    line = world.directory.by_slug(LAST_RESORT)
    numbers = service.phones if service.reachable or line is None else line.phones
    copies = [copy_number(number_, t) for number_ in numbers[:COPIES]]
    links = []
    if service.telegram:
        links.append(Button(t.label("card.chat"), url=f"https://t.me/{service.telegram.lstrip('@')}"))
    if service.website:
        links.append(Button(t.label("card.site"), url=service.website))
    if _findable(asked):
        links.append(Button(t.label("card.way"), go("find.way", *asked.args)))
    onward = Button(t.label("card.pass"), go("find.pass", *asked.args))
    return (*rows_of(copies), *rows_of(links), (onward,))


def _findable(asked: _Asked) -> bool:
    """Whether a way there may be shown: never to a hidden place, nor to somebody under occupation."""
    return bool(asked.service.address_uk) and not asked.service.hidden and not asked.place.occupied


def way(action: Action, visit: Visit, world: World) -> Reply:
    """The way there: the address to copy, a map, and that maps remember."""
    asked = _asked(action, world)
    if not _findable(asked):
        return card(action, visit, world)
    t = world.speak(visit.lang)
    address = full_address(asked.service, t, world)
    link = MAP + urlencode({"query": full_address(asked.service, world.speak("uk"), world)})
    rows = (
        (Button(t.label("way.copy"), copy=address[:COPY_LIMIT]),),
        (Button(t.label("way.map"), url=link),),
    )
    back = go("find.card", *asked.args)
    return Reply(visit, screen(t, t("way.text", address=brief(address, COPY_LIMIT)), rows, back=back))


def pass_on(action: Action, visit: Visit, world: World) -> Reply:
    """Plain words about the service to send to somebody, without the bot's name, with a warning."""
    asked = _asked(action, world)
    t = world.speak(visit.lang)
    words = _words(asked, t, world)
    rows = ((Button(t.label("pass.copy"), copy=words),),)
    return Reply(visit, screen(t, t("pass.text", words=words), rows, back=go("find.card", *asked.args)))


def _words(asked: _Asked, t: Catalogue, world: World) -> str:
    """At most 256 characters, what a copy button may hold: the contacts whole, the name as far as it fits."""
    service = asked.service
    numbers = phones(service)
    if not service.reachable:
        numbers = world.directory.phone(LAST_RESORT)
    contacts = [numbers, service.telegram, "" if numbers or service.telegram else service.website]
    if _findable(asked):
        contacts.append(full_address(service, t, world))
    rest = brief(". ".join(part for part in contacts if part), CONTACTS_WIDTH)
    return f"{brief(title(service, t, world), COPY_LIMIT - len(rest) - 2)}: {rest}"
