"""Opening hours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.directory.hours import HoursError, check_hours
from db.directory.spoken_hours import DAYS, read_hours
from db.directory.starting import starting_services

SPOKEN = {
    "": "",
    "цілодобово": "24/7",
    "Цілодобово, щодня": "24/7",
    "24 години на добу": "24/7",
    "round the clock": "24/7",
    "Пн-Пт 9-18": "Mo-Fr 09:00-18:00",
    "Пн-Пт 9-18, сб 10:00-14:00": "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
    "пн–чт: 8:00 – 17:15; пт 8:00 – 16:00; обід 12:00–13:00": (
        "Mo-Th 08:00-12:00,13:00-17:15; Fr 08:00-12:00,13:00-16:00"
    ),
    "пн, ср, пт 9.00–17.00": "Mo,We,Fr 09:00-17:00",
    "понеділок – п'ятниця з 8 до 17, перерва з 12 до 13": "Mo-Fr 08:00-12:00,13:00-17:00",
    "з понеділка по п’ятницю з 9 до 18": "Mo-Fr 09:00-18:00",
    "сб, нд - вихідні; пн-пт 9-18": "Mo-Fr 09:00-18:00",
    "Пн.-Пт. 8:00-17:00, вихідні: сб, нд": "Mo-Fr 08:00-17:00",
    "щодня крім неділі 10-20": "Mo-Sa 10:00-20:00",
    "щодня 10-20, крім неділі": "Mo-Sa 10:00-20:00",
    "будні 09-00 до 18-00": "Mo-Fr 09:00-18:00",
    "9-18 пн-пт": "Mo-Fr 09:00-18:00",
    "9-18": "Mo-Su 09:00-18:00",
    "Пн-Нд 14:00-06:00": "Mo-Su 14:00-06:00",
    "Пн-Пт 9-18; нд цілодобово": "Mo-Fr 09:00-18:00; Su 00:00-24:00",
    "пт-пн 9-12": "Mo,Fr-Su 09:00-12:00",
    "Понеділок: 09:00-18:00\nВівторок: 09:00-18:00": "Mo 09:00-18:00; Tu 09:00-18:00",
    "Monday to Friday 9:00 to 17:00, Saturday 10-14": "Mo-Fr 09:00-17:00; Sa 10:00-14:00",
}
UNREADABLE = (
    "зранку", "пн-пт 9-18 за записом", "пн-пт", "25-30", "Пн-Пт 18-18", "нд: вихідний", "крім неділі", "9",
    "Пн-Пт 9:75-18",
)  # fmt: skip
CONTRADICTING = (
    "Пн-Пт 9-18, сб 10:00-14:00, цілодобово", "Пн-Пт 8-17, пт 8-16", "пн 9-18, пн 10-12", "9-18, сб 10-14",
    "Пн-Пт 8:00-17:00 без вихідних", "пн-пт 9-18, 10-12",
)  # fmt: skip


@pytest.mark.parametrize(("spoken", "written"), SPOKEN.items())
def test_what_people_write_is_understood(spoken: str, written: str) -> None:
    """In Ukrainian and in English, with every kind of dash; what comes out can be read and read again."""
    assert read_hours(spoken) == written
    assert read_hours(written) == written
    check_hours(written)


@pytest.mark.parametrize("spoken", UNREADABLE)
def test_what_is_not_understood_is_refused(spoken: str) -> None:
    """Nothing is guessed, and the word that was not understood is said."""
    with pytest.raises(HoursError, match="not opening hours"):
        read_hours(spoken)


@pytest.mark.parametrize("spoken", CONTRADICTING)
def test_contradictions_are_refused(spoken: str) -> None:
    """Hours that say two things would send somebody to a closed door."""
    with pytest.raises(HoursError, match="contradict"):
        read_hours(spoken)


def test_the_starting_hours_stay_as_they_are() -> None:
    """What is in OpenStreetMap's syntax is not touched."""
    hours = {service.hours for service in starting_services()}
    assert {read_hours(each) for each in hours} == hours


@given(st.text(alphabet="пнвтсрчдбщоягзо -–:;,.0123456789крімцілобу", max_size=40))
def test_any_text_is_hours_or_refused(text: str) -> None:
    """Whatever is typed: hours that the bot can read, or a refusal."""
    try:
        read = read_hours(text)
    except HoursError:
        return
    check_hours(read)


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 22 * 60),
    st.integers(1, 119),
)
def test_days_and_times_survive(days: set[int], begin: int, minutes: int) -> None:
    """Any days with any hours, said day by day, come out with exactly those days and hours."""
    spoken_days = ("пн", "вт", "ср", "чт", "пт", "сб", "нд")
    clock = [f"{at // 60}:{at % 60:02d}" for at in (begin, begin + minutes)]
    read = read_hours(f"{', '.join(spoken_days[day] for day in sorted(days))} {'-'.join(clock)}")
    named, _, times = read.partition(" ")
    runs = [run.partition("-")[::2] for run in named.split(",")]
    unrolled = {
        day for first, last in runs for day in range(DAYS.index(first), DAYS.index(last or first) + 1)
    }  # fmt: skip
    assert unrolled == days
    assert [part.lstrip("0") for part in times.split("-")] == [
        part.lstrip("0") for part in ("0" + clock[0], "0" + clock[1])
    ]
