"""The outbox says why a message may be sent; visits say how much their screen would tell, which fades first."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("because", sa.String(length=6), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("case_id", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("visits", sa.Column("shown", sa.SmallInteger(), server_default="1", nullable=False))
    op.drop_index("ix_visits_seen_at", "visits")
    op.create_index("ix_visits_shown_seen_at", "visits", ["shown", "seen_at"])


def downgrade() -> None:
    op.drop_index("ix_visits_shown_seen_at", "visits")
    op.create_index("ix_visits_seen_at", "visits", ["seen_at"])
    with op.batch_alter_table("visits") as visits:
        visits.drop_column("shown")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("case_id")
        outbox.drop_column("because")
