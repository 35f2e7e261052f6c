"""A stock python-telegram-bot application, which knows nothing of our bot, at home in the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN

Stock = Application[Any, Any, Any, Any, Any, Any]
EVERY_UPDATE = list(Update.ALL_TYPES)


async def start(update: Update, context: Any) -> None:
    """/start: a message with a button."""
    assert update.message is not None
    button = InlineKeyboardButton("Again", callback_data="again")
    await update.message.reply_html("<b>Hi</b>", reply_markup=InlineKeyboardMarkup([[button]]))


async def echo(update: Update, context: Any) -> None:
    """A text comes back."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "?")


async def tapped(update: Update, context: Any) -> None:
    """The button edits its message."""
    assert update.callback_query is not None
    await update.callback_query.answer("Done")
    await update.callback_query.edit_message_text("Tapped")


def stock_client(sandbox: Sandbox) -> Stock:
    """The library as it comes, without a handler."""

    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False})

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{sandbox.url}/bot")
    app: Stock = builder.request(request()).get_updates_request(request()).build()
    return app


def stock_bot(sandbox: Sandbox) -> Stock:
    """An echo bot as the library's examples write it."""
    app = stock_client(sandbox)
    app.add_handler(CommandHandler("start", start))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(tapped))
    return app


@asynccontextmanager
async def polling(app: Stock) -> AsyncIterator[None]:
    """The library's own updater at work."""
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling(allowed_updates=EVERY_UPDATE)
        try:
            yield
        finally:
            await app.updater.stop()
            await app.stop()


async def test_stock_bot_polls(sandbox: Sandbox) -> None:
    """Command, echo, tap, answer and edit, by a bot that was written for Telegram."""
    person = sandbox.person()
    async with polling(stock_bot(sandbox)):
        person.send("/start")
        await sandbox.wait(lambda s: len(person.bot_messages) == 1)
        person.press("Again")
        await sandbox.wait(lambda s: person.bot_messages[0].text == "Tapped")
        person.send("луна")
        await sandbox.wait(lambda s: len(person.bot_messages) == 2)
    assert [message.text for message in person.bot_messages] == ["Tapped", "луна"]
    assert person.toast == "Done"
    # the poll under way when the updater stopped was abandoned; everything else went well
    assert all(call.ok for call in sandbox.calls if call.method != "getUpdates")


async def test_stock_bot_reads_every_kind(sandbox: Sandbox) -> None:
    """Whatever a person sends is an update the library can parse."""
    seen: list[Update] = []

    async def note(update: Update, context: Any) -> None:
        seen.append(update)

    app = stock_bot(sandbox)
    app.add_handler(MessageHandler(~filters.TEXT, note))
    person = sandbox.person()
    kinds = (
        "photo",
        "voice",
        "audio",
        "video",
        "video_note",
        "animation",
        "document",
        "sticker",
        "dice",
        "venue",
        "poll",
    )
    async with polling(app):
        person.send_location(50.25, 28.66)
        for kind in (*kinds, "contact"):
            person.send_other(kind)
        await sandbox.wait(lambda s: len(seen) == len(kinds) + 2)
        person.block()
        person.unblock()
        person.forward("from elsewhere")
        await sandbox.wait(lambda s: len(person.bot_messages) == 1)
    location, *others = seen
    assert location.message is not None
    assert location.message.location is not None
    assert location.message.location.latitude == 50.25
    assert all(update.message is not None and update.message.effective_attachment for update in others)


async def test_stock_bot_under_a_webhook(sandbox: Sandbox) -> None:
    """The same bot fed by the sandbox's webhook delivery, as in the library's custom webhook example."""
    app = stock_bot(sandbox)
    person = sandbox.person()

    async def receive(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "hush"
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    server = web.Application()
    server.router.add_post("/", receive)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with app:
        await app.start()
        await app.bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/", secret_token="hush")
        person.send("/start")
        await sandbox.wait(lambda s: len(person.bot_messages) == 1)
        person.press("Again")
        await sandbox.wait(lambda s: person.bot_messages[0].text == "Tapped")
        info = await app.bot.get_webhook_info()
        await app.bot.delete_webhook()
        await app.stop()
    await runner.cleanup()
    assert (info.pending_update_count, info.last_error_message) == (0, None)


async def test_stock_client_recognises_refusals(sandbox: Sandbox) -> None:
    """The library turns our refusals into its own error classes."""
    bot = stock_bot(sandbox).bot
    person = sandbox.person()
    person.send("x")
    raised: list[type[Exception]] = []
    sandbox.limits = Limits(burst=1)
    async with bot:
        for chat_id in (5, sandbox.person().chat_id, person.chat_id, person.chat_id):
            try:
                await bot.send_message(chat_id, "x")
            except (BadRequest, Forbidden, RetryAfter) as error:
                raised.append(type(error))
        await bot.set_webhook("https://example.org/")
        try:
            await bot.get_updates()
        except Conflict as error:
            raised.append(type(error))
    assert raised == [BadRequest, Forbidden, RetryAfter, Conflict]


async def test_stock_client_reads_cards_and_chats(sandbox: Sandbox) -> None:
    """Names, commands, chats, members and rights parse into the library's objects."""
    bot = stock_bot(sandbox).bot
    person = sandbox.person(name="Зразок")
    group = sandbox.group("Зразок групи")
    group.promote()
    async with bot:
        await bot.set_my_commands([("start", "Start")], language_code="en")
        await bot.set_my_name("Weather")
        assert (await bot.get_my_commands(language_code="en"))[0].command == "start"
        assert (await bot.get_my_name()).name == "Weather"
        assert (await bot.get_chat(person.chat_id)).first_name == "Зразок"
        assert (await bot.get_chat_member(group.chat_id, bot.id)).status == "administrator"
        assert (await bot.get_my_default_administrator_rights()).can_delete_messages is False
        assert (await bot.get_chat_menu_button()).type == "commands"
