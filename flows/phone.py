"""How to be safer with this phone and this Telegram: one thing on each screen, the price of each change first.

Facts: content.md 3.9 to 3.27 of the project's fact base, from Telegram's own pages of 2021 to 2025 and from guides for
people who are watched. Menus move, so the texts say that names may differ; nothing is said of what no page told.
"""

from __future__ import annotations

from db.visit import Visit
from flows.address import word
from flows.emergency import copies
from flows.engine import Action, Button, Reply, World, go, screen
from flows.rows import rows_of
from flows.texts import N_

_PHONE = go("phone")
# Topic → the words on its button and its text. "Another device" comes first on purpose (checklist 25).
TOPICS = {
    "device": (N_("phone.device_on"), N_("phone.device")),
    "sessions": (N_("phone.sessions_on"), N_("phone.sessions")),
    "timer": (N_("phone.timer_on"), N_("phone.timer")),
    "chat": (N_("phone.chat_on"), N_("privacy.chat")),
    "widgets": (N_("phone.widgets_on"), N_("phone.widgets")),
    "contacts": (N_("phone.contacts_on"), N_("phone.contacts")),
    "translate": (N_("phone.translate_on"), N_("phone.translate")),
    "calls": (N_("phone.calls_on"), N_("phone.calls")),
    "clipboard": (N_("phone.clipboard_on"), N_("phone.clipboard")),
    "spying": (N_("phone.spying_on"), N_("phone.spying")),
}


def phone(_: Action, visit: Visit, world: World) -> Reply:
    """That changes can be noticed, that another device is the first choice, and what there is to look at."""
    t = world.speak(visit.lang)
    rows = rows_of([Button(t.label(label), go("phone.about", topic)) for topic, (label, _) in TOPICS.items()])
    return Reply(visit, screen(t, t("phone.text"), rows, back=go("privacy")))


def about(action: Action, visit: Visit, world: World) -> Reply:
    """One of them. Raises NotAnAddressError."""
    topic = word(action, 0, TOPICS)
    t = world.speak(visit.lang)
    rows = copies(t, world, "ua-lastrada-116123") if topic == "spying" else ()
    return Reply(visit, screen(t, t(TOPICS[topic][1]), rows, back=_PHONE))
