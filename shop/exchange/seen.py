"""What a file has named so far: on disk, so that a long file takes no more memory."""

from __future__ import annotations

import json
import sqlite3
from types import TracebackType


class Seen:
    """The handles and skus of one run of an import. Everything may be told twice: a batch
    that runs again changes nothing."""

    def __init__(self) -> None:
        # The empty name is SQLite's for a file of its own that goes with the connection.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000;"
            "CREATE TABLE handle (slug TEXT PRIMARY KEY, names TEXT) WITHOUT ROWID;"
            "CREATE TABLE sku (sku TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID;"
        )

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def add_product(self, slug: str, option_names: tuple[str, ...]) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO handle VALUES (?, ?)", (slug, json.dumps(option_names))
        )

    def option_names(self, slug: str) -> tuple[str, ...] | None:
        """Of a product that this file has brought; None if it has not."""
        row = self._db.execute("SELECT names FROM handle WHERE slug = ?", (slug,)).fetchone()
        return tuple(json.loads(row[0])) if row else None

    def claim_sku(self, sku: str, line: int) -> int | None:
        """The line that has the sku already; None if it is free, and from now this line's."""
        self._db.execute("INSERT OR IGNORE INTO sku VALUES (?, ?)", (sku, line))
        (holder,) = self._db.execute("SELECT line FROM sku WHERE sku = ?", (sku,)).fetchone()
        return None if holder == line else int(holder)
