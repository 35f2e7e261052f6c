"""`python -m tests.e2e.coordinators DIR`: a coordinator's change from beginning to end, as the pictures of the docs.

Export, edit in LibreOffice Calc, look, apply, undo, mistakes: while a bot runs and a visitor's phone shows what became
of it, in both languages. Needs Debian's libreoffice-calc, python3-uno and poppler-utils. Ends with an AssertionError
where the visitor does not see what the coordinator did.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from html import escape
from pathlib import Path
from textwrap import wrap
from zoneinfo import ZoneInfo

from playwright.async_api import Browser

from bot.logs import configure
from db.directory.directory import Directory
from db.exchange.columns import BY_KEY
from db.visit import LANGS, Lang
from tests.conftest import Hands
from tests.e2e.window import PHONE, Window, browser, window
from tests.stage import SECRET, Stage, stage

CALC = Path(__file__).parent / "calc.py"
DEBIANS_PYTHON = "/usr/bin/python3"  # it has LibreOffice's uno
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Kyiv"))
TERMINAL = 110  # characters
SEEN_WITHIN = 10  # seconds: the bot looks every three
EDITED, ADDED = "kyiv-daycentre-raiduzhna", "sample-daycentre"
SHOWN = ("id", "kind", "name", "settlement", "phones", "hours")
TEXTS: dict[Lang, dict[str, dict[str, str]]] = {
    "uk": {
        EDITED: {"phones": "050 555 01 00", "hours": "Пн-Пт 9-18, сб 10:00-14:00"},
        ADDED: {
            "kind": "денний центр", "name_uk": "Денний центр (зразок)", "name_en": "Day centre (sample)",
            "oblast": "Житомирська область", "settlement": "Житомир", "phones": "050 555 01 01",
            "hours": "цілодобово", "entry": "за власним зверненням", "access": "без сходів; ліфт",
            "shelter_on_site": "так", "source_url": "телефоном",
        },
    },
    "en": {
        EDITED: {"phones": "050 555 01 00", "hours": "Mon-Fri 9-18, Sat 10:00-14:00"},
        ADDED: {
            "kind": "day centre", "name_uk": "Денний центр (зразок)", "name_en": "Day centre (sample)",
            "oblast": "Zhytomyr oblast", "settlement": "Zhytomyr", "phones": "050 555 01 01",
            "hours": "round the clock", "entry": "own request", "access": "step-free; lift",
            "shelter_on_site": "yes", "source_url": "by phone",
        },
    },
}  # fmt: skip
WRONG: dict[Lang, dict[str, dict[str, str]]] = {
    "uk": {
        EDITED: {"phones": "подзвонити Лесі", "hours": "зранку"},
        "kyiv-shelter": {"address_uk": "вул. Вигадана, 5"},
        "kyiv-1500": {"kind": "замок"},
        "приклад": {"name_uk": "Зразок"},
    },
    "en": {
        EDITED: {"phones": "ask Lesia", "hours": "in the morning"},
        "kyiv-shelter": {"address_en": "5 Madeup St"},
        "kyiv-1500": {"kind": "castle"},
        "приклад": {"name_uk": "Зразок"},
    },
}
PAPER = """<body style="margin:0;background:#f6f5f1"><pre style="display:inline-block;margin:0;padding:14px 18px;
font:14px/19px 'DejaVu Sans Mono',monospace;color:#1c1c1c"><b>$ {command}</b>\n{said}</pre></body>"""


def sheet_words(edits: dict[str, dict[str, str]], lang: Lang) -> dict[str, dict[str, str]]:
    """The edits under the headers of this language."""
    return {name: {BY_KEY[key].header(lang): text for key, text in row.items()} for name, row in edits.items()}


async def stezhka(folder: Path, lang: Lang, *words: str, answer: str = "", code: int = 0) -> str:
    """A command as a coordinator runs it; what it said. Raises AssertionError when it ends otherwise."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "directory", *words, "--lang", lang, cwd=folder,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={
            "PATH": os.environ["PATH"], "COLUMNS": str(TERMINAL), "SECRET_KEY": SECRET,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'stezhka.db'}",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
    )  # fmt: skip
    said, _ = await process.communicate(f"{answer}\n".encode())
    assert process.returncode == code, said.decode()
    return said.decode()


async def in_calc(folder: Path, edits: dict[str, dict[str, str]], lang: Lang, picture: Path) -> None:
    """Edits the exported file in LibreOffice."""
    told = folder / "edits.json"
    told.write_text(json.dumps(sheet_words(edits, lang), ensure_ascii=False), encoding="utf-8")
    heads = [BY_KEY[f"name_{lang}" if key == "name" else key].header(lang) for key in SHOWN]
    command = [DEBIANS_PYTHON, str(CALC), str(folder / "directory.xlsx"), str(told), str(picture), *heads]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


async def draw(opened: Browser, command: str, said: str, answer: str, file: Path) -> None:
    """A terminal as a picture; the answer stands where it was typed."""
    page = await opened.new_page()
    asked = said.replace("]: ", f"]: {answer}\n", 1) if answer else said
    lines = "\n".join(line.rstrip() for line in asked.strip().splitlines())
    await page.set_content(PAPER.format(command=escape(command), said=escape(lines)))
    await page.locator("pre").screenshot(path=file)
    await page.close()


async def trimmed(file: Path) -> None:
    """Without the white of the page around it."""
    from PIL import Image, ImageChops  # noqa: PLC0415

    with Image.open(file) as page:
        drawn = page.convert("RGB")
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    assert box, "an empty picture"
    drawn.crop((max(0, box[0] - 8), max(0, box[1] - 8), box[2] + 8, box[3] + 8)).save(file)


async def changed(at: Stage, before: Directory) -> Directory:
    """What the running bot knows after it has read the directory anew."""
    await at.until(lambda: at.app.knowledge.directory is not before, SEEN_WITHIN)
    return at.app.knowledge.directory


async def centres(shown: Window) -> None:
    """A visitor in Zhytomyr asks for a centre nearby."""
    await shown.press_frame("home")
    await shown.say("Житомир")
    await shown.press(shown.word("need.day"))


async def change(at: Stage, opened: Browser, folder: Path, pictures: Path, lang: Lang) -> None:
    """One change and its way back, in one language."""
    yes = "так" if lang == "uk" else "yes"
    sample = "Денний центр (зразок)" if lang == "uk" else "Day centre (sample)"
    start = at.app.knowledge.directory
    async with window(opened, at, PHONE, lang) as shown:
        await shown.start()
        await shown.press(at.app.knowledge.world().speak(lang).label(f"lang.{lang}"))
        await stezhka(folder, lang, "export", "directory.xlsx")
        sheet = pictures / f"sheet.{lang}.png"
        await in_calc(folder, TEXTS[lang], lang, sheet)
        await trimmed(sheet)
        await centres(shown)
        assert sample not in at.live(shown.person).text
        said = await stezhka(folder, lang, "import", "directory.xlsx", answer=yes)
        await draw(opened, "stezhka directory import directory.xlsx", said, yes, pictures / f"import.{lang}.png")
        applied = await changed(at, start)
        await centres(shown)
        await shown.press(next(key for key in await shown.keys() if sample in key))
        assert "050 555 01 01" in at.live(shown.person).text
        await shown.page.screenshot(path=pictures / f"visitor.{lang}.png")
        said = await stezhka(folder, lang, "undo", answer=yes)
        await draw(opened, "stezhka directory undo", said, yes, pictures / f"undo.{lang}.png")
        await changed(at, applied)
        await centres(shown)
        assert sample not in at.live(shown.person).text
    assert at.app.knowledge.directory.services == start.services
    await stezhka(folder, lang, "export", "directory.xlsx")
    await in_calc(folder, WRONG[lang], lang, folder / "wrong.png")
    said = await stezhka(folder, lang, "import", "directory.xlsx", code=1)
    wrapped = "\n".join(part for line in said.splitlines() for part in wrap(line, TERMINAL) or [""])
    await draw(opened, "stezhka directory import directory.xlsx", wrapped, "", pictures / f"mistakes.{lang}.png")


async def play(pictures: Path) -> None:
    """Both languages, each on a bot and a database of its own."""
    configure("ERROR")
    async with browser() as opened:
        for lang in LANGS:
            clock = Hands()
            clock.now = MONDAY_NOON
            with tempfile.TemporaryDirectory() as kept:
                url = f"sqlite+aiosqlite:///{Path(kept) / 'stezhka.db'}"
                async with stage(url, Path(kept), clock) as at:
                    await change(at, opened, Path(kept), pictures, lang)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(play(target))
