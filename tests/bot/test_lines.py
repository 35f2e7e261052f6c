"""Who goes first, and what an exit does to those who wait and to what is in flight."""

from datetime import UTC, datetime, timedelta

from bot.lines import Line, Lines
from db.outbox import Kind, Lane, Order, Row

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORDER = Order()
ANNA, BOHDAN = b"a" * 16, b"b" * 16


def row(chat: bytes, lane: Lane = Lane.REPLY, kind: Kind = Kind.REDRAW) -> Row:
    return Row(ORDER.next(NOW), lane, chat, kind, 1, {}, NOW, NOW + timedelta(minutes=1))


def ready(lines: Lines, lane: Lane, now: float = 0) -> list[Row]:
    """Takes everything that may go in a lane."""
    taken = []
    for line, one in lines.ready(lane, now):
        lines.take(line, one)
        taken.append(one)
    return taken


def line_of(lines: Lines, chat: bytes) -> Line:
    return lines._lines[chat]


def test_a_chat_is_served_in_order_one_at_a_time() -> None:
    """The second row of a chat waits until the first is done."""
    lines = Lines()
    first, second = row(ANNA), row(ANNA, kind=Kind.DELETE)
    lines.add(first)
    lines.add(second)
    assert ready(lines, Lane.REPLY) == [first]
    assert ready(lines, Lane.REPLY) == []
    assert lines.finish(line_of(lines, ANNA), first) == [first]
    assert ready(lines, Lane.REPLY) == [second]


def test_chats_do_not_wait_for_each_other() -> None:
    """Different people are served side by side, in the order they came."""
    lines = Lines()
    rows = [row(ANNA), row(BOHDAN)]
    for one in rows:
        lines.add(one)
    assert ready(lines, Lane.REPLY) == rows


def test_an_answer_to_a_tap_needs_no_order() -> None:
    """The spinner of a second tap stops while the first redraw is in flight."""
    lines = Lines()
    redraw, answer = row(ANNA), row(ANNA, kind=Kind.OTHER)
    lines.add(redraw)
    lines.add(answer)
    assert ready(lines, Lane.REPLY) == [redraw, answer]


def test_an_answer_that_is_done_does_not_take_the_line_of_its_chat_along() -> None:
    """While a redraw is in flight its line stays known, so that an exit can mark it stale."""
    lines = Lines()
    lines.add(row(ANNA))
    lines.add(row(ANNA, kind=Kind.OTHER))
    for line, one in lines.ready(Lane.REPLY, 0):
        lines.take(line, one)
        if one.kind is Kind.OTHER:
            lines.finish(line, one)
    assert line_of(lines, ANNA).running


def test_an_exit_goes_past_a_call_in_flight() -> None:
    """Exit does not wait for anything, not even for its own chat."""
    lines = Lines()
    lines.add(redraw := row(ANNA))
    assert ready(lines, Lane.REPLY) == [redraw]
    lines.leave([ANNA])
    lines.add(cover := row(ANNA, Lane.EXIT))
    assert ready(lines, Lane.EXIT) == [cover]


def test_what_waited_is_dropped_by_an_exit() -> None:
    """Nothing queued before an exit is sent after it."""
    lines = Lines()
    lines.add(row(ANNA))
    lines.add(row(ANNA, kind=Kind.DELETE))
    lines.leave([ANNA])
    assert ready(lines, Lane.REPLY) == []
    assert lines.waiting == 0


def test_a_cover_sent_past_a_call_in_flight_is_sent_again_after_it() -> None:
    """A stale edit may land after the cover: the cover goes once more, and only then is it settled."""
    lines = Lines()
    lines.add(stale := row(ANNA))
    ready(lines, Lane.REPLY)
    line = line_of(lines, ANNA)
    lines.leave([ANNA])
    lines.add(cover := row(ANNA, Lane.EXIT))
    ready(lines, Lane.EXIT)
    assert lines.finish(line, cover) == []
    assert ready(lines, Lane.EXIT) == []
    assert lines.finish(line, stale) == [stale]
    assert ready(lines, Lane.EXIT) == [cover]
    assert lines.finish(line, cover) == [cover]
    assert lines.waiting == 0


def test_a_stale_call_that_ends_first_also_brings_the_cover_again() -> None:
    """Whichever of the two ends first, the cover is what was sent last."""
    lines = Lines()
    lines.add(stale := row(ANNA))
    ready(lines, Lane.REPLY)
    line = line_of(lines, ANNA)
    lines.leave([ANNA])
    lines.add(cover := row(ANNA, Lane.EXIT))
    ready(lines, Lane.EXIT)
    assert lines.finish(line, stale) == [stale]
    assert lines.finish(line, cover) == []
    assert ready(lines, Lane.EXIT) == [cover]


def test_a_stale_call_is_not_tried_again() -> None:
    """A redraw that failed after its visitor left is not repeated."""
    lines = Lines()
    lines.add(stale := row(ANNA))
    ready(lines, Lane.REPLY)
    line = line_of(lines, ANNA)
    lines.leave([ANNA])
    lines.retry(line, stale, 0)
    assert ready(lines, Lane.REPLY) == []


def test_a_refused_row_waits_and_keeps_its_place() -> None:
    """After a pause the same row goes before what came later."""
    lines = Lines()
    lines.add(first := row(ANNA))
    lines.add(row(ANNA, kind=Kind.DELETE))
    ready(lines, Lane.REPLY)
    lines.retry(line_of(lines, ANNA), first, 5)
    lines.wake(4)
    assert ready(lines, Lane.REPLY, 4) == []
    lines.wake(5)
    assert ready(lines, Lane.REPLY, 5) == [first]


def test_an_exit_does_not_wait_for_a_pause_another_call_earned() -> None:
    """A 429 for a redraw does not delay the first call of an exit."""
    lines = Lines()
    lines.add(first := row(ANNA))
    ready(lines, Lane.REPLY)
    lines.retry(line_of(lines, ANNA), first, 60)
    lines.leave([ANNA])
    lines.add(cover := row(ANNA, Lane.EXIT))
    assert ready(lines, Lane.EXIT, 1) == [cover]


def test_a_newer_redraw_replaces_the_one_that_waits() -> None:
    """At most one redraw of a chat waits."""
    lines = Lines()
    lines.add(row(BOHDAN))
    ready(lines, Lane.REPLY)
    lines.add(old := row(BOHDAN))
    assert lines.redraws(BOHDAN, 0) == [old.id]
    lines.replace({old.id}, [BOHDAN])
    assert lines.redraws(BOHDAN, 0) == []
    assert lines.waiting == 0


def test_a_wipe_does_not_wait_for_its_cover() -> None:
    """Both are under way at once, the cover first; two wipes of a chat go one after the other, newest first."""
    lines = Lines()
    cover = row(ANNA, Lane.EXIT)
    newer, older = (row(ANNA, Lane.EXIT, Kind.DELETE) for _ in range(2))
    for one in (cover, newer, older):
        lines.add(one)
    assert ready(lines, Lane.EXIT) + ready(lines, Lane.EXIT) + ready(lines, Lane.EXIT) == [cover, newer]
    lines.retry(line_of(lines, ANNA), cover, 1)
    lines.finish(line_of(lines, ANNA), newer)
    lines.wake(1)
    assert ready(lines, Lane.EXIT, 1) + ready(lines, Lane.EXIT, 1) == [cover, older]


def test_a_wipe_does_not_wait_for_a_refused_cover() -> None:
    """Telegram asks to wait before the wipe could be started: the cover waits, the wipe is tried. Both have been
    refused: each goes when its own pause is over, and nothing else of the chat before."""
    lines = Lines()
    cover, wipe = row(ANNA, Lane.EXIT), row(ANNA, Lane.EXIT, Kind.DELETE)
    for one in (cover, wipe):
        lines.add(one)
    line, first = next(lines.ready(Lane.EXIT, 0))
    lines.take(line, first)
    assert first is cover
    lines.retry(line, cover, 3)
    assert ready(lines, Lane.EXIT, 1) == [wipe]
    lines.retry(line, wipe, 2)
    lines.add(screen := row(ANNA))
    assert ready(lines, Lane.EXIT, 1) == []
    lines.wake(2)
    assert ready(lines, Lane.EXIT, 2) == [wipe]
    lines.finish(line, wipe)
    lines.wake(3)
    assert ready(lines, Lane.EXIT, 3) == [cover]
    lines.finish(line, cover)
    assert ready(lines, Lane.REPLY, 3) == [screen]
    assert not line.refused


def test_an_exit_lifts_what_a_fade_still_had_to_clear() -> None:
    """The rest of the line is dropped; those rows are handed back, for the exit's own lane."""
    lines = Lines()
    cover, wipe = row(ANNA, Lane.BACKGROUND), row(ANNA, Lane.BACKGROUND, Kind.DELETE)
    for one in (cover, wipe, row(ANNA), row(ANNA, kind=Kind.ANNOUNCE)):
        lines.add(one)
    assert lines.leave([ANNA]) == [cover, wipe]
    assert (cover.lane, wipe.lane, lines.waiting) == (Lane.EXIT, Lane.EXIT, 0)


def test_a_fade_keeps_what_is_to_be_announced() -> None:
    """And what an earlier fade still had to clear; a redraw of the faded visit is dropped."""
    lines = Lines()
    wipe, line = row(ANNA, Lane.BACKGROUND, Kind.DELETE), row(ANNA, kind=Kind.ANNOUNCE)
    for one in (wipe, row(ANNA), line):
        lines.add(one)
    lines.fade([ANNA])
    assert list(line_of(lines, ANNA).rows) == [wipe, line]
    assert lines.waiting == 2


def test_a_wipe_in_flight_is_tried_again_after_an_exit() -> None:
    """Only what would show something is given up when its visitor leaves."""
    lines = Lines()
    lines.add(wipe := row(ANNA, Lane.BACKGROUND, Kind.DELETE))
    ready(lines, Lane.BACKGROUND)
    line = line_of(lines, ANNA)
    lines.leave([ANNA])
    assert not line.stale
    lines.retry(line, wipe, 0)
    lines.wake(0)
    assert ready(lines, Lane.BACKGROUND) == [wipe]
