"""The words every conversation is written in: events come in, a `Reply` goes out.

A flow is a pure, synchronous function of (event, visit, world). It never sends, stores, waits or asks the
clock: the edge (`bot/`) carries its reply out. So it is tested by calling it.

Navigation lives in the button: `Action` is the whole address of a screen and fits Telegram's 64 bytes of
callback data, so an old button still works after a restart and nobody keeps a trail of what was looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from db.desk.canned import Canned, starting_canned
from db.directory.referral.rules import Referrals
from db.directory.referral.starting import starting_referrals
from db.visit import Lang, Visit
from flows.acts import Act, Carried
from flows.cover.kind import Cover, starting_cover

if TYPE_CHECKING:
    from db.directory.directory import Directory
    from db.places.places import Places
    from flows.desk.known import CaseView, DeskNow
    from flows.texts import Catalogue, Texts

CALLBACK_LIMIT = 64  # bytes, Telegram Bot API, InlineKeyboardButton.callback_data
VERSION = "1"
_ADDRESS = re.compile(r"[a-z_]+(\.[a-z_]+)*(/[a-z0-9_-]*)*")


@dataclass(frozen=True, slots=True)
class Action:
    """The address of a screen: a conversation's name and its arguments, e.g. `find.list day_center 703448 0`."""

    name: str
    args: tuple[str, ...] = ()

    def encode(self) -> str:
        """As callback data.

        Raises ValueError when an address cannot be carried by a button: that is a mistake in a flow.
        """
        address = "/".join((self.name, *self.args))
        if not _ADDRESS.fullmatch(address) or address.split("/") != [self.name, *self.args]:
            raise ValueError(f"not a button address: {self.name}")
        if len(address) + len(VERSION) + 1 > CALLBACK_LIMIT:  # every allowed character is one byte
            raise ValueError(f"longer than {CALLBACK_LIMIT} bytes: {self.name}")
        return f"{VERSION}/{address}"

    @classmethod
    def decode(cls, data: str) -> Action | None:
        """The address in a button, or None when it is not one of ours (old version, forged, damaged)."""
        version, _, address = data.partition("/")
        if version != VERSION or len(data) > CALLBACK_LIMIT or not _ADDRESS.fullmatch(address):
            return None
        name, *args = address.split("/")
        return cls(name, tuple(args))


def go(name: str, *args: object) -> Action:
    """Short for `Action(name, args)` with the arguments as text."""
    return Action(name, tuple(str(arg) for arg in args))


# --- what may happen -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """/start, with the code of the link it came from (empty when there is none)."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button. `action` is None when the button is none of ours (old, forged): that is home, never an error."""

    action: Action | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A text message or any other command. `mark` is its keyed hash as a word, in hex, where that may be of use."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class OwnWord:
    """The visitor's own word, and nothing else, was typed."""


@dataclass(frozen=True, slots=True)
class Located:
    """A shared location, in degrees. Used to answer and forgotten."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Other:
    """Anything we do not read: photo, voice, sticker, contact, poll … It is declined kindly and deleted.

    media   a photo or voice: what an operator can open a door for.
    """

    media: bool = False


Event = Started | Tapped | Typed | OwnWord | Located | Other | Carried


# --- what a flow may know --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class World:
    """Everything a flow may know besides the visit. All of it is read-only."""

    now: datetime  # aware, UTC
    texts: Texts
    directory: Directory
    places: Places
    idle_minutes: int = 30  # how long a visit lives without activity (IDLE_FADE_MINUTES)
    run_by: str = ""  # the organisation that answers for the bot (RUN_BY), empty when it is not named
    referrals: Referrals = field(default_factory=starting_referrals)
    cover: Cover = field(default_factory=starting_cover)
    canned: Canned = field(default_factory=starting_canned)
    desks: tuple[DeskNow, ...] = ()  # the operators' desks as they are now; empty: nobody answers here
    practice: bool = False  # whether operators can practise here: in the sandbox
    case: CaseView | None = None  # the visitor's own case, while it is open

    def speak(self, lang: Lang) -> Catalogue:
        """The texts in one language, with the directory's phone numbers at hand for `{tel:…}`."""
        return self.texts.speak(lang, self.directory)


# --- what a flow may answer ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A word to tap: exactly one of an address, a text to copy (at most 256 characters) or a link."""

    label: str
    action: Action | None = None
    copy: str = ""
    url: str = ""


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the one live message shows. `text` is Telegram HTML whose first line anyone may read."""

    text: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Exit:
    """Vanish: cover the live message, wipe the chat, forget the visit. No screen goes with it."""


@dataclass(frozen=True, slots=True)
class AskLocation:
    """Show the short-lived message with the keyboard that can share a location (Telegram offers no other way)."""

    text: str
    share: str
    cancel: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Count one more of `measure` under a coarse label (an oblast or a kind at most, checklist 40)."""

    measure: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class KeepWord:
    """From now on the visitor's own word is the one with this mark."""

    mark: str


@dataclass(frozen=True, slots=True)
class DropWord:
    """The visitor has no own word any more."""


Effect = Exit | AskLocation | Tally | KeepWord | DropWord | Act


@dataclass(frozen=True, slots=True)
class Reply:
    """A flow's answer: the next visit, the screen (None leaves what is shown) and the effects."""

    visit: Visit
    screen: Screen | None = None
    effects: tuple[Effect, ...] = ()


class Flow(Protocol):
    """A conversation's door: the address that was tapped, who is there, what is known."""

    def __call__(self, action: Action, visit: Visit, world: World, /) -> Reply: ...


# --- the frame every screen has --------------------------------------------------------------------------

HOME = go("home")
EMERGENCY = go("sos")
EXIT = go("exit")


def screen(t: Catalogue, text: str, rows: tuple[Row, ...] = (), *, back: Action = HOME, sos: bool = True) -> Screen:
    """A screen in its frame: the flow's own rows, emergency, and the last row Back · Home · Quick exit.

    The order and place of the last row never change (checklist 9): a hand that cannot look finds exit.
    `sos=False` only on the emergency screen itself.
    """
    frame: tuple[Row, ...] = ((Button(t.label("frame.emergency"), EMERGENCY),),) if sos else ()
    last = (
        Button(t.label("frame.back"), back),
        Button(t.label("frame.home"), HOME),
        Button(t.label("frame.exit"), EXIT),
    )
    return Screen(str(text), (*rows, *frame, last))
