"""The words of the tables as they are looked for: tens of thousands, folded in one go before they are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from flows.understand.intent.letters import english, fold, together

_DIGITS_OR_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789'_")


class Folded(dict[str, str]):
    """Words of tables as they are looked for; many are folded sooner in one go."""

    def __missing__(self, one: str) -> str:
        self.read([one])
        return self[one]

    def read(self, words: Iterable[str]) -> None:
        """Folds words that are going to be asked for."""
        latin = {one for one in words if _DIGITS_OR_LATIN.issuperset(one)}
        read = list(latin), list({*words} - latin)
        for some, folding in zip(read, (english, fold), strict=True):
            self.update(zip(some, together(folding, some), strict=True))
        self.update({one: one for one in latin if one.isdigit()})
