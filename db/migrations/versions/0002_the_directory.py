"""The directory grows up: how to enter, access, war, lent numbers, precision; history; hidden places say no street."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts rows with plain integers

# As they stood when this was written; kept in step with db.directory.streets by a test.
STREET_WORDS = (
    "вул.", "вулиц", "просп.", "проспект", "пров.", "провул", "бульв", "узвіз", "набережн", "мікрорайон",
    "пл. ", "буд. ", "буд.№", "кв. ", " street", " st.", " st,", "avenue", " ave.", "boulevard", "blvd",
)  # fmt: skip
MAP_WORDS = (
    "google.com/maps", "goo.gl/maps", "maps.app", "maps.google", "openstreetmap", "osm.org", "what3words", "plus.codes",
    "visicom", "/vul", "/prosp", "/prov-", "/bulv",
)  # fmt: skip
SIEVES = (("name_uk || ' ' || name_en || ' ' || notes_uk || ' ' || notes_en", STREET_WORDS),
          ("website || ' ' || telegram", MAP_WORDS))  # fmt: skip
AS_NAMED = {"ck": "%(constraint_name)s"}  # a table that SQLite copies keeps the names of its rules
FLAGS = ("relocated", "mobile", "remote_only", "shelter_on_site", "works_in_curfew")
COARSE = "({0} IS NULL OR abs({0} * 10 - round({0} * 10)) < 0.000001)"
NO_POINT = (
    "NOT hidden OR (precision IN ('', 'settlement') AND district_id = 0"
    f" AND {COARSE.format('lat')} AND {COARSE.format('lon')})"
)


def says_street(dialect: str) -> str:
    """True when a hidden row's texts have a street in them, or its links a map, in whatever case."""
    parts = []
    for said, words in SIEVES:
        forms = ["".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in word) for word in words]
        if dialect == "postgresql":
            parts.append(f"({said}) ~ '{'|'.join(form.replace('.', '[.]') for form in forms)}'")
        else:
            parts += [f"({said}) GLOB '*{form}*'" for form in forms]
    return " OR ".join(parts)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    with op.batch_alter_table("services", naming_convention=AS_NAMED) as services:
        services.add_column(sa.Column("precision", sa.String(12), server_default="", nullable=False))
        services.add_column(sa.Column("parent", sa.String(64), server_default="", nullable=False))
        for name in ("entry", "access"):
            services.add_column(sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
        for name in FLAGS:
            services.add_column(sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))

    # A hidden place keeps its town and loses what is closer; until now every point was the middle of a place.
    op.execute(
        "UPDATE services SET district_id = 0, lat = round(lat * 10) / 10.0, lon = round(lon * 10) / 10.0 WHERE hidden"
    )
    rows = sa.table("services", *(sa.column(name) for name in ("notes_uk", "notes_en", "website")))
    telling = sa.text(f"hidden AND ({says_street(dialect)})")
    op.execute(rows.update().where(telling).values(notes_uk="", notes_en="", website=""))
    op.execute(
        "UPDATE services SET precision = CASE WHEN district_id <> 0 THEN 'district' ELSE 'settlement' END"
        " WHERE lat IS NOT NULL"
    )
    with op.batch_alter_table("services", naming_convention=AS_NAMED) as services:
        services.create_check_constraint(op.f("ck_services_hidden_has_no_point"), NO_POINT)
        services.create_check_constraint(
            op.f("ck_services_hidden_says_no_street"), f"NOT hidden OR NOT ({says_street(dialect)})"
        )

    op.create_table(
        "service_history",
        sa.Column("id", BIG, nullable=False),
        sa.Column("change_set", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("undoes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("num", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_service_history"),
    )
    op.create_index("ix_service_history_change_set", "service_history", ["change_set"])
    op.create_index("ix_service_history_slug", "service_history", ["slug"])


def downgrade() -> None:
    op.drop_table("service_history")
    op.execute(  # the former schema knows no communities: their centres stay
        "DELETE FROM service_areas WHERE kind = 'community' AND EXISTS (SELECT 1 FROM service_areas AS other"
        " WHERE other.service = service_areas.service AND other.place_id = service_areas.place_id"
        " AND other.kind = 'settlement')"
    )
    op.execute("UPDATE service_areas SET kind = 'settlement' WHERE kind = 'community'")
    with op.batch_alter_table("services", naming_convention=AS_NAMED) as services:
        services.drop_constraint(op.f("ck_services_hidden_says_no_street"), type_="check")
        services.drop_constraint(op.f("ck_services_hidden_has_no_point"), type_="check")
        for name in ("precision", "parent", "entry", "access", *FLAGS):
            services.drop_column(name)
