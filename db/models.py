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
    sa.Column("seen_at", Instant, nullable=False, index=True),
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

# Dies: accepted by Telegram, cancelled by a newer row or an exit, or past not_after.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),  # microseconds since 1970, never twice: the order
    sa.Column("lane", sa.SmallInteger, nullable=False),  # db.outbox.Lane: exit, urgent, reply, background
    sa.Column("chat", sa.LargeBinary(16), nullable=False, index=True),  # the order key: one chat, one line
    sa.Column("kind", sa.String(8), nullable=False),  # db.outbox.Kind: redraw, send, delete, other
    sa.Column("generation", sa.BigInteger, nullable=False),  # the visit it belongs to; 0 is never fenced
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the payload, ready to post
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("not_after", Instant, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
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
    sa.Column("action", sa.String(10), nullable=False),  # import, confirm, undo
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

# One row: raised by every change of the directory, so that a running bot notices within seconds.
directory_version = sa.Table(
    "directory_version",
    metadata,
    sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
)
