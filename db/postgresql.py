"""What PostgreSQL alone is told of a table or an index.

To name an option of a database in a table's definition makes SQLAlchemy load all it knows of that database: 2 MB and a
tenth of a second of every start, on SQLite too. So it is named when tables are made, and only there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa


def tell_postgresql(metadata: sa.MetaData, items: Iterable[sa.Table | sa.Index], **options: Any) -> None:
    """Options of these items (`where`, `on_commit`), for whenever the tables of this collection are made there."""

    def tell(_: sa.MetaData, connection: sa.Connection, **_others: Any) -> None:
        if connection.dialect.name == "postgresql":
            for item in items:
                item.dialect_options["postgresql"].update(options)

    sa.event.listen(metadata, "before_create", tell)
