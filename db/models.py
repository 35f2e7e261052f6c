"""The tables (SQLAlchemy Core): what is held, for how long, and why it is held at all.

The same schema serves SQLite and PostgreSQL. Chat data stands here only as keyed hashes and sealed blobs
(`db.sealing`); `tests/privacy` opens every one of them after an exit.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from db.directory.streets import says_street
from db.postgresql import tell_postgresql

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole milliseconds since 1970. A naive one is refused on the way in."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return round(value.timestamp() * 1000)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


class Plain(TypeDecorator[dict[str, Any]]):
    """A row of the directory as JSON, without what is empty anyway and with letters as they are: a change of ten
    thousand rows must not keep the database busy."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else dict(json.loads(value))


# Dies: exit, or idle for IDLE_FADE_MINUTES.
visits = sa.Table(
    "visits",
    metadata,
    sa.Column("chat", sa.LargeBinary(16), primary_key=True),  # keyed hash of the chat id
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # db.visit.Visit
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("shown", sa.SmallInteger, nullable=False, server_default="1"),  # Visit.shown: what tells most fades first
    sa.Index(None, "shown", "seen_at"),
)

# Dies: deleted in Telegram, or 48 h (Telegram deletes nothing older). Insert-only.
traces = sa.Table(
    "traces",
    metadata,
    sa.Column("message", sa.LargeBinary(16), primary_key=True),  # keyed hash of chat and message id
    sa.Column("chat", sa.LargeBinary(16), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # message id
    sa.Column("sent_at", Instant, nullable=False, index=True),
)

# Dies: when the visitor drops the word, or 90 days after the day it was last used.
locks = sa.Table(
    "locks",
    metadata,
    sa.Column("chat", sa.LargeBinary(16), primary_key=True),  # keyed hash of the chat id
    sa.Column("word", sa.LargeBinary(16), nullable=False),  # keyed hash of the visitor's own word
    sa.Column("used_on", sa.Date, nullable=False, index=True),  # a day and nothing finer
    sa.Column("tries", sa.SmallInteger, nullable=False, server_default="0"),  # texts typed on the cover …
    sa.Column("tries_since", Instant),  # … since then; emptied when ten minutes have passed
)

# Dies: accepted by Telegram, cancelled by a newer row or an exit, or past not_after.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),  # microseconds since 1970, never twice: the order
    sa.Column("lane", sa.SmallInteger, nullable=False),  # db.outbox.Lane: exit, urgent, reply, background
    sa.Column("chat", sa.LargeBinary(16), nullable=False, index=True),  # the order key: one chat, one line
    sa.Column("kind", sa.String(8), nullable=False),  # db.outbox.Kind: redraw, send, announce, delete, other
    sa.Column("generation", sa.BigInteger, nullable=False),  # the visit it belongs to; 0 is never fenced
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the payload, ready to post
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("not_after", Instant, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("because", sa.String(6), nullable=False, server_default=""),  # db.because: why a message may be sent
    sa.Column("case_id", sa.BigInteger, nullable=False, server_default="0"),  # the case it answers, 0 for none
)

# Dies: 25 h. Telegram repeats an update for at most 24 h.
seen_updates = sa.Table(
    "seen_updates",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),
    sa.Column("seen_at", Instant, nullable=False, index=True),
)

# Kept: gazetteer, made from db/data.
places = sa.Table(
    "places",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("name_uk", sa.String(100), nullable=False),
    sa.Column("name_en", sa.String(100), nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("oblast_id", sa.Integer, nullable=False),
    sa.Column("city_id", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lat", sa.Float, nullable=False),
    sa.Column("lon", sa.Float, nullable=False),
    sa.Column("population", sa.Integer, nullable=False, server_default="0"),
    sa.Column("occupied", sa.Boolean, nullable=False, server_default=sa.false()),
)

_COARSE = "({0} IS NULL OR abs({0} * 10 - round({0} * 10)) < 0.000001)"  # to a tenth of a degree: 7 to 11 km

# Kept: the directory. `hidden` rows cannot hold an address, a point finer than a tenth of a degree, or words that
# read like a street, whoever writes them.
services = sa.Table(
    "services",
    metadata,
    sa.Column("num", sa.Integer, primary_key=True),
    sa.Column("slug", sa.String(64), nullable=False, unique=True),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("name_uk", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("place_id", sa.Integer, nullable=False, server_default="0"),
    sa.Column("oblast_id", sa.Integer, nullable=False, server_default="0"),
    sa.Column("district_id", sa.Integer, nullable=False, server_default="0"),
    sa.Column("address_uk", sa.Text, nullable=False, server_default=""),
    sa.Column("address_en", sa.Text, nullable=False, server_default=""),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("phones", sa.JSON, nullable=False),
    sa.Column("telegram", sa.String(64), nullable=False, server_default=""),
    sa.Column("website", sa.Text, nullable=False, server_default=""),
    sa.Column("hours", sa.Text, nullable=False, server_default=""),
    sa.Column("audience", sa.JSON, nullable=False),
    sa.Column("languages", sa.JSON, nullable=False),
    sa.Column("hidden", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("cost", sa.String(16), nullable=False, server_default="free"),
    sa.Column("notes_uk", sa.Text, nullable=False, server_default=""),
    sa.Column("notes_en", sa.Text, nullable=False, server_default=""),
    sa.Column("source_url", sa.Text, nullable=False),
    sa.Column("source_date", sa.Date),
    sa.Column("confidence", sa.String(6), nullable=False),
    sa.Column("verified_on", sa.Date),
    sa.Column("verified_by", sa.String(40), nullable=False, server_default=""),
    sa.Column("review_by", sa.Date),
    sa.Column("precision", sa.String(12), nullable=False, server_default=""),
    sa.Column("parent", sa.String(64), nullable=False, server_default=""),
    sa.Column("entry", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("access", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("relocated", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("mobile", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("remote_only", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("shelter_on_site", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("works_in_curfew", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.CheckConstraint("(address_uk = '' AND address_en = '') OR NOT hidden", name="hidden_has_no_address"),
    sa.CheckConstraint("kind NOT IN ('shelter', 'crisis_room') OR hidden", name="kind_is_hidden"),
    sa.CheckConstraint(
        f"NOT hidden OR (precision IN ('', 'settlement') AND district_id = 0"
        f" AND {_COARSE.format('lat')} AND {_COARSE.format('lon')})",
        name="hidden_has_no_point",
    ),
    *(
        sa.CheckConstraint(f"NOT hidden OR NOT ({says_street(name)})", name="hidden_says_no_street").ddl_if(name)
        for name in ("sqlite", "postgresql")
    ),
)

service_areas = sa.Table(
    "service_areas",
    metadata,
    sa.Column("service", sa.Integer, sa.ForeignKey("services.num", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(10), primary_key=True),  # db.directory.service.AREA_KINDS
    sa.Column("place_id", sa.Integer, primary_key=True),
)

# Kept: what every change of the directory made of each row, so that the last one can be undone and anybody can ask
# since when a number is what it is. By whom is a role, never a name.
service_history = sa.Table(
    "service_history",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=True),
    sa.Column("change_set", sa.Integer, nullable=False, index=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("made_by", sa.String(40), nullable=False),
    sa.Column("action", sa.String(10), nullable=False),  # db.directory.changes.Action
    sa.Column("undoes", sa.Integer, nullable=False, server_default="0"),  # the change set that an undo took back
    sa.Column("num", sa.Integer, nullable=False),
    sa.Column("slug", sa.String(64), nullable=False, index=True),
    sa.Column("before", Plain),  # null: the row was added
    sa.Column("after", Plain),  # null: the row was taken out
)

# Kept: counts only. No row per person, no time finer than a day (checklist 40).
tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("measure", sa.String(32), primary_key=True),
    sa.Column("label", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)

# Row 1 is raised by every change of the directory, so that a running bot notices within seconds; row 2 says which
# gazetteer stands in `places` (db.places.starting.edition).
directory_version = sa.Table(
    "directory_version",
    metadata,
    sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
)

# --- the desk: db/desk ------------------------------------------------------------------------------------

# Kept: who answers where and when. `sealed` under the staff seal: the group's id and its board message.
desks = sa.Table(
    "desks",
    metadata,
    sa.Column("num", sa.Integer, primary_key=True),
    sa.Column("slug", sa.String(40), nullable=False, unique=True),
    sa.Column("name_uk", sa.String(80), nullable=False),
    sa.Column("name_en", sa.String(80), nullable=False),
    sa.Column("chat", sa.LargeBinary(16), unique=True),  # keyed hash of the group's id
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("regions", sa.JSON, nullable=False),  # oblast ids; empty: all
    sa.Column("languages", sa.JSON, nullable=False),
    sa.Column("hours", sa.Text, nullable=False, server_default=""),  # OSM; empty: whenever somebody is on duty
    sa.Column("words_uk", sa.Text, nullable=False, server_default=""),  # who answers, shown when consent is asked
    sa.Column("words_en", sa.Text, nullable=False, server_default=""),
)

# Kept. Of who was removed only number and role stay, so that the audit never names another person.
operators = sa.Table(
    "operators",
    metadata,
    sa.Column("num", sa.Integer, primary_key=True),
    sa.Column("chat", sa.LargeBinary(16), unique=True),  # keyed hash of the private chat; null: removed
    sa.Column("sealed", sa.LargeBinary),  # db.desk.staff.Seat under the staff seal
    sa.Column("name", sa.String(40), nullable=False),  # a first name of own choice
    sa.Column("desk", sa.Integer, nullable=False, index=True),
    sa.Column("role", sa.String(12), nullable=False),  # operator, supervisor, coordinator
    sa.Column("state", sa.String(8), nullable=False, server_default="off"),  # off, on, break
    sa.Column("active", sa.BigInteger, nullable=False, server_default="0"),  # the case that typed text goes to
    sa.Column("since", Instant, nullable=False),  # of the state
)

# Dies: used once, or 24 h.
invites = sa.Table(
    "invites",
    metadata,
    sa.Column("code", sa.LargeBinary(16), primary_key=True),  # keyed hash
    sa.Column("role", sa.String(12), nullable=False),
    sa.Column("desk", sa.Integer, nullable=False),
    sa.Column("made_by", sa.Integer, nullable=False),  # operator, 0: the command line
    sa.Column("expires_at", Instant, nullable=False),
)

# Dies: 8 days after its end; caps look back 7 (checklist 55).
duties = sa.Table(
    "duties",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=True),
    sa.Column("operator", sa.Integer, nullable=False, index=True),
    sa.Column("kind", sa.String(4), nullable=False),  # duty, talk
    sa.Column("began_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
)

# Dies: what leads to the person (chat, sealed route, word, lines and the key) on close or exit; the shell 24 h later.
cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),  # db.outbox.Order
    sa.Column("chat", sa.LargeBinary(16), unique=True),  # keyed hash; one open case a chat
    sa.Column("code", sa.String(24), nullable=False),  # db.desk.naming
    sa.Column("desk", sa.Integer, nullable=False, index=True),
    sa.Column("kind", sa.String(8), nullable=False),  # chat, callback, team
    sa.Column("lang", sa.String(2), nullable=False),
    sa.Column("region", sa.Integer, nullable=False, server_default="0"),  # oblast id, 0: rather not say
    sa.Column("topic", sa.String(16), nullable=False),
    sa.Column("who", sa.String(8), nullable=False),  # self, other
    sa.Column("urgency", sa.SmallInteger, nullable=False),  # 0 urgent, 1 soon, 2 calm
    sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()),  # closed by a supervisor only
    sa.Column("state", sa.String(8), nullable=False),  # waiting, taken, parked, kept, closed
    sa.Column("operator", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lease_until", Instant),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("waiting_since", Instant, nullable=False),
    sa.Column("taken_at", Instant),  # first time: how long people wait
    sa.Column("wrote_last", sa.String(8), nullable=False, server_default=""),  # visitor, operator
    sa.Column("wrote_at", Instant),
    sa.Column("visitor", sa.String(8), nullable=False, server_default="here"),  # here, faded, left, blocked
    sa.Column("media", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("word", sa.LargeBinary(16)),  # keyed hash of the visitor's code word
    sa.Column("proved", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("tries", sa.SmallInteger, nullable=False, server_default="0"),  # wrong words so far
    sa.Column("card", sa.BigInteger, nullable=False, server_default="0"),  # message id in the desk's group
    sa.Column("sealed", sa.LargeBinary),  # db.desk.case.Route and what was asked for, under the case's own key
    sa.Column("keep_from", Instant),
    sa.Column("keep_to", Instant),
    sa.Column("told", sa.SmallInteger, nullable=False, server_default="0"),  # escalation steps done
    sa.Column("closed_at", Instant, index=True),
    sa.CheckConstraint(
        "(state <> 'closed' AND visitor <> 'left') OR (chat IS NULL AND sealed IS NULL AND word IS NULL)",
        name="over_leads_to_nobody",
    ),
    sa.CheckConstraint("state <> 'waiting' OR operator = 0", name="waiting_is_nobodys"),
    sa.CheckConstraint("state NOT IN ('taken', 'parked') OR operator <> 0", name="taken_is_somebodys"),
)
_OPEN = cases.c.state != "closed"
_OF_OPEN = (
    sa.Index("ix_cases_open_code", cases.c.code, unique=True, sqlite_where=_OPEN),
    sa.Index("ix_cases_open", cases.c.state, cases.c.desk, sqlite_where=_OPEN),
)
tell_postgresql(metadata, _OF_OPEN, where=_OPEN)

# Dies: at its time. Chats that abused the line and cannot ask for a human until then.
barred = sa.Table(
    "barred",
    metadata,
    sa.Column("chat", sa.LargeBinary(16), primary_key=True),  # keyed hash
    sa.Column("until", Instant, nullable=False),
)

# Dies: with its case's key, on close or exit.
case_lines = sa.Table(
    "case_lines",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),  # db.outbox.Order: the order
    sa.Column("case", BigId, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("side", sa.String(8), nullable=False),  # visitor, operator, note, system
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the text under the case's own key
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # waiting, delivered, opened, not_delivered, gone
    sa.Column("source", sa.LargeBinary(16), index=True),  # Keyring.message of where it came from, for edits
)

# Dies: a year. What staff and the bot did, without content; `link` chains every row to the one before.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),  # one after another: a gap is a missing row
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("actor", sa.Integer, nullable=False),  # operator, 0: the bot or the command line
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("code", sa.String(24), nullable=False, server_default=""),  # of a case
    sa.Column("link", sa.LargeBinary(32), nullable=False),
)
