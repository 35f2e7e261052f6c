"""From the mentions of a text to the places offered: what narrows what, and which of several she means."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from db.places.place import Place
from db.places.places import Places, distance_km
from flows.understand.places import everyday as say
from flows.understand.places.around import LARGE, Surroundings
from flows.understand.places.candidate import MOST, Candidate
from flows.understand.places.folding import spelled
from flows.understand.places.here import claim
from flows.understand.places.lexicon import weight
from flows.understand.places.making import CITY, TOWN
from flows.understand.places.mentions import FORMERLY, Mention

KYIV, KYIV_OBLAST = 12, 13
NEARBY_KM = 60.0  # a village is told by a city that is as near as this
CENTRE = 100_000  # people: a city whose name may stand for its oblast
RESPELLED = 0.97
NAMESAKE = 0.64  # weight of a town of 14,000 people: the most for who bore the name once, beside who bears it now
APART = 2  # words at most between a name and what explains it


class Choice:
    """Narrows mentions by each other, in place, and chooses."""

    def __init__(self, mentions: list[Mention], around: Surroundings, places: Places) -> None:
        self.mentions, self.around, self.places = mentions, around, places
        self.explained: set[int] = set()  # indices of mentions that something else confirms
        self.context: set[int] = set()  # indices of those that only explain

    def best(self) -> list[Candidate]:
        """What the best of the believed mentions may mean, best first."""
        self._narrow()
        believed = [
            at
            for at, mention in enumerate(self.mentions)
            if at not in self.context and (at in self.explained or mention.guessed or self.around.believes(mention))
        ]
        if not believed:
            return []
        names = [at for at in believed if not self._is_region(self.mentions[at])] or believed
        return self._ranked(self.mentions[max(names, key=lambda at: (self._claim(at), -at))])

    def _narrow(self) -> None:
        """Lets "село", regions, raions and cities tell namesakes apart."""
        for at, mention in enumerate(self.mentions):
            if self.around.is_called_village(mention):
                self._keep(at, lambda place: place.kind == "settlement" and place.population < CITY)
            if self._is_region(mention):
                self._by_region(at)
        for left in range(len(self.mentions) - 1):
            if not self._gap(left):
                self._by_neighbour(left, left + 1)
            elif not self.around.is_denied(self.mentions[left]):
                self._by_city(left, left + 1)

    def _claim(self, at: int) -> float:
        since = self.mentions[at - 1].end if at else 0
        until = self.mentions[at + 1].start if at + 1 < len(self.mentions) else len(self.around.row)
        return claim(self.around, self.mentions[at], since, until)

    def _ranked(self, mention: Mention) -> list[Candidate]:
        found = [
            Candidate(
                place,
                round(
                    self._spelled(mention, place)
                    * fit
                    * (0.55 + 0.45 * self._weight(place, fit, max(mention.fits.values()))),
                    4,
                ),
            )
            for place_id, fit in mention.fits.items()
            if (place := self.places.get(place_id))
        ]
        found.sort(key=lambda one: (-one.score, one.place.id))
        return found[:MOST]

    def _spelled(self, mention: Mention, place: Place) -> float:
        """1 for the very letters of today's name, a little less for another spelling of its sound."""
        typed = "".join(token.text for token in self.around.row[mention.start : mention.end])
        return 1.0 if typed == "".join(spelled(place.name_uk)) else RESPELLED

    def _weight(self, place: Place, fit: float, best: float) -> float:
        """A great city that once bore a village's name does not push the village aside."""
        likely = weight(place, self.places)
        return min(likely, NAMESAKE) if fit <= best * FORMERLY and place.kind == "settlement" else likely

    # --- narrowing -------------------------------------------------------------------------------------------

    def _by_region(self, at: int) -> None:
        region = self.mentions[at]
        others = [other for other in range(len(self.mentions)) if not self._is_region(self.mentions[other])]
        for other in sorted(others, key=lambda other: abs(other - at)):
            beside = abs(other - at) == 1 and not self._gap(min(at, other))
            if not (region.marked or beside):
                continue
            if self._keep(other, lambda place: place.oblast_id in region.fits or _around_kyiv(place, region.fits)):
                self.explained.add(other)
                self.context.add(at)
            elif beside and self.around.people(self.mentions[other]) < LARGE:
                # No such name there that we know: the region is surer than a namesake elsewhere.
                self.mentions[other].fits |= region.fits
                self.explained.add(other)
                self.context.add(at)

    def _by_neighbour(self, left: int, right: int) -> None:
        if self._by_city(left, right):
            return
        known = set(self.mentions[left].fits)
        if self._keep(right, lambda place: place.id in known):
            self._settle(right, left)
            return
        for one, other in ((left, right), (right, left)):
            if self._is_raion(other) and self._within(one, self._places(other)):
                self._settle(one, other)
                return
        for one, other in ((left, right), (right, left)):
            settlements = [place for place in self._places(other) if place.kind == "settlement"]
            if self._told_by(one, settlements[:MOST]):
                self._settle(one, other)
                return

    def _by_city(self, left: int, right: int) -> bool:
        """Whether one is a part of the other, which says which part it is: "в харькове живу на салтовке"."""
        for one, other in ((left, right), (right, left)):
            cities = {place.id for place in self._places(other)}
            if self._keep(one, lambda place, cities=cities: place.city_id in cities):  # type: ignore[misc]
                self._settle(one, other)
                return True
        return False

    def _is_raion(self, at: int) -> bool:
        """Whether it is a raion or a community, which stands for the town it is named after."""
        mention = self.mentions[at]
        words = {self.around.row[each].text for each in range(mention.start, mention.end)}
        return not words.isdisjoint(say.DISTRICT_WORDS)

    def _within(self, one: int, centres: Sequence[Place]) -> bool:
        """Whether one of the namesakes is as near to the town of a raion as its villages are."""
        towns = [centre for centre in centres if centre.kind == "settlement"]

        def is_near(place: Place) -> bool:
            return any(0 < distance_km(place.lat, place.lon, town.lat, town.lon) < NEARBY_KM for town in towns)

        return self._keep(one, is_near)

    def _told_by(self, one: int, cities: Sequence[Place]) -> bool:
        """Whether a greater city beside it says which of the namesakes is meant."""
        for city in sorted(cities, key=lambda city: -city.population):

            def is_near(place: Place, city: Place = city) -> bool:
                near = distance_km(place.lat, place.lon, city.lat, city.lon) < NEARBY_KM
                known = near and city.population >= TOWN
                return place.kind == "settlement" and known and place.population * 3 < city.population

            def shares_oblast(place: Place, city: Place = city) -> bool:
                mine = place.kind == "settlement" and place.oblast_id == city.oblast_id
                return mine and city.population >= CENTRE and place.population * 3 < city.population

            if self._keep(one, is_near) or self._keep(one, shares_oblast):
                return True
        return False

    def _keep(self, at: int, wanted: Callable[[Place], bool]) -> bool:
        """Leaves in a mention what is wanted; nothing changes when nothing is."""
        mention = self.mentions[at]
        kept = {place.id: mention.fits[place.id] for place in self._places(at) if wanted(place)}
        if kept:
            mention.fits = kept
        return bool(kept)

    def _settle(self, one: int, other: int) -> None:
        self.explained.add(one)
        self.context.add(other)
        self.context.discard(one)

    def _places(self, at: int) -> list[Place]:
        return [place for place_id in self.mentions[at].fits if (place := self.places.get(place_id))]

    def _is_region(self, mention: Mention) -> bool:
        return all((place := self.places.get(at)) and place.kind == "oblast" for at in mention.fits)

    def _gap(self, left: int) -> bool:
        """Whether words between this mention and the next keep them from explaining each other."""
        start, end = self.mentions[left].end, self.mentions[left + 1].start
        if end - start > APART + 2 or self.around.is_denied(self.mentions[left]):
            return True
        return any(start <= at < end for at in self.around.untold) or self.around.separates(start, end)


def _around_kyiv(place: Place, oblasts: Container[int]) -> bool:
    return place.oblast_id == KYIV and KYIV_OBLAST in oblasts
