"""Abusers of the line are barred for a while; wrong code words are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "barred",
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_barred"),
    )
    op.add_column("cases", sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("cases", naming_convention={"ck": "%(constraint_name)s"}) as cases:
        cases.drop_column("tries")
    op.drop_table("barred")
