"""What flows may know: texts, directory and gazetteer, held in memory and renewed when the directory changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.desk.house import House
from db.directory import queries as directory_queries
from db.directory import release
from db.directory.directory import Directory
from db.directory.referral.starting import starting_referrals
from db.places import queries as places_queries
from db.places.places import Places
from db.store import Store
from db.visit import LANGS
from flows.cover.cards import cover
from flows.cover.kind import Cover
from flows.desk.scan import ready_words
from flows.engine import World
from flows.texts import Texts
from flows.understand.intent import prepare

log = structlog.get_logger()


class Knowledge:
    """The read-only world of the flows."""

    def __init__(
        self,
        store: Store,
        texts: Texts,
        now: Callable[[], datetime],
        idle_minutes: int,
        run_by: str,
        cover: Cover,
        house: House,
        *,
        practice: bool = False,
    ) -> None:
        self._store = store
        self._texts = texts
        self._now = now
        self._idle_minutes = idle_minutes
        self._run_by = run_by
        self._cover = cover
        self._house = house
        self._practice = practice
        self._canned = ready_words()
        self._referrals = starting_referrals()
        self._version = -1
        self.directory = Directory(())
        self._places = Places(())

    async def load(self) -> None:
        """Brings in what this release of the project has anew, then reads everything."""
        async with self._store.write() as connection:
            renewed = await places_queries.renew(connection)
            brought = await release.bring(connection, self._now())
        if renewed or brought != release.Brought():
            log.info("release_brought", places=renewed, added=brought.added, renewed=brought.renewed)
        self._places = await self._gazetteer()
        prepare(self._places)  # before the first person writes, not while everybody waits
        await self.refresh()
        for lang in LANGS:
            cover(lang, self.world())  # the first exit must not wait for the words of the calendar

    async def _gazetteer(self) -> Places:
        async with self._store.read() as connection:
            return await places_queries.load(connection)

    async def refresh(self) -> bool:
        """Reads the directory again when somebody changed it; whether that was so."""
        async with self._store.read() as connection:
            version = await directory_queries.version(connection)
            if version == self._version:
                return False
            self.directory = await directory_queries.load(connection)
        self._version = version
        log.info("directory_read", services=len(self.directory.services))
        return True

    def world(self) -> World:
        """As it is now."""
        return World(
            self._now(),
            self._texts,
            self.directory,
            self._places,
            self._idle_minutes,
            self._run_by,
            self._referrals,
            self._cover,
            canned=self._canned,
            desks=self._house.desks,
            practice=self._practice,
        )
