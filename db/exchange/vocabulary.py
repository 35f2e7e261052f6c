"""Words that cells are chosen from, in both languages. A cell may hold either language's word or the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Lang = Literal["uk", "en"]


class Words:
    """Codes, each with its Ukrainian and its English word."""

    def __init__(self, pairs: Mapping[str, tuple[str, str]]) -> None:
        self.codes = tuple(pairs)
        self._pairs = dict(pairs)
        self._by_word = {_plain(text): code for code, pair in pairs.items() for text in (code, *pair)}

    def word(self, code: str, lang: Lang) -> str:
        """The word for a code; a code without a word (a rare language) stands for itself."""
        pair = self._pairs.get(code)
        return code if pair is None else pair[0 if lang == "uk" else 1]

    def code(self, text: str) -> str | None:
        """The code that a cell means, None when it means none. Case, spaces and the kind of apostrophe do not
        matter."""
        return self._by_word.get(_plain(text))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("ʼ", "'").split())


KIND = Words(
    {
        "helpline": ("гаряча лінія", "helpline"),
        "day_center": ("денний центр", "day centre"),
        "shelter": ("притулок", "shelter"),
        "crisis_room": ("кризова кімната", "crisis room"),
        "mobile_team": ("мобільна бригада", "mobile team"),
        "legal_aid": ("правнича допомога", "legal aid"),
        "counselling": ("консультування", "counselling"),
        "medical": ("медична допомога", "medical help"),
        "police": ("поліція", "police"),
        "children_service": ("служба у справах дітей", "children's service"),
        "employment": ("зайнятість", "employment"),
        "anti_trafficking": ("протидія торгівлі людьми", "anti-trafficking"),
        "relief_center": ("центр допомоги врятованим", "relief centre"),
        "military_family": ("родинам військових", "military families"),
        "perpetrator_programme": ("програма для кривдників", "perpetrator programme"),
        "social_services": ("соціальні служби", "social services"),
        "other": ("інше", "other"),
    }
)
AUDIENCE = Words(
    {
        "all": ("усі", "everyone"),
        "women": ("жінки", "women"),
        "men": ("чоловіки", "men"),
        "children": ("діти", "children"),
        "lgbtq": ("ЛГБТК+", "LGBTQ+"),
        "disability": ("люди з інвалідністю", "people with disabilities"),
        "military_family": ("родини військових", "military families"),
        "older": ("старші люди", "older people"),
        "trafficking": ("постраждалі від торгівлі людьми", "survivors of trafficking"),
        "crsv": ("постраждалі від СНПК", "survivors of CRSV"),
    }
)
COST = Words(
    {
        "free": ("безоплатно", "free"),
        "partly": ("частково платно", "partly paid"),
        "paid": ("платно", "paid"),
        "unknown": ("невідомо", "unknown"),
    }
)
ENTRY = Words(
    {
        "own_request": ("за власним зверненням", "own request"),
        "referral": ("за направленням", "referral"),
        "police": ("через поліцію", "through the police"),
        "court": ("за рішенням суду", "court order"),
    }
)
ACCESS = Words(
    {
        "step_free": ("без сходів", "step-free"),
        "lift": ("ліфт", "lift"),
        "toilet": ("доступна вбиральня", "accessible toilet"),
        "sign_language": ("жестова мова", "sign language"),
        "written": ("можна писати", "in writing"),
        "home_visit": ("приїдуть додому", "home visit"),
    }
)
PRECISION = Words(
    {
        "": ("без точки", "no point"),
        "building": ("будинок", "building"),
        "street": ("вулиця", "street"),
        "district": ("район", "district"),
        "settlement": ("населений пункт", "settlement"),
    }
)
CONFIDENCE = Words({"high": ("висока", "high"), "medium": ("середня", "medium"), "low": ("низька", "low")})
ROLE = Words(
    {
        "coordinator": ("координатор", "coordinator"),
        "supervisor": ("супервізор", "supervisor"),
        "operator": ("оператор", "operator"),
        "volunteer": ("волонтер", "volunteer"),
    }
)
YES_NO = Words({"1": ("так", "yes"), "0": ("ні", "no")})
_YES = {"1", "так", "т", "yes", "y", "true", "істина", "+"}
_NO = {"0", "ні", "н", "no", "n", "false", "хибність", "-", ""}
LANGUAGE = Words(
    {
        "uk": ("українська", "Ukrainian"),
        "en": ("англійська", "English"),
        "ru": ("російська", "Russian"),
        "pl": ("польська", "Polish"),
        "ro": ("румунська", "Romanian"),
        "hu": ("угорська", "Hungarian"),
        "crh": ("кримськотатарська", "Crimean Tatar"),
        "rom": ("ромська", "Romani"),
        "de": ("німецька", "German"),
        "fr": ("французька", "French"),
        "ukl": ("українська жестова", "Ukrainian Sign Language"),
    }
)
AREA = Words(
    {
        "national": ("вся Україна", "all Ukraine"),
        "oblast": ("область", "oblast"),
        "community": ("громада", "community"),
        "settlement": ("населений пункт", "settlement"),
        "district": ("район", "district"),
    }
)


def yes_or_no(text: str) -> bool | None:
    """A cell of yes or no; None when it is neither."""
    wanted = _plain(text)
    return True if wanted in _YES else False if wanted in _NO else None
