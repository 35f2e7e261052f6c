"""The spine: visits, traces, outbox, seen updates, places, services and their areas, tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts rows with plain integers


def upgrade() -> None:
    op.create_table(
        "directory_version",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directory_version"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("not_after", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_chat", "outbox", ["chat"])
    op.create_index("ix_outbox_not_after", "outbox", ["not_after"])

    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name_uk", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("oblast_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("population", sa.Integer(), server_default="0", nullable=False),
        sa.Column("occupied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
    )
    op.create_table(
        "seen_updates",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seen_updates"),
    )
    op.create_index("ix_seen_updates_seen_at", "seen_updates", ["seen_at"])

    op.create_table(
        "services",
        sa.Column("num", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name_uk", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), server_default="0", nullable=False),
        sa.Column("oblast_id", sa.Integer(), server_default="0", nullable=False),
        sa.Column("district_id", sa.Integer(), server_default="0", nullable=False),
        sa.Column("address_uk", sa.Text(), server_default="", nullable=False),
        sa.Column("address_en", sa.Text(), server_default="", nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("phones", sa.JSON(), nullable=False),
        sa.Column("telegram", sa.String(length=64), server_default="", nullable=False),
        sa.Column("website", sa.Text(), server_default="", nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cost", sa.String(length=16), server_default="free", nullable=False),
        sa.Column("notes_uk", sa.Text(), server_default="", nullable=False),
        sa.Column("notes_en", sa.Text(), server_default="", nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_date", sa.Date(), nullable=True),
        sa.Column("confidence", sa.String(length=6), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(address_uk = '' AND address_en = '') OR NOT hidden", name=op.f("ck_services_hidden_has_no_address")
        ),
        sa.CheckConstraint("kind NOT IN ('shelter', 'crisis_room') OR hidden", name=op.f("ck_services_kind_is_hidden")),
        sa.PrimaryKeyConstraint("num", name="pk_services"),
        sa.UniqueConstraint("slug", name="uq_services_slug"),
    )
    op.create_table(
        "tallies",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "measure", "label", name="pk_tallies"),
    )
    op.create_table(
        "traces",
        sa.Column("message", sa.LargeBinary(length=16), nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message", name="pk_traces"),
    )
    op.create_index("ix_traces_chat", "traces", ["chat"])
    op.create_index("ix_traces_sent_at", "traces", ["sent_at"])

    op.create_table(
        "visits",
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_visits"),
    )
    op.create_index("ix_visits_seen_at", "visits", ["seen_at"])

    op.create_table(
        "service_areas",
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["services.num"], name="fk_service_areas_service", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "kind", "place_id", name="pk_service_areas"),
    )


def downgrade() -> None:
    op.drop_table("service_areas")
    op.drop_table("visits")
    op.drop_table("traces")
    op.drop_table("tallies")
    op.drop_table("services")
    op.drop_table("seen_updates")
    op.drop_table("places")
    op.drop_table("outbox")
    op.drop_table("directory_version")
