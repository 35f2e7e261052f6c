"""Locks: the keyed hash of a visitor's own word, without which the cover stays where it is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "locks",
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("word", sa.LargeBinary(length=16), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("tries_since", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chat", name="pk_locks"),
    )
    op.create_index("ix_locks_used_on", "locks", ["used_on"])


def downgrade() -> None:
    op.drop_table("locks")
