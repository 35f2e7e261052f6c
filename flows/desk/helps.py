"""What lies at hand in a conversation: ready replies, risk prompts, the danger script, services nearby.

Ready replies and prompts are data (`db/data`), reviewed in both languages. The risk prompts come in their order
(checklist 48); nobody is given a score, and the visitor sees nothing of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from db.visit import Lang, Visit
from flows.acts import Noted, Say
from flows.address import NotAnAddressError, number
from flows.desk.case import CASE, nothing_active
from flows.desk.frame import desk_screen
from flows.engine import Action, Button, Reply, Row, World, go
from flows.find.wording import phones, title, told_apart

if TYPE_CHECKING:
    from db.desk.canned import CannedText
    from db.desk.case import Case
    from db.directory.service import Service
    from flows.desk.known import Bench

A_PAGE = 6
SERVICES = 6  # nearby ones offered to insert
LABEL_WIDTH = 44


def replies(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A page of ready replies, in the visitor's language; a tap shows the whole before it is sent."""
    if bench.active is None:
        return nothing_active(visit, world)
    page = number(action, 0)
    t = world.speak(visit.lang)
    ready = world.canned.replies
    shown = ready[page * A_PAGE : (page + 1) * A_PAGE]
    rows: list[Row] = [
        (Button(told_apart(_words(one, bench.active.lang, world), LABEL_WIDTH), go("desk.reply", one.code, page)),)
        for one in shown
    ]
    turns = [Button(t.label("page.before"), go("desk.replies", page - 1))] if page else []
    if (page + 1) * A_PAGE < len(ready):
        turns.append(Button(t.label("page.after"), go("desk.replies", page + 1)))
    rows += [tuple(turns)] if turns else []
    return Reply(visit, desk_screen(t, t("desk.replies.text", name=bench.active.code), rows, back=CASE))


def reply(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """One ready reply, whole, to be sent or not."""
    if bench.active is None:
        return nothing_active(visit, world)
    chosen = world.canned.reply(action.args[0] if action.args else "")
    if chosen is None:
        raise NotAnAddressError(action.name)
    page = number(action, 1)
    t = world.speak(visit.lang)
    words = _words(chosen, bench.active.lang, world)
    rows = ((Button(t.label("desk.reply.send"), go("desk.reply.send", chosen.code)),),)
    text = t("desk.reply.text", name=bench.active.code) + Markup("\n\n{}").format(words)
    return Reply(visit, desk_screen(t, text, rows, back=go("desk.replies", page)))


def send_reply(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """It goes to the visitor as if typed."""
    chosen = world.canned.reply(action.args[0] if action.args else "")
    if bench.active is None or chosen is None:
        return nothing_active(visit, world)
    return Reply(visit, None, (Say(_words(chosen, bench.active.lang, world)),))


def risk(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """What to listen for, in order; for the operator's eyes only."""
    t = world.speak(visit.lang)
    prompts = [Markup("{}. {}").format(n, t.fill(one.text(t.lang))) for n, one in enumerate(world.canned.risks, 1)]
    text = Markup("\n").join([t("desk.risk.text"), Markup(""), *prompts])
    return Reply(visit, desk_screen(t, text, ((Button(t.label("desk.danger"), go("desk.danger")),),), back=CASE))


def danger(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """A life is in danger and the place is known: who calls, what to say, what to write down. The audit notes that it
    was opened in a case."""
    t = world.speak(visit.lang)
    said = [Markup("{}. {}").format(n, t.fill(one.text(t.lang))) for n, one in enumerate(world.canned.script, 1)]
    text = Markup("\n").join([t("desk.danger.text"), Markup(""), *said])
    rows = ((Button(t.label("desk.flag"), go("desk.flag")), Button(t.label("desk.call"), go("desk.call"))),)
    effects = (Noted("danger"),) if bench.active else ()
    return Reply(visit, desk_screen(t, text, rows, back=CASE), effects)


def services(_: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """Services for the case's region, to be put into the conversation."""
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    rows = [
        (Button(told_apart(title(one, t, world), LABEL_WIDTH), go("desk.service", one.num)),)
        for one in _for(bench.active, world)
    ]
    return Reply(visit, desk_screen(t, t("desk.services.text", name=bench.active.code), rows, back=CASE))


def service(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """One service, as the visitor will read it."""
    found = world.directory.get(number(action, 0))
    if found is None:
        raise NotAnAddressError(action.name)
    if bench.active is None:
        return nothing_active(visit, world)
    t = world.speak(visit.lang)
    rows = ((Button(t.label("desk.reply.send"), go("desk.service.send", found.num)),),)
    text = t("desk.reply.text", name=bench.active.code) + Markup("\n\n{}").format(
        _in_words(found, bench.active.lang, world)
    )
    return Reply(visit, desk_screen(t, text, rows, back=go("desk.steps")))


def send_service(action: Action, visit: Visit, world: World, bench: Bench) -> Reply:
    """It goes to the visitor as plain words."""
    found = world.directory.get(number(action, 0))
    if bench.active is None or found is None:
        return nothing_active(visit, world)
    return Reply(visit, None, (Say(_in_words(found, bench.active.lang, world)),))


def _for(case: Case, world: World) -> list[Service]:
    """What the visitor would be offered in their region, reachable ones only."""
    region = world.places.get(case.region)
    everything = world.directory.services
    if region is None:
        return [one for one in everything if one.reachable and not one.oblast_id][:SERVICES]
    near = [one for one in everything if one.reachable and one.oblast_id == case.region]
    far = [one for one in everything if one.reachable and not one.oblast_id]
    return (near + far)[:SERVICES]


def _words(ready: CannedText, lang: Lang, world: World) -> str:
    """Ready words with their numbers filled in."""
    return world.speak(lang).fill(ready.text(lang))


def _in_words(service: Service, lang: Lang, world: World) -> str:
    """A service as a visitor may read it; a shelter has no address here either."""
    t = world.speak(lang)
    where = "" if service.hidden else service.address(lang)
    return ". ".join(part for part in (title(service, t, world), where, phones(service)) if part)
