"""What a glance may see: the first line of every text is free of words that give its reader away.

A notification, the chat list and a widget show the beginning of a message (about 60 characters; the exact
length differs by app). The lists are stems in Ukrainian, English and Russian (checklist 1 and 4).
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

GLANCE = 60  # characters of a message that a preview may show

# Anywhere inside a word.
BANNED = (
    # Ukrainian
    "насил", "жертв", "постражд", "потерпіл", "кривдн", "кривдит", "притул", "шелтер", "зґвалт", "згвалт",
    "тиран", "знущан", "аб'юз", "абьюз", "сталкер", "сталкінг", "переслід", "вижил", "вціліл", "врятован",
    "кризов", "небезпе", "погроз", "поліці", "задуш",
    # English
    "violen", "abus", "victim", "surviv", "shelter", "rape", "stalk", "perpetrat", "batter", "assault",
    "hotline", "danger", "threat", "strangl", "police", "crisis", "refuge ",
    # Russian
    "насили", "пострадав", "потерпевш", "обидчик", "приют", "убежищ", "преследов", "изнасил", "угроз",
    "полици", "кризис", "опасн",
)  # fmt: skip
# Only at the beginning of a word, where the stem is too short to look for inside ("бити" is in "зробити").
BANNED_STARTS = (
    "бити", "б'є", "б'ють", "побит", "побої", "поб'", "бив", "била", "вбив", "вбит", "убив", "убит", "вб'є",
    "душив", "душить", "душил", "збро", "напад", "напав",
    "beat ", "beaten", "beats", "beating", "hits", "hitting", "kill", "murder", "weapon", "domestic",
    "бить", "бьет", "бьёт", "избил", "избив", "побил", "убил", "оруж",
)  # fmt: skip

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_STARTS = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, BANNED_STARTS)) + ")")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'", "´": "'"})


def banned_words(text: str) -> tuple[str, ...]:
    """The banned stems found in a plain text."""
    visible = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    plain = visible.casefold().translate(_APOSTROPHES) + " "
    return (*(stem for stem in BANNED if stem in plain), *_STARTS.findall(plain))


def first_line(text: str) -> str:
    """The first line of a Telegram HTML text, without its marks."""
    return unescape(_TAG.sub("", text)).strip().split("\n", 1)[0]


def glimpse(text: str) -> str:
    """What a preview may show of a Telegram HTML text: its first line, and at least 60 characters."""
    plain = unescape(_TAG.sub("", text)).strip()
    first_line = plain.split("\n", 1)[0]
    return first_line if len(first_line) >= GLANCE else plain[:GLANCE]


def first_line_is_neutral(text: str) -> bool:
    """Whether a stranger who sees the beginning of this text learns nothing."""
    return not banned_words(glimpse(text))
