"""Finding help: from a need and a place to a service, the way there, and words to pass on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.directory.directory import Directory
from db.places.places import Places
from db.visit import Lang
from flows.decide import decide
from flows.engine import Action, AskLocation, Screen, Tapped, Typed, World, go
from tests.flows.screens import addresses, assert_proper, buttons, tap
from tests.flows.village import FAR, HAMLET, METRO, PLACES, PLAIN, SERVICES, SMALL, TAKEN, somebody


def shown(action: Action, world: World, lang: Lang = "uk") -> Screen:
    """The screen at an address."""
    screen = decide(Tapped(action), somebody(lang), world).screen
    assert screen is not None
    return screen


def listed(world: World, need: str, place: int, lang: Lang = "uk") -> str:
    """All pages of a list as one text."""
    texts, page = [], 0
    while (screen := shown(go("find.list", need, place, page), world, lang)).text not in texts:
        texts.append(screen.text)
        page += 1
    return "\n".join(texts)


# --- how far it is ---------------------------------------------------------------------------------------


def test_three_taps_from_home_to_a_service_when_the_place_is_typed(ukraine: World, lang: Lang) -> None:
    """Need, place typed, card: no more than three taps."""
    visit, taps = somebody(lang), 0
    reply = decide(Tapped(go("home")), visit, ukraine)
    for address in (go("find"), go("find.where", "stay")):
        assert address in addresses(reply.screen or pytest.fail("no screen"))
        reply, taps = decide(Tapped(address), reply.visit, ukraine), taps + 1
    reply = decide(Typed("Житомир"), reply.visit, ukraine)
    card = next(a for a in addresses(reply.screen or pytest.fail("no screen")) if a.name == "find.card")
    reply, taps = decide(Tapped(card), reply.visit, ukraine), taps + 1
    assert taps == 3
    assert "063 354 65 20" in (reply.screen.text if reply.screen else "")


@pytest.mark.parametrize(("oblast", "town"), [(27, 686967), (12, 703448), (18, 704147)])
def test_five_taps_from_home_to_a_service_by_lists(oblast: int, town: int, ukraine: World, lang: Lang) -> None:
    """Need, oblast, town or district, card: at most five taps, also in Kyiv with its districts."""
    path = [go("find"), go("find.where", "stay"), go("find.towns", "stay", oblast, 0), go("find.list", "stay", town, 0)]
    screen = shown(go("home"), ukraine, lang)
    for address in path:
        assert address in addresses(screen)
        screen = shown(address, ukraine, lang)
    assert len(path) + 1 <= 5
    assert any(address.name == "find.card" for address in addresses(screen))


def test_kyiv_is_chosen_by_district(ukraine: World) -> None:
    """A city that is an oblast by itself offers its ten districts and itself as a whole."""
    screen = shown(go("find.towns", "stay", 12, 0), ukraine)
    lists = [address for address in addresses(screen) if address.name == "find.list"]
    assert len(lists) == 11
    assert lists[0] == go("find.list", "stay", 703448, 0)


# --- where -----------------------------------------------------------------------------------------------


def test_a_location_is_never_asked_for_before_its_warning(village: World, lang: Lang) -> None:
    """The first tap explains, only the second brings the keyboard; its message says nothing to a stranger."""
    warned = decide(Tapped(go("find.share", "law")), somebody(lang), village)
    assert warned.effects == ()
    assert go("find.ask", "law") in addresses(warned.screen or pytest.fail("no screen"))
    asked = decide(Tapped(go("find.ask", "law")), somebody(lang), village)
    assert [type(effect) for effect in asked.effects] == [AskLocation]
    assert asked.visit.awaiting == go("find.where", "law").encode()


def test_namesakes_are_told_apart_by_their_oblast(village: World) -> None:
    """Two villages of one name: which oblast, then on with the same need."""
    reply = decide(Typed("Тестівка"), somebody(awaiting=go("find.where", "day").encode()), village)
    assert reply.screen is not None
    assert tap(reply.screen, "Тестівка, Вигадана область") == go("find.list", "day", SMALL, 0)
    assert tap(reply.screen, "Тестівка, Далека область") == go("find.list", "day", HAMLET, 0)


def test_namesakes_are_at_most_six(ukraine: World) -> None:
    """A name that is everywhere: six oblasts and the way to all of them."""
    reply = decide(Typed("Олександрівка"), somebody(), ukraine)
    choices = [address for address in addresses(reply.screen or pytest.fail("no screen")) if address.name == "find.at"]
    assert len(choices) == 6
    assert go("find.where", "all") in addresses(reply.screen or pytest.fail("no screen"))


def test_a_large_city_is_meant_by_its_name_and_its_namesake_stays_reachable(village: World) -> None:
    """A hamlet named like a big city costs nobody a tap, and its people one."""
    reply = decide(Typed("Столець"), somebody(awaiting=go("find.where", "law").encode()), village)
    assert reply.screen == shown(go("find.list", "law", METRO, 0), village)
    others = shown(go("find.same", "law", METRO), village)
    assert go("find.list", "law", PLAIN, 0) in addresses(others)


def test_a_district_is_told_by_its_city(village: World) -> None:
    """Districts of the same name exist in many cities."""
    twin = replace(PLACES[-1], id=203, name_uk="Верхній район", city_id=FAR, oblast_id=32)
    world = replace(village, places=Places([*PLACES, twin]))
    reply = decide(Typed("Верхній район"), somebody(), world)
    assert tap(reply.screen or pytest.fail("no screen"), "Верхній район, Столець") == go("find.at", 201)


def test_towns_are_turned_page_by_page(ukraine: World) -> None:
    """Forward and back; the first page has no way back, the last none forward."""
    first = shown(go("find.towns", "law", 17, 0), ukraine)
    middle = shown(go("find.towns", "law", 17, 1), ukraine)
    last = shown(go("find.towns", "law", 17, 41), ukraine)
    pages = [[a for a in addresses(s) if a.name == "find.towns"] for s in (first, middle, last)]
    assert pages[0] == [go("find.towns", "law", 17, 1)]
    assert pages[1] == [go("find.towns", "law", 17, 0), go("find.towns", "law", 17, 2)]
    assert pages[2] == [go("find.towns", "law", 17, 40)]


# --- what there is ---------------------------------------------------------------------------------------


def test_a_list_shows_three_and_turns(village: World, lang: Lang) -> None:
    """Three services a page, numbered on, each once."""
    first = shown(go("find.list", "all", METRO, 0), village, lang)
    second = shown(go("find.list", "all", METRO, 1), village, lang)
    cards = [[a for a in addresses(s) if a.name == "find.card"] for s in (first, second)]
    assert [len(page) for page in cards] == [3, 3]
    assert len(set(cards[0]) | set(cards[1])) == 6
    assert "<b>4. " in second.text


def test_a_list_closes_with_a_round_the_clock_line(village: World) -> None:
    """Whatever the need, the last thing is somebody who answers now."""
    assert listed(village, "stay", METRO).rstrip().endswith("перевірено, спершу подзвоніть")
    assert "Лінія 15-47" in listed(village, "stay", METRO).split("<b>")[-1]
    assert "Лінія 15-47" in listed(village, "law", FAR).split("<b>")[-1]


def test_how_a_list_begins_says_how_near_it_is(village: World) -> None:
    """Something here, something further, only lines, or a place nobody can come to: four honest beginnings."""
    begins = {
        need_place: shown(go("find.list", *need_place, 0), village).text.split("\n")[0]
        for need_place in (("day", METRO), ("day", FAR), ("law", FAR), ("talk", TAKEN))
    }
    assert len(set(begins.values())) == 4
    assert "Знайш" in begins["day", METRO]
    assert "для всієї країни" in begins["law", FAR]


def test_to_an_occupied_place_only_help_from_afar(village: World, lang: Lang) -> None:
    """No centre, no police, no address, no way there; lines that answer, and what not to say on a watched line."""
    text = listed(village, "all", TAKEN, lang)
    assert "Лінія Закритої області" in text or "Closed oblast line" in text
    for absent in ("Центр у Зачиненому", "Zachynene centre", "Поліція", "Police", "Швидка", "Ambulance"):
        assert absent not in text
    assert ("імен" if lang == "uk" else "names") in text


def test_what_cannot_be_contacted_is_not_a_dead_end(village: World, lang: Lang) -> None:
    """ "Exists; ask 15-47" in the list and on the card, with the number to copy."""
    assert "15-47" in shown(go("find.list", "day", SMALL, 0), village, lang).text
    card = shown(go("find.card", "day", SMALL, 0, 10), village, lang)
    assert "15-47" in card.text
    assert "1547" in [button.copy for button in buttons(card)]


def test_kremenchuk_card_says_what_exists_and_whom_to_ask(ukraine: World, lang: Lang) -> None:
    """The day centre without contacts: it exists, since when, and 15-47."""
    first = shown(go("find.list", "day", 704147, 0), ukraine, lang)
    card = shown(next(a for a in addresses(first) if a.name == "find.card"), ukraine, lang)
    assert ("Кременчук" if lang == "uk" else "Kremenchuk") in card.text
    assert "15-47" in card.text
    assert "2022" in card.text


def test_help_for_who_hurts_never_stands_beside_help_for_who_was_hurt(village: World) -> None:
    """A programme for people who hurt others is found only under its own need."""
    assert "Програма зміни" not in listed(village, "all", METRO)
    assert "Програма зміни" in listed(village, "anger", METRO)


# --- a card ----------------------------------------------------------------------------------------------


def test_a_card_answers_at_a_glance(village: World) -> None:
    """Open when, free, for whom, languages, phone, address, chat, when confirmed."""
    card = shown(go("find.card", "day", METRO, 0, 7), village)
    for said in ("понеділок, 09:00", "Безкоштовно", "жінкам, чоловікам", "українська, англійська", "044 000 00 00",
                 "вул. Вигадана, 1, Столець", "1 листопада 2026"):  # fmt: skip
        assert said in card.text
    assert "&lt;Вигадка&gt; &amp; Ко" in card.text
    assert "+380440000000" in [button.copy for button in buttons(card)]
    assert "https://t.me/example_centre" in [button.url for button in buttons(card)]


def test_a_card_in_english_speaks_english(village: World) -> None:
    """Hours, languages and dates in the visitor's language."""
    card = shown(go("find.card", "day", METRO, 0, 7), village, "en")
    for said in ("Monday", "Free of charge", "women, men", "Ukrainian, English", "1 Madeup St", "1 November 2026"):
        assert said in card.text


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "Зараз працює, до 18:00"),
        (datetime(2026, 11, 23, 5, 0, tzinfo=UTC), "почне о 09:00"),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), "почне: вівторок, 09:00"),
    ],
)
def test_open_now_or_when(when: datetime, said: str, village: World) -> None:
    """In Kyiv time: open until, opens today, opens on another day."""
    assert said in shown(go("find.card", "day", METRO, 0, 7), replace(village, now=when)).text


def test_hours_nobody_can_read_are_unknown_hours(village: World) -> None:
    """A damaged row costs its hours, not its card."""
    broken = [replace(service, hours="коли як") if service.num == 7 else service for service in SERVICES]
    world = replace(village, directory=Directory(broken))
    assert "Години невідомі" in shown(go("find.card", "day", METRO, 0, 7), world).text


def test_hours_that_never_come_are_unknown_hours(village: World) -> None:
    """Closed for good says nothing about when."""
    broken = [replace(service, hours="off") if service.num == 7 else service for service in SERVICES]
    world = replace(village, directory=Directory(broken))
    assert "Години невідомі" in shown(go("find.card", "day", METRO, 0, 7), world).text


def test_unconfirmed_is_said_and_confirmed_is_dated(village: World, lang: Lang) -> None:
    """What no coordinator confirmed is marked so, in the list and on the card; emergency numbers never expire."""
    doubt = "не перевірили" if lang == "uk" else "Not confirmed"
    cards = {num: shown(go("find.card", "all", METRO, 0, num), village, lang).text for num in (1, 4, 7, 15)}
    assert [doubt in cards[num] for num in (1, 4, 7, 15)] == [False, True, False, True]
    old = [replace(service, source_date=date(2020, 1, 2)) for service in SERVICES]
    dated = shown(go("find.card", "all", METRO, 0, 4), replace(village, directory=Directory(old)), lang)
    assert "2020" in dated.text


def test_a_hidden_service_shows_no_address_and_no_way(village: World, lang: Lang) -> None:
    """A shelter in a big city: the city's name at most, a phone, no map."""
    card = shown(go("find.card", "stay", METRO, 0, 9), village, lang)
    assert not [address for address in addresses(card) if address.name == "find.way"]
    assert shown(go("find.way", "stay", METRO, 0, 9), village, lang) == card
    assert "044 000 00 02" in card.text


def test_a_hidden_service_in_a_small_place_is_told_by_its_oblast_alone(village: World, lang: Lang) -> None:
    """Neither its settlement, nor its name or note that hold the settlement, in list, card and words to pass on."""
    entries = shown(go("find.list", "stay", SMALL, 0), village, lang).text.split("<b>")
    texts = [entry for entry in entries if ("Кризова кімната" if lang == "uk" else "Crisis room") in entry]
    assert len(texts) == 1
    texts += [shown(go(name, "stay", SMALL, 0, 8), village, lang).text for name in ("find.card", "find.pass")]
    for text in texts:
        assert "Тестівк" not in text
        assert "Testivka" not in text
        assert ("Вигадана область" if lang == "uk" else "Madeup oblast") in text


def test_real_hidden_services_give_no_place_away(ukraine: World, lang: Lang) -> None:
    """No screen of a shelter or crisis room holds an address or a map."""
    for service in ukraine.directory.services:
        if not service.hidden:
            continue
        card = shown(go("find.card", "stay", 703448, 0, service.num), ukraine, lang)
        assert not [button for button in buttons(card) if "openstreetmap" in button.url]
        assert go("find.way", "stay", 703448, 0, service.num) not in addresses(card)
        assert ("Адреса:" if lang == "uk" else "Address:") not in card.text


def test_nobody_under_occupation_is_shown_a_way(village: World, lang: Lang) -> None:
    """A forged or old button to a centre there gives no address to go to, only its card and phone."""
    for name in ("find.card", "find.way"):
        card = shown(go(name, "day", TAKEN, 0, 13), village, lang)
        assert not [button for button in buttons(card) if button.url]
        assert "Вигадана, 2" not in card.text
        assert "2 Madeup" not in card.text
        assert go("find.way", "day", TAKEN, 0, 13) not in addresses(card)


# --- the way there, and words to pass on -----------------------------------------------------------------


def test_the_way_there_warns_that_maps_remember(village: World, lang: Lang) -> None:
    """The warning stands with the address; a map opens without an account; the address can be copied."""
    way = shown(go("find.way", "day", METRO, 0, 7), village, lang)
    assert ("запам" if lang == "uk" else "remember") in way.text
    assert [button.url.split("?")[0] for button in buttons(way) if button.url] == [
        "https://www.openstreetmap.org/search"
    ]
    assert ("вул. Вигадана, 1, Столець" if lang == "uk" else "1 Madeup St, Stolets") in [b.copy for b in buttons(way)]


def test_words_to_pass_on_fit_a_copy_button_and_name_no_bot(village: World, lang: Lang) -> None:
    """The text on the screen is the text that is copied; it has a contact and says nothing of the bot."""
    for service in SERVICES:
        screen = shown(go("find.pass", "all", METRO, 0, service.num), village, lang)
        assert_proper(screen)
        copied = next(button.copy for button in buttons(screen) if button.copy)
        assert len(copied) <= 256
        assert any(sign.isdigit() for sign in copied) or "http" in copied
        assert not any(word in copied.casefold() for word in ("bot", "бот", "stezhka", "стежка"))


def test_long_rows_are_cut_at_words(village: World, lang: Lang) -> None:
    """A long-winded row still makes a short card, and no word is cut in two."""
    card = shown(go("find.card", "all", METRO, 0, 11), village, lang)
    assert_proper(card)
    cut = [line for line in card.text.splitlines() if "…" in line]
    assert len(cut) == 2
    assert len([button for button in buttons(card) if button.copy]) == 4
