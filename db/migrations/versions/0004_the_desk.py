"""The desk: desks, operators, invitations, duties, cases and their lines, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts rows with plain integers
OPEN = sa.text("state <> 'closed'")


def upgrade() -> None:
    op.create_table(
        "desks",
        sa.Column("num", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name_uk", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("words_uk", sa.Text(), server_default="", nullable=False),
        sa.Column("words_en", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("num", name="pk_desks"),
        sa.UniqueConstraint("slug", name="uq_desks_slug"),
        sa.UniqueConstraint("chat", name="uq_desks_chat"),
    )
    op.create_table(
        "operators",
        sa.Column("num", sa.Integer(), nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="off", nullable=False),
        sa.Column("active", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("num", name="pk_operators"),
        sa.UniqueConstraint("chat", name="uq_operators_chat"),
    )
    op.create_index("ix_operators_desk", "operators", ["desk"])
    op.create_table(
        "invites",
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_invites"),
    )
    op.create_table(
        "duties",
        sa.Column("id", BIG, nullable=False),
        sa.Column("operator", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_duties"),
    )
    op.create_index("ix_duties_operator", "duties", ["operator"])
    _cases()
    op.create_table(
        "case_lines",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("case", BIG, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("source", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_case_lines_case", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_case_lines"),
    )
    op.create_index("ix_case_lines_case", "case_lines", ["case"])
    op.create_index("ix_case_lines_source", "case_lines", ["source"])
    op.create_table(
        "audit",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=24), server_default="", nullable=False),
        sa.Column("link", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=True),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("region", sa.Integer(), server_default="0", nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("who", sa.String(length=8), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("flagged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("operator", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("wrote_last", sa.String(length=8), server_default="", nullable=False),
        sa.Column("wrote_at", sa.BigInteger(), nullable=True),
        sa.Column("visitor", sa.String(length=8), server_default="here", nullable=False),
        sa.Column("media", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("word", sa.LargeBinary(length=16), nullable=True),
        sa.Column("proved", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("card", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("keep_from", sa.BigInteger(), nullable=True),
        sa.Column("keep_to", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state <> 'closed' AND visitor <> 'left') OR (chat IS NULL AND sealed IS NULL AND word IS NULL)",
            name=op.f("ck_cases_over_leads_to_nobody"),
        ),
        sa.CheckConstraint("state <> 'waiting' OR operator = 0", name=op.f("ck_cases_waiting_is_nobodys")),
        sa.CheckConstraint(
            "state NOT IN ('taken', 'parked') OR operator <> 0", name=op.f("ck_cases_taken_is_somebodys")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("chat", name="uq_cases_chat"),
    )
    op.create_index("ix_cases_desk", "cases", ["desk"])
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"])
    op.create_index("ix_cases_open_code", "cases", ["code"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_cases_open", "cases", ["state", "desk"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_table("case_lines")
    op.drop_table("cases")
    op.drop_table("duties")
    op.drop_table("invites")
    op.drop_table("operators")
    op.drop_table("desks")
