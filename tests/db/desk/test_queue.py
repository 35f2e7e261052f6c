"""Who is next: urgent first, then by waiting; nobody starves and nobody becomes urgent by waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from db.desk.case import Case, Urgency
from db.desk.naming import PRACTICE
from db.desk.queue import order, place_of, standing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def case(number: int, urgency: Urgency = Urgency.SOON, minutes: float = 0, **changes: object) -> Case:
    """A case that has waited so long."""
    since = NOW - timedelta(minutes=minutes)
    made = Case(
        id=number, chat=bytes(16), code=f"🥝 Kivi {number}", desk=1, kind="chat", lang="uk", region=0, topic="talk",
        who="self", urgency=urgency, flagged=False, state="waiting", operator=0, lease_until=None, opened_at=since,
        waiting_since=since, taken_at=None, wrote_last="visitor", wrote_at=since, visitor="here", media=False,
        worded=False, proved=False, tries=0, card=0, keep_from=None, keep_to=None, told=0, closed_at=None,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


cases = st.lists(
    st.builds(
        case,
        number=st.integers(1, 10_000),
        urgency=st.sampled_from(Urgency),
        minutes=st.floats(0, 600),
        flagged=st.booleans(),
        state=st.sampled_from(["waiting", "taken", "kept"]),
    ),
    max_size=30,
    unique_by=lambda one: one.id,
)


@given(cases)
def test_urgent_is_never_overtaken_and_equal_ones_go_by_waiting(waiting: list[Case]) -> None:
    """Checklist 46, over all mixtures."""
    queue = order(waiting, NOW)
    assert {one.id for one in queue} == {one.id for one in waiting if one.state == "waiting"}
    for earlier, later in pairwise(queue):
        assert standing(earlier, NOW) <= standing(later, NOW)
        if standing(earlier, NOW) == standing(later, NOW):
            assert earlier.waiting_since <= later.waiting_since
    urgent = [one for one in queue if one.flagged or one.urgency == Urgency.URGENT]
    assert queue[: len(urgent)] == urgent


@given(cases, st.floats(20, 600))
def test_nobody_starves(waiting: list[Case], minutes: float) -> None:
    """A calm person who has waited 20 minutes is before everybody who came later, the urgent excepted."""
    calm = case(20_000, Urgency.CALM, minutes)
    queue = order([*waiting, calm], NOW)
    before = queue[: queue.index(calm)]
    assert all(standing(one, NOW) == Urgency.URGENT or one.waiting_since <= calm.waiting_since for one in before)


def test_waiting_never_makes_urgent() -> None:
    """A day of waiting makes nobody urgent; a flag does, whatever was said at the beginning."""
    old, urgent = case(1, Urgency.CALM, 24 * 60), case(2, Urgency.URGENT, 0)
    flagged = case(3, Urgency.CALM, 1, flagged=True)
    assert order([old, urgent, flagged], NOW) == [flagged, urgent, old]


def test_places_are_counted_among_the_waiting() -> None:
    """The next one has place 1; who does not wait has none."""
    first, second, taken = case(1, minutes=9), case(2, minutes=5), case(3, minutes=50, state="taken", operator=1)
    assert [place_of(one, [taken, second, first], NOW) for one in (first, second, taken)] == [1, 2, 0]


def test_what_is_practised_comes_after_everybody() -> None:
    """However urgent it is played: nobody real waits behind it, and nobody is told so."""
    played = case(1, Urgency.URGENT, 30, code=f"{PRACTICE} Kivi Nova")
    calm = case(2, Urgency.CALM, 1)
    assert order([played, calm], NOW) == [calm, played]


def test_who_blocked_the_bot_takes_nobodys_place() -> None:
    """A chat nobody can answer is not offered; a call-back and a flagged case are."""
    silent = case(1, minutes=9, visitor="blocked")
    call = case(2, minutes=8, visitor="blocked", kind="callback")
    flagged = case(3, minutes=7, visitor="blocked", flagged=True)
    assert order([silent, call, flagged], NOW) == [flagged, call]
