"""The visitor's side of a case: waiting, writing, reading, leaving.

The live message is the conversation: it shows the last words of both sides, and whatever is typed goes to the
operator and nowhere else. Danger never replaces that; it raises the case's urgency. A case that somebody left by
fading is gone on with only by its own word (checklist 53): whoever comes back is a stranger.
"""

from __future__ import annotations

from markupsafe import Markup

from db.visit import Visit
from flows.acts import Carried, CaseWord, ComeBack, Leave, OpenCase, Opened, Relay, RelayMedia
from flows.address import number
from flows.desk.known import CaseView
from flows.emergency import copies
from flows.engine import HOME, Action, Button, Reply, Row, Screen, Tally, World, go, screen
from flows.exchange import EARLIER, Page, clock_time, visitors_view
from flows.texts import N_, Catalogue

CASE = go("talk.case")
_WORD = go("talk.word")
_BACK = go("talk.back")
_KEPT = {"chat": N_("talk.kept.chat"), "callback": N_("talk.kept.callback"), "team": N_("talk.kept.team")}
LONGEST_WORD = 40  # characters of a visitor's own word
SHORTEST_WORD = 3


def case(_: Action, visit: Visit, world: World) -> Reply:
    """The case as it stands. Somebody who is not in one any more is asked for the word."""
    if not visit.case:
        return back(_BACK, visit, world)
    if world.case is None:
        return _over(visit, world)
    return Reply(visit, conversation(world.case, visit, world), (Opened(),))


def said(text: str, visit: Visit, world: World, *, urgent: bool) -> Reply:
    """Typed words go to the operator. When the case has ended meanwhile, that is said: nothing is lost unnoticed."""
    if world.case is None:
        t = world.speak(visit.lang)
        return Reply(visit.but(case=0), screen(t, t("talk.not_passed_on"), _numbers(t, world)))
    effects = (Relay(text, urgent=urgent), *((Tally("danger", "in_case"),) if urgent else ()))
    return Reply(visit, None, effects)


def sent_media(visit: Visit, world: World, *, fit: bool) -> Reply:
    """A photo or voice goes on only when the operator has opened that door for this case; a contact, a file or
    anything else never does, because it may name people."""
    if world.case is None or not world.case.case.media or not fit:
        t = world.speak(visit.lang)
        return Reply(visit, screen(t, t("talk.no_media"), ((Button(t.label("talk.on_case"), CASE),),)))
    return Reply(visit, None, (RelayMedia(),))


def leave(_: Action, visit: Visit, world: World) -> Reply:
    """To end it takes a second tap: a slip must not end a conversation (exit stays one tap)."""
    t = world.speak(visit.lang)
    rows = (
        (Button(t.label("talk.leave.yes"), go("talk.left")),),
        (Button(t.label("talk.on_case"), CASE),),
    )
    return Reply(visit, screen(t, t("talk.leave.text"), rows, back=CASE))


def left(_: Action, visit: Visit, world: World) -> Reply:
    """It is ended."""
    if world.case is None:
        return _over(visit, world)
    return Reply(visit, None, (Leave(),))


def own_word(_: Action, visit: Visit, world: World) -> Reply:
    """A word of one's own, to come back with."""
    if world.case is None:
        return _over(visit, world)
    t = world.speak(visit.lang)
    return Reply(visit.but(awaiting=_WORD.encode()), screen(t, t("talk.word.text"), back=CASE))


def keep_word(_: Action, text: str, visit: Visit, world: World) -> Reply:
    """The typed word, if it can be one."""
    chosen = " ".join(text.split())
    if world.case is None or not SHORTEST_WORD <= len(chosen) <= LONGEST_WORD:
        return own_word(_WORD, visit, world)
    return Reply(visit.but(awaiting=""), None, (CaseWord(chosen),))


def back(_: Action, visit: Visit, world: World) -> Reply:
    """The word is asked for in the same way whether or not there is anything to come back to."""
    t = world.speak(visit.lang)
    rows = ((Button(t.label("talk.anew"), go("talk.ask")),),) if world.desks else ()
    return Reply(visit.but(awaiting=_BACK.encode()), screen(t, t("talk.back.text"), rows))


def come_back(_: Action, text: str, visit: Visit, world: World) -> Reply:
    """The word is tried by the edge: only a keyed hash of it is known."""
    return Reply(visit.but(awaiting=""), None, (ComeBack(" ".join(text.split())[:LONGEST_WORD]),))


def carried(outcome: Carried, visit: Visit, world: World) -> Reply:
    """What is shown after an act."""
    t = world.speak(visit.lang)
    match outcome.act:
        case OpenCase() if not outcome.done:
            return Reply(visit, screen(t, t("talk.not_open"), _numbers(t, world)))
        case ComeBack() if not outcome.done:
            rows = ((Button(t.label("talk.back.retry"), _BACK),), (Button(t.label("talk.anew"), go("talk.ask")),))
            return Reply(visit, screen(t, t("talk.back.no"), rows))
        case Leave():
            return _over(visit, world)
        case RelayMedia() if not outcome.done:
            return Reply(visit, screen(t, t("talk.no_media"), ((Button(t.label("talk.on_case"), CASE),),)))
    if world.case is None:
        return _over(visit, world)
    return Reply(visit, conversation(world.case, visit, world))


def conversation(view: CaseView, visit: Visit, world: World) -> Screen:
    """The live message of a case."""
    t = world.speak(visit.lang)
    page = _said_so_far(view, t, 0)
    text = _state(view, t) + ("\n\n" + page.words if page.words else "")
    rows: tuple[Row, ...] = (
        *_earlier(t, page, 1),
        (Button(t.label("talk.renew"), CASE), Button(t.label("talk.word.on"), _WORD)),
        (Button(t.label("talk.leave.on"), go("talk.leave")),),
    )
    return screen(t, text, rows, back=HOME)


def earlier(action: Action, visit: Visit, world: World) -> Reply:
    """What was said before, page by page."""
    at = number(action, 0)
    if world.case is None:
        return case(CASE, visit, world)
    t = world.speak(visit.lang)
    page = _said_so_far(world.case, t, at)
    text = Markup("\n\n").join([t("talk.earlier", name=world.case.case.code), page.words])
    return Reply(visit, screen(t, text, _earlier(t, page, at + 1), back=CASE))


def _said_so_far(view: CaseView, t: Catalogue, page: int) -> Page:
    return visitors_view(view.lines, t, view.operator or t.label("talk.operator"), page)


def _earlier(t: Catalogue, page: Page, at: int) -> tuple[Row, ...]:
    return ((Button(t.label(EARLIER), go("talk.earlier", at)),),) if page.more else ()


def _state(view: CaseView, t: Catalogue) -> str:
    case = view.case
    if case.state == "kept" and case.keep_from and case.keep_to:
        hours = f"{clock_time(case.keep_from, t.lang)}–{clock_time(case.keep_to, t.lang)}"
        return t(_KEPT[case.kind], name=case.code, hours=hours)
    if case.state == "waiting":
        ahead = t.count("talk.ahead", view.ahead) if view.ahead else t("talk.ahead.none")
        usual = t.count("talk.usual", view.usual) if view.usual else t("talk.usual.unknown")
        return t("talk.waiting", name=case.code, ahead=ahead, usual=usual) + "\n\n" + t("talk.meanwhile")
    return t("talk.taken", name=case.code, operator=view.operator or t.label("talk.operator"))


def ended(visit: Visit, world: World) -> Screen:
    """The last warm line."""
    t = world.speak(visit.lang)
    return screen(t, t("talk.over"), _numbers(t, world))


def _over(visit: Visit, world: World) -> Reply:
    return Reply(visit.but(case=0, awaiting=""), ended(visit, world))


def _numbers(t: Catalogue, world: World) -> tuple[Row, ...]:
    return copies(t, world, "ua-lastrada-116123", "ua-1547", "ua-police-102")
