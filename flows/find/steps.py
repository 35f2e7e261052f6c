"""How it usually goes, step by step: who is responsible, what they may do, and a button to each of them.

The order comes from the referral rules (`db/directory/referral`); here it is only put on a screen. Nothing is
asked: a visitor says which case it is only if the usual one does not fit, and the button remembers it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from db.directory.phones import pretty
from db.directory.referral.reach import place_type
from db.directory.referral.rules import Step
from db.directory.referral.situation import Age, Situation, Who
from db.places.place import Place
from db.visit import Visit
from flows.address import number, word
from flows.engine import Action, Button, Reply, Tally, World, go, screen
from flows.find.needs import need_of
from flows.find.where import ABROAD, USUAL_CASE, known
from flows.find.wording import KIND_NAMES, copy_number
from flows.rows import rows_of
from flows.texts import N_, Catalogue

# Which need's list shows a kind of service.
LEADS = {
    "helpline": "talk",
    "day_center": "day",
    "shelter": "stay",
    "crisis_room": "stay",
    "mobile_team": "team",
    "legal_aid": "law",
    "counselling": "talk",
    "medical": "doctor",
    "police": "police",
    "children_service": "child",
    "employment": "living",
    "anti_trafficking": "other",
    "relief_center": "day",
    "military_family": "army",
    "perpetrator_programme": "anger",
    "social_services": "living",
    "other": "other",
}


@dataclass(frozen=True, slots=True)
class Case:
    """Whom it is about and who asks, in one word of an address."""

    label: str
    age: Age
    who: Who


CASES = {
    USUAL_CASE: Case(N_("case.me"), "adult", "survivor"),
    "teen": Case(N_("case.teen"), "teen", "survivor"),
    "older": Case(N_("case.older"), "older", "survivor"),
    "close": Case(N_("case.close"), "adult", "relative"),
    "child": Case(N_("case.child"), "child", "relative"),
    "work": Case(N_("case.work"), "adult", "professional"),
}


def steps(action: Action, visit: Visit, world: World) -> Reply:
    """What usually happens, in order. The place may be unknown yet (0): then each step asks for it."""
    need, (at, place), case = need_of(action), _at(action, world), word(action, 2, CASES)
    t = world.speak(visit.lang)
    kind = "abroad" if at == ABROAD else place_type(place, world.directory)
    # Not urgent: who is in danger now has the emergency numbers in the frame of every screen.
    situation = Situation("later", kind, CASES[case].age, CASES[case].who, need.code)
    found = world.referrals.steps(situation)
    told = Markup("\n").join(_told(n, step, t, world) for n, step in enumerate(found, 1))
    text = Markup("\n\n").join([t("steps.text"), told, _note(case, t)])
    other = Button(t.label("steps.other"), go("find.cases", need.code, at))
    rows = (*rows_of(_buttons(found, place, t, world)), (other,))
    back = go("find.list", need.code, place.id, 0) if place else go("find.where", need.code)
    return Reply(visit, screen(t, text, rows, back=back), (Tally("steps", need.code),))


def cases(action: Action, visit: Visit, world: World) -> Reply:
    """Whom it is about: changes the order of the steps and nothing else."""
    need, (at, _) = need_of(action), _at(action, world)
    t = world.speak(visit.lang)
    choices = [Button(t.label(case.label), go("find.steps", need.code, at, code)) for code, case in CASES.items()]
    back = go("find.steps", need.code, at, USUAL_CASE)
    return Reply(visit, screen(t, t("steps.cases"), rows_of(choices), back=back))


def _at(action: Action, world: World) -> tuple[str, Place | None]:
    """The address's word for the place, and the place when it is one of ours. Raises NotAnAddressError."""
    if action.args[1:2] == (ABROAD,):
        return ABROAD, None
    at = number(action, 1)
    return str(at), known(action, 1, world) if at else None


def _note(case: str, t: Catalogue) -> Markup:
    """To whom it happens, it is left to decide; whoever asks for somebody else decides nothing for them."""
    return t("steps.note") if CASES[case].who == "survivor" else t("steps.note_other")


def _told(n: int, step: Step, t: Catalogue, world: World) -> Markup:
    phone = _phone(step, world)
    body = f"{step.body(t.lang)} ({pretty(phone)})" if phone else step.body(t.lang)
    return Markup("{}. <b>{}</b>: {}").format(n, body, step.does(t.lang))


def _phone(step: Step, world: World) -> str:
    """The number of the step's line as dialled; empty when it has none or the directory lost it."""
    slug, _, nth = step.line.partition("/")
    service = world.directory.by_slug(slug)
    return "".join(service.phones[int(nth or 1) - 1 :][:1]) if service else ""


def _buttons(found: tuple[Step, ...], place: Place | None, t: Catalogue, world: World) -> list[Button]:
    """One for each kind of service, with the numbers of the steps that lead to it; a number to copy otherwise."""
    at: dict[str, list[int]] = {}
    for n, step in enumerate(found, 1):
        at.setdefault(step.kind, []).append(n)
    buttons = []
    for kind, numbers in at.items():
        if kind:
            label = f"{', '.join(map(str, numbers))}. {t.label(KIND_NAMES[kind])}"
            buttons.append(Button(label, _list(LEADS[kind], place)))
        else:
            lines = [_phone(found[n - 1], world) for n in numbers]
            buttons += [copy_number(phone, t) for phone in lines if phone]
    return buttons


def _list(need: str, place: Place | None) -> Action:
    return go("find.list", need, place.id, 0) if place else go("find.where", need)
