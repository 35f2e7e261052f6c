"""The stock bot: python-telegram-bot as its documentation shows it, and a row per person kept with the ORM.

Defaults throughout: httpx, one handler at a time, a session per update. SQLite is given its write-ahead log
and `synchronous=NORMAL`, which is kinder than its defaults and than ours: the comparison is about code, not
about waiting for a disk.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.bench.contestants.canned import ROWS, SCREENS

engine = create_async_engine(os.environ["DATABASE_URL"])
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    """The tables of this bot."""


class Visit(Base):
    """Where a person is."""

    __tablename__ = "visits"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    screen: Mapped[str]
    taps: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime]


@event.listens_for(engine.sync_engine, "connect")
def prepare(connection: Any, _record: Any) -> None:
    """SQLite as most deployments set it."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def keyboard() -> InlineKeyboardMarkup:
    """The buttons under every screen."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in ROWS]
    )


async def remember(chat_id: int, screen: str) -> None:
    """Reads the person's row and writes it back."""
    async with sessions() as session:
        visit = await session.get(Visit, chat_id)
        if visit is None:
            visit = Visit(chat_id=chat_id, screen=screen, taps=0)
            session.add(visit)
        visit.screen = screen
        visit.taps += 1
        visit.seen_at = datetime.now(UTC)
        await session.commit()


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """/start: a first line, then the home screen in its place."""
    if update.effective_chat is None or update.message is None:
        return
    await remember(update.effective_chat.id, "1/home")
    sent = await update.message.reply_text("…")
    await sent.edit_text(SCREENS["1/home"], parse_mode=ParseMode.HTML, reply_markup=keyboard())


async def tap(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """A button: the visit read and saved, the tap answered, the screen redrawn."""
    query = update.callback_query
    if query is None or query.data is None or update.effective_chat is None:
        return
    await remember(update.effective_chat.id, query.data)
    await query.answer()
    await query.edit_message_text(SCREENS[query.data], parse_mode=ParseMode.HTML, reply_markup=keyboard())


async def create_tables(_application: Any) -> None:
    """The database of a first start."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


def main() -> None:
    """Polls until it is told to stop."""
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(f"{os.environ['TELEGRAM_API_BASE']}/bot")
        .post_init(create_tables)
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tap))
    application.run_polling()


if __name__ == "__main__":
    main()
