"""A service as the texts of a row, and a file of rows: what goes out can come back without loss."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from db.directory.phones import NotAPhone, pretty, read_phone
from db.directory.service import WARTIME, Service
from db.exchange import vocabulary as v
from db.exchange.columns import COLUMNS, DATES
from db.exchange.gazetteer import Gazetteer
from db.exchange.table import guarded
from db.exchange.vocabulary import Lang, Words

JOINT = "; "
BOM = "\ufeff"  # without it Excel reads UTF-8 as something else


def texts_of(service: Service, gazetteer: Gazetteer, lang: Lang) -> dict[str, str]:
    """Column key → text, before it is guarded. A hidden service has no point here: its town says it all."""
    place = gazetteer.places.get
    yes_no = {name: v.YES_NO.word("1" if getattr(service, name) else "0", lang) for name in (*WARTIME, "hidden")}
    dates = {name: day.isoformat() if (day := getattr(service, name)) else "" for name in DATES}
    point = {
        name: "" if service.hidden or value is None else repr(value)
        for name, value in (("lat", service.lat), ("lon", service.lon))
    }
    areas = (gazetteer.area_name(area, service.oblast_id, service.place_id, lang) for area in service.areas)
    return (
        {
            "id": service.slug,
            "kind": v.KIND.word(service.kind, lang),
            "oblast": gazetteer.name(place(service.oblast_id), lang),
            "settlement": gazetteer.name(place(service.place_id), lang),
            "district": gazetteer.name(place(service.district_id), lang),
            "serves": JOINT.join(areas),
            "phones": JOINT.join(map(spoken, service.phones)),
            "telegram": f"https://t.me/{service.telegram.lstrip('@')}" if service.telegram else "",
            "audience": _words(v.AUDIENCE, service.audience, lang),
            "languages": JOINT.join(v.LANGUAGE.word(code, lang) for code in service.languages),
            "cost": v.COST.word(service.cost, lang),
            "entry": _words(v.ENTRY, service.entry, lang),
            "access": _words(v.ACCESS, service.access, lang),
            "precision": v.PRECISION.word(service.precision, lang),
            "confidence": v.CONFIDENCE.word(service.confidence, lang),
            "verified_by": v.ROLE.word(service.verified_by, lang) if service.verified_by else "",
            "num": str(service.num),
        }
        | {name: getattr(service, name) for name in _AS_IT_IS}
        | yes_no
        | dates
        | point
    )


_AS_IT_IS = (
    "name_uk", "name_en", "address_uk", "address_en", "notes_uk", "notes_en", "website", "hours", "parent",
    "source_url",
)  # fmt: skip


def spoken(number: str) -> str:
    """A number as people write it, when that leads back to it."""
    said = pretty(number)
    try:
        return said if read_phone(said) == number else number
    except NotAPhone:
        return number


def csv_bytes(services: Iterable[Service], gazetteer: Gazetteer, lang: Lang) -> bytes:
    """A CSV file that Excel, LibreOffice and people open: UTF-8 with its mark, semicolons as in Ukraine's Excel."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header(lang) for column in COLUMNS])
    for service in services:
        texts = texts_of(service, gazetteer, lang)
        writer.writerow([guarded(texts[column.key]) for column in COLUMNS])
    return (BOM + out.getvalue()).encode()


def _words(words: Words, codes: frozenset[str], lang: Lang) -> str:
    return JOINT.join(words.word(code, lang) for code in words.codes if code in codes)
