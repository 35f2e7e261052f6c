"""One service at a glance, the way there, and words to pass on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from db.directory.service import Service
from db.places.place import Place
from db.visit import Visit
from flows.address import NotAnAddressError, number
from flows.engine import Action, Button, Reply, Row, World, go, screen
from flows.find.needs import Need, need_of
from flows.find.where import known
from flows.find.wording import brief, day, for_whom, languages, phones, secret, settlement, title, unnamed
from flows.texts import Catalogue

COPY_LIMIT = 256  # characters, Telegram Bot API, CopyTextButton.text
NAME_WIDTH, NOTE_WIDTH = 140, 200
MAP = "https://www.openstreetmap.org/search?"  # needs no account, so the search is tied to nobody
LAST_RESORT = "ua-1547"  # who to ask about a service that has no contact of its own


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a card's address says."""

    need: Need
    place: Place
    page: int
    service: Service

    @property
    def args(self) -> tuple[str, int, int, int]:
        return (self.need.code, self.place.id, self.page, self.service.num)


def _asked(action: Action, world: World) -> _Asked:
    service = world.directory.get(number(action, 3))
    if service is None:
        raise NotAnAddressError(action.name)
    return _Asked(need_of(action), known(action, 1, world), number(action, 2), service)


def card(action: Action, visit: Visit, world: World) -> Reply:
    """Open when, free, for whom, which languages, how to reach it, when last confirmed."""
    asked = _asked(action, world)
    service = asked.service
    t = world.speak(visit.lang)
    back = go("find.list", asked.need.code, asked.place.id, asked.page)
    if not service.reachable:
        number_ = world.directory.phone(LAST_RESORT)
        text = t("card.exists", name=brief(title(service, t, world), NAME_WIDTH))
        rows: tuple[Row, ...] = ((Button(t.label("sos.copy", number=number_), copy=number_),),)
        return Reply(visit, screen(t, text, rows, back=back))
    return Reply(visit, screen(t, _text(service, t, world), _buttons(asked, t, world), back=back))


def _text(service: Service, t: Catalogue, world: World) -> Markup:
    name = Markup("<b>{}</b>").format(brief(title(service, t, world), NAME_WIDTH))
    about = [t("card.free") if service.cost == "free" else "", t("card.for", who=for_whom(service, t))]
    about += [t("card.languages", languages=languages(service, t.lang))]
    reach = [t("card.phone", phone=", ".join(phones(service, world))) if service.phones else ""]
    reach += [t("card.telegram", handle=service.telegram) if service.telegram else "", _place(service, t, world)]
    reach += [t("card.website") if service.website else ""]
    note = "" if unnamed(service, world) else brief(service.notes(t.lang), NOTE_WIDTH)
    paragraphs = [
        _lines([t("card.intro"), name]),
        _lines(about),
        _lines(reach),
        _lines([Markup.escape(note), _confirmed(service, t)]),
    ]
    return Markup("\n\n").join(paragraph for paragraph in paragraphs if paragraph)


def _lines(lines: list[Markup | str]) -> Markup:
    return Markup("\n").join(line for line in lines if line)


def _place(service: Service, t: Catalogue, world: World) -> Markup:
    if secret(service):
        return t("card.secret")
    address = ", ".join(part for part in (settlement(service, t.lang, world), service.address(t.lang)) if part)
    return t("card.address", address=address) if service.address(t.lang) else Markup("")


def _confirmed(service: Service, t: Catalogue) -> Markup:
    if service.verified_on:
        return t("card.confirmed", date=day(service.verified_on, t.lang))
    if service.source_date:
        return t("card.unconfirmed_dated", date=day(service.source_date, t.lang))
    return t("card.unconfirmed")


def _buttons(asked: _Asked, t: Catalogue, world: World) -> tuple[Row, ...]:
    service = asked.service
    copies = [Button(t.label("sos.copy", number=number_), copy=number_) for number_ in phones(service, world)[:4]]
    links = []
    if service.telegram:
        links.append(Button(t.label("card.chat"), url=f"https://t.me/{service.telegram.lstrip('@')}"))
    if service.website:
        links.append(Button(t.label("card.site"), url=service.website))
    if _findable(service):
        links.append(Button(t.label("card.way"), go("find.way", *asked.args)))
    rows = [*(tuple(copies[at : at + 2]) for at in range(0, len(copies), 2))]
    rows += [tuple(links[at : at + 2]) for at in range(0, len(links), 2)]
    rows.append((Button(t.label("card.pass"), go("find.pass", *asked.args)),))
    return tuple(rows)


def _findable(service: Service) -> bool:
    return bool(service.address_uk) and not secret(service)


def way(action: Action, visit: Visit, world: World) -> Reply:
    """The way there: the address to copy, a map, and that maps remember."""
    asked = _asked(action, world)
    if not _findable(asked.service):
        return card(action, visit, world)
    t = world.speak(visit.lang)
    address = _full_address(asked.service, t, world)
    link = MAP + urlencode({"query": _full_address(asked.service, world.speak("uk"), world)})
    rows = (
        (Button(t.label("way.copy"), copy=address[:COPY_LIMIT]),),
        (Button(t.label("way.map"), url=link),),
    )
    back = go("find.card", *asked.args)
    return Reply(visit, screen(t, t("way.text", address=brief(address, COPY_LIMIT)), rows, back=back))


def _full_address(service: Service, t: Catalogue, world: World) -> str:
    return ", ".join(part for part in (service.address(t.lang), settlement(service, t.lang, world)) if part)


def pass_on(action: Action, visit: Visit, world: World) -> Reply:
    """Plain words about the service to send to somebody, without the bot's name, with a warning."""
    asked = _asked(action, world)
    t = world.speak(visit.lang)
    words = _words(asked.service, t, world)
    rows = ((Button(t.label("pass.copy"), copy=words),),)
    return Reply(visit, screen(t, t("pass.text", words=words), rows, back=go("find.card", *asked.args)))


def _words(service: Service, t: Catalogue, world: World) -> str:
    numbers = phones(service, world) or ((world.directory.phone(LAST_RESORT),) if not service.reachable else ())
    contacts = [", ".join(numbers[:3]), service.telegram, "" if numbers else service.website]
    if _findable(service):
        contacts.append(_full_address(service, t, world))
    rest = brief(". ".join(part for part in contacts if part), 150)
    return f"{brief(title(service, t, world), COPY_LIMIT - len(rest) - 2)}: {rest}"[:COPY_LIMIT]
