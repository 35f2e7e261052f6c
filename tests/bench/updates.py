"""Updates and answers as Telegram writes them: as long as real ones, with everything a bot reads past.

Written by hand into bytes, because the server that gives them out must cost far less than the bot it measures.
"""

from __future__ import annotations

import json
import time

_BOT = json.dumps({"id": 4200, "is_bot": True, "first_name": "Приклад", "username": "bench_bot"})
_SCREEN = json.dumps("Рядок, який може прочитати кожен.\n\n" + "Тут стоїть екран звичайної довжини. " * 10)
_NAME = json.dumps("Зразок")


def _person(chat_id: int) -> str:
    return f'{{"id":{chat_id},"is_bot":false,"first_name":{_NAME},"language_code":"uk"}}'


def _chat(chat_id: int) -> str:
    return f'{{"id":{chat_id},"first_name":{_NAME},"type":"private"}}'


def start_update(number: int, chat_id: int, message_id: int) -> bytes:
    """A person sends /start. Dated now: a bot may treat an old text differently."""
    return (
        f'{{"update_id":{number},"message":{{"message_id":{message_id},"from":{_person(chat_id)},'
        f'"chat":{_chat(chat_id)},"date":{int(time.time())},"text":"/start",'
        f'"entities":[{{"offset":0,"length":6,"type":"bot_command"}}]}}}}'
    ).encode()


def text_update(number: int, chat_id: int, message_id: int, text: str) -> bytes:
    """A person types something."""
    return (
        f'{{"update_id":{number},"message":{{"message_id":{message_id},"from":{_person(chat_id)},'
        f'"chat":{_chat(chat_id)},"date":{int(time.time())},"text":{json.dumps(text)}}}}}'
    ).encode()


def group_tap_update(number: int, chat_id: int, group: int, data: str) -> bytes:
    """A person taps a button of the bot's message in a group."""
    chat = f'{{"id":{group},"title":{_NAME},"type":"supergroup"}}'
    tapped = f'{{"message_id":1,"from":{_BOT},"chat":{chat},"date":{int(time.time())},"text":{_SCREEN}}}'
    return (
        f'{{"update_id":{number},"callback_query":{{"id":"{number}","from":{_person(chat_id)},'
        f'"message":{tapped},"chat_instance":"{group}","data":{json.dumps(data)}}}}}'
    ).encode()


def tap_update(number: int, chat_id: int, message_id: int, data: str, markup: str) -> bytes:
    """A person taps a button of the bot's message, which comes along. The query's id is `number`."""
    tapped, pressed = message(chat_id, message_id, markup), json.dumps(data)
    return (
        f'{{"update_id":{number},"callback_query":{{"id":"{number}","from":{_person(chat_id)},'
        f'"message":{tapped},"chat_instance":"-{chat_id}","data":{pressed}}}}}'
    ).encode()


def message(chat_id: int, message_id: int, markup: str) -> str:
    """A message of the bot: a screen of usual length with the keyboard it was given."""
    now = int(time.time())
    return (
        f'{{"message_id":{message_id},"from":{_BOT},"chat":{_chat(chat_id)},"date":{now},"edit_date":{now},'
        f'"text":{_SCREEN},"reply_markup":{markup}}}'
    )


def bot_itself() -> str:
    """What getMe answers."""
    return json.dumps(
        {
            **json.loads(_BOT),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
    )
