"""Both languages are whole, agree with the code and with each other, and keep to what may be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import flows
from db.visit import LANGS, Lang
from flows.engine import World
from flows.texts import LOCALES, CatalogueError, Texts, placeholders
from tests.flows.screens import assert_balanced, keys

# How the code names a text: t("key"), t.label("key"), t.count("key", n), N_("key") in a table.
KEYWORDS = {"t": None, "label": None, "N_": None, "count": (1, 1)}
HELD_BACK = (
    "72 год", "72 hours", "судового збору", "судовий збір", "court fee", "My Pol", "Поліція 102", "126-1", "173-2",
    "смс на 102", "text 102", "text to 102", "написати на 102", "одностатев", "same-sex", "репараці", "reparation",
)  # fmt: skip
BLAME = ("чому ви", "why did", "ви повинні", "you must", "ви мусите", "треба піти", "you should leave", "самі винні")
PROMISES = ("гарантуємо", "guarantee", "ви отримаєте", "you will get", "вас врятують")


def texts_of(lang: Lang) -> Iterator[tuple[str, str]]:
    """Every key with each of its forms."""
    with (LOCALES / lang / "LC_MESSAGES" / "stezhka.po").open("rb") as source:
        for message in read_po(source, locale=lang):
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                yield from ((key, str(form)) for form in forms)


def test_the_code_and_the_catalogues_name_the_same_texts(lang: Lang) -> None:
    """No key is missing, none is left over."""
    room = Path(flows.__file__).parent
    found = extract_from_dir(str(room), [("**.py", "python")], keywords=KEYWORDS)
    named = {ids if isinstance(ids, str) else ids[0] for _, _, ids, _, _ in found}
    assert named - keys(lang) == set()
    assert keys(lang) - named == set()


def test_no_text_is_fuzzy_empty_or_unbalanced(lang: Lang) -> None:
    """A translator's doubt, a hole or an open tag never reaches a person."""
    with (LOCALES / lang / "LC_MESSAGES" / "stezhka.po").open("rb") as source:
        catalogue = read_po(source, locale=lang)
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    for key, text in texts_of(lang):
        assert text.strip(), key
        assert_balanced(text)


def test_placeholders_agree_between_languages() -> None:
    """The same names and the same phone references on both sides."""
    wanted = [{(key, name) for key, text in texts_of(lang) for name in placeholders(text)} for lang in LANGS]
    assert wanted[0] == wanted[1]
    assert ("list.near", ("n", "")) in wanted[0]


def test_plurals_follow_each_language(village: World) -> None:
    """Three forms in Ukrainian, two in English."""
    uk, en = (village.speak(lang) for lang in LANGS)
    forms = [re.search(r"варіант\w*", uk.count("list.near", n, place="Т")) for n in (1, 2, 5, 11, 21)]
    assert [form and form[0] for form in forms] == ["варіант", "варіанти", "варіантів", "варіантів", "варіант"]
    assert "1 option;" in en.count("list.near", 1, place="T")
    assert "21 options" in en.count("list.near", 21, place="T")


def test_every_phone_number_comes_from_the_directory(lang: Lang, ukraine: World) -> None:
    """No number is written in a text (checklist 19), and every reference exists."""
    for key, text in texts_of(lang):
        bare = re.sub(r"\{tel:[^}]*\}", "", text)
        assert not re.search(r"\b(?:102|103|112|116 ?123|15-?47|0 ?800)\b", bare), key
        for name, reference in placeholders(text):
            if name == "tel":
                slug, _, nth = reference.partition("/")
                assert ukraine.directory.phone(slug, int(nth or 1))


@pytest.mark.parametrize("banned", [*HELD_BACK, *BLAME, *PROMISES])
def test_nothing_held_back_blaming_or_promising_is_said(banned: str) -> None:
    """What was not verified is not said; nobody is blamed, ordered or promised a ruling (checklist 21, 23, 24)."""
    said = [key for lang in LANGS for key, text in texts_of(lang) if banned.casefold() in text.casefold()]
    assert said == []


def test_the_visitor_is_never_gendered() -> None:
    """No double endings and no past tense in the singular about "ви"."""
    doubled = re.compile(r"\w\((?:а|ла|на|ій|ий)\)|\w/(?:ла|а|на)\b")
    single = re.compile(r"\bви (?:\w+ )?(?:\w+(?:ила|ала|іла|ила|ив|ав|ів))\b", re.IGNORECASE)
    assert [key for key, text in texts_of("uk") if doubled.search(text) or single.search(text)] == []


def test_ukrainian_uses_one_apostrophe_and_no_foreign_letters() -> None:
    """Typography by one rule, and no ы, э, ё, ъ."""
    for key, text in texts_of("uk"):
        assert "'" not in text, key
        assert not set("ыэёъЫЭЁЪ") & set(text), key


def _compiled(tmp_path: Path, **po: str) -> Path:
    for lang, text in po.items():
        folder = tmp_path / lang / "LC_MESSAGES"
        folder.mkdir(parents=True)
        source = folder / "stezhka.po"
        source.write_text(text, encoding="utf-8")
        with source.open("rb") as opened, (folder / "stezhka.mo").open("wb") as out:
            write_mo(out, read_po(opened, locale=lang))
    return tmp_path


GOOD = 'msgid "a"\nmsgstr "one {n}"\n'


@pytest.mark.parametrize(
    ("uk", "fault"),
    [
        ('msgid "b"\nmsgstr "two"\n', "one language only"),
        ('msgid "a"\nmsgstr "один {m}"\n', "other placeholders"),
        ('msgid "a"\nmsgstr "один {n"\n', "'a' in 'uk'"),
    ],
)
def test_a_start_with_an_unusable_catalogue_is_refused(uk: str, fault: str, tmp_path: Path) -> None:
    """One clear line that names the key, before the first person reads a broken text."""
    with pytest.raises(CatalogueError, match=fault):
        Texts(_compiled(tmp_path, uk=uk, en=GOOD))


def test_a_start_without_compiled_catalogues_says_what_to_do(tmp_path: Path) -> None:
    """The message holds the command."""
    with pytest.raises(CatalogueError, match="make messages"):
        Texts(tmp_path)
    assert Texts(_compiled(tmp_path, uk=GOOD, en=GOOD))


def test_sentences_are_short_enough_to_read_in_a_hurry(lang: Lang) -> None:
    """A text is read by somebody with one eye on the door: sentences of nine words on the whole, fourteen in any text,
    and none longer than thirty (checklist 29)."""
    lengths: dict[str, list[int]] = {}
    for key, text in texts_of(lang):
        plain = re.sub(r"<[^>]+>|\{[^}]*\}", "x", text)
        sentences = [part.split() for part in re.split(r"[.!?:;]+\s+|\n+", plain)]
        lengths[key] = [len(words) for words in sentences if words]
    everything = [length for found in lengths.values() for length in found]
    assert sum(everything) / len(everything) <= 9
    for key, found in lengths.items():
        assert max(found, default=0) <= 30, key
        assert sum(found) / max(len(found), 1) <= 14, key
