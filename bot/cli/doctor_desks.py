"""What the bot lacks in the desks' groups, right by right, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.cli.doctor import Check

if TYPE_CHECKING:
    from telegram import Bot

    from bot.config import Settings
    from db.desk.staff import Desk

# Bot API name → what Telegram's own screens call it, and why it is needed.
RIGHTS = {
    "can_delete_messages": "“Delete messages” (cards older than two days stay for ever without it)",
}
BACK_IN = "Add the bot to the group and make it an administrator"


async def desk_checks(settings: Settings) -> list[Check]:
    """A line for the desks, and one for each group. Nothing is sent to any of them."""
    from db.desk import desks, roster  # noqa: PLC0415 (a command imports what it needs when it is called)
    from db.desk.check import findings  # noqa: PLC0415
    from db.places import queries as towns  # noqa: PLC0415
    from db.store import open_store  # noqa: PLC0415

    if settings.database_file is not None and not settings.database_file.is_file():
        return []
    keys, store = _keys(settings), open_store(settings.database_url)
    if keys is None:
        return []
    try:
        async with store.read() as connection:
            found = await desks.all_desks(connection, keys)
            staff = await roster.staff(connection, keys)
            oblasts = {one.id: one.name_en for one in (await towns.load(connection)).oblasts()}
    except Exception as fault:
        return [Check("desks", f"cannot be read ({type(fault).__name__})", "See DATABASE_URL and SECRET_KEY")]
    finally:
        await store.close()
    if not found:
        return [Check("desks", "none: visitors are told the lines and centres only")]
    wanting = findings(found, staff, oblasts)
    said = f"{len(found)} desks, {len(staff)} people"
    whole = Check("desks", said if not wanting else f"{said}; {len(wanting)} things to do")
    return [
        whole if not wanting else Check("desks", whole.found, "stezhka desk check"),
        *await _groups(settings, found),
    ]


async def _groups(settings: Settings, found: list[Desk]) -> list[Check]:
    """One line a group; none when Telegram cannot be asked, which has a line of its own."""
    from telegram.error import TelegramError  # noqa: PLC0415

    from bot.transport import client  # noqa: PLC0415

    if settings.bot_token is None:
        return []
    bot = client(settings.bot_token.get_secret_value(), settings.telegram_api_base)
    try:
        await bot.initialize()
        return [await group_check(bot, desk) for desk in found if desk.group]
    except TelegramError:
        return []
    finally:
        await bot.shutdown()


async def group_check(bot: Bot, desk: Desk) -> Check:
    """What the bot may do in the group of a desk."""
    from telegram.error import BadRequest, ChatMigrated, Forbidden  # noqa: PLC0415

    from bot.transport import call  # noqa: PLC0415

    what = f"desk {desk.slug}"
    try:
        member = await call(bot, "getChatMember", {"chat_id": desk.group, "user_id": bot.id})
    except ChatMigrated as moved:
        remedy = f"stezhka desk add {desk.slug} --group {moved.new_chat_id}"
        return Check(what, "the group became a supergroup and has another id", remedy)
    except Forbidden:
        return Check(what, "the bot was put out of the group", BACK_IN)
    except BadRequest:
        return Check(
            what, "Telegram knows no such group", f"Look up its id, then: stezhka desk add {desk.slug} --group ID"
        )
    return Check(what, *lacking(member))


def lacking(member: dict[str, Any]) -> tuple[str, str]:
    """What is so, and what to do; nothing to do is the empty text."""
    status = member.get("status")
    if status in ("left", "kicked"):
        return "the bot is not in the group", BACK_IN
    if status == "restricted" and not member.get("can_send_messages"):
        return "the bot may not write in the group", "Lift its restriction and make it an administrator"
    lost = [words for right, words in RIGHTS.items() if not member.get(right)]
    if status != "administrator":
        return "the bot is in the group without rights", f"Make it an administrator with: {', '.join(RIGHTS.values())}"
    if lost:
        return "the bot lacks a right", f"Give it: {', '.join(lost)}"
    return "the bot has its rights in the group", ""


def _keys(settings: Settings) -> Any:
    """The keys, None when there are none yet: a look must not make them."""
    from bot.cli.keys import keyring  # noqa: PLC0415

    file = settings.database_file
    if settings.secret_key is None and not (file and (file.parent / "secret.key").is_file()):
        return None
    return keyring(settings)
