"""The timetable in a real browser: arrows, M, mouse and finger, fresh news, one sheet of paper."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.models import Person
from scheduling.booking import book
from scheduling.models import Appointment, AppointmentKind, AvailabilityRule
from tests.desk.test_in_the_browser import sign_in
from tests.people import ally, cleared, make_client, make_clinic, make_room, make_staff, make_therapist

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = ZoneInfo("America/New_York")


@cache
def on() -> date:
    """A Tuesday ahead, outside every notice: the same one, should midnight come while a test runs."""
    today = datetime.now(ZONE).date()
    return today + timedelta(days=(1 - today.weekday()) % 7 + 7)


def clock(words: str) -> datetime:
    return instant_of(on(), time.fromisoformat(words), ZONE)


@pytest.fixture
def house(live_server: LiveServer) -> dict[str, Person]:
    """Two therapists from nine to five; one session at ten, one meeting at two, one session with the other at eleven."""
    make_clinic()
    people = {"staff": make_staff(), "wren": make_therapist(display_name="Demo Wren")}
    people |= {"hazel": make_therapist(display_name="Demo Hazel"), "ash": cleared(make_client(display_name="Demo Ash"))}
    people |= {"clover": cleared(make_client(display_name="Demo Clover"))}
    for therapist in (people["wren"], people["hazel"]):
        make_room()
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=2, opens=time(9), closes=time(17), valid=DateRange(date(2020, 1, 1), None)
        )
    ally(people["ash"], people["wren"])
    ally(people["clover"], people["hazel"])
    booked(people, "ash", "wren", "dosing", "10:00")
    booked(people, "ash", "wren", "integration", "15:00")
    booked(people, "clover", "hazel", "dosing", "11:00")
    return people


def booked(people: dict[str, Person], client: str, therapist: str, kind: str, start: str) -> Appointment:
    return book(
        AppointmentKind.objects.get(pk=kind),
        clock(start),
        therapist=people[therapist],
        place="room" if kind == "dosing" else "video",
        by=people["staff"],
        client=people[client],
        key=uuid4(),
    )


@pytest.fixture
def desk(page: Page, house: dict[str, Person], live_server: LiveServer) -> Page:
    sign_in(page.context, house["staff"], live_server)
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/desk/?day={on()}")
    return page


def of(client: str, kind: str = "dosing") -> Appointment:
    return Appointment.objects.get(client__display_name=client, kind=kind)


def block(page: Page, client: str, kind: str = "dosing") -> Locator:
    return page.locator(f"#at-{of(client, kind).pk}")


def focused(page: Page, client: str, kind: str = "dosing") -> None:
    expect(block(page, client, kind)).to_be_focused()


def test_a_block_is_as_high_as_its_time_is_long(desk: Page) -> None:
    heights = [block(desk, "Demo Ash", kind).locator("xpath=..").bounding_box() for kind in ("dosing", "integration")]
    session, meeting = (one["height"] for one in heights if one)
    assert session / meeting == pytest.approx(3, abs=0.02)


def test_arrows_go_through_the_day_and_enter_opens(desk: Page) -> None:
    block(desk, "Demo Ash").focus()
    desk.keyboard.press("ArrowDown")
    focused(desk, "Demo Ash", "integration")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowLeft")
    focused(desk, "Demo Clover")
    desk.keyboard.press("ArrowRight")
    focused(desk, "Demo Ash")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Demo Ash")


def test_by_keyboard_m_moves_to_an_open_time_and_undo_takes_it_back(desk: Page) -> None:
    block(desk, "Demo Clover").focus()
    desk.keyboard.press("m")
    expect(desk.locator(".spot:focus")).to_be_visible()
    chosen = desk.locator(".spot:focus").inner_text()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(".spot:focus")).not_to_have_text(chosen)
    moved_to = desk.locator(".spot:focus").get_attribute("data-start") or ""
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Moved to")).to_be_visible()
    focused(desk, "Demo Clover")
    assert of("Demo Clover").starts == datetime.fromisoformat(moved_to)
    desk.get_by_role("button", name="Undo").press("Enter")
    expect(desk.get_by_text(re.compile("Moved to .* 11:00 am"))).to_be_visible()
    assert of("Demo Clover").starts == clock("11:00")


def test_escape_leaves_it_where_it_was(desk: Page) -> None:
    block(desk, "Demo Clover").focus()
    desk.keyboard.press("m")
    expect(desk.locator(".spot:focus")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator(".spot")).to_have_count(0)
    focused(desk, "Demo Clover")
    assert of("Demo Clover").revision == 0


def carry(page: Page, one: Locator, minutes: int) -> None:
    """Take it by its head and hold it so many minutes lower, without letting go."""
    box = one.bounding_box()
    line = page.locator(".ground").first.bounding_box()
    assert box
    assert line
    pixels = minutes * line["height"] / (8 * 60)
    x, y = box["x"] + 30, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + pixels / 2, steps=4)
    expect(page.locator(".spot").first).to_be_attached()
    page.mouse.move(x, y + pixels, steps=4)


def test_dragged_it_snaps_to_an_open_start(desk: Page) -> None:
    carry(desk, block(desk, "Demo Clover"), 64)
    expect(desk.locator(".spot.on")).to_contain_text("12:00 pm")
    desk.mouse.up()
    expect(desk.get_by_text("Moved to")).to_be_visible()
    assert of("Demo Clover").starts == clock("12:00")
    assert desk.url.endswith(f"/desk/?day={on()}")


def test_carried_to_another_column_it_is_asked_about_once_more_and_is_theirs_then(desk: Page, house: dict[str, Person]) -> None:
    ally(house["ash"], house["hazel"])
    theirs = desk.locator(f".track:has(#col-{house['hazel'].pk}) .ground")
    block(desk, "Demo Ash", "integration").scroll_into_view_if_needed()
    one, there = block(desk, "Demo Ash", "integration").bounding_box(), theirs.bounding_box()
    assert one
    assert there
    desk.mouse.move(one["x"] + 30, one["y"] + 10)
    desk.mouse.down()
    desk.mouse.move(one["x"] + 10, one["y"] + 10, steps=4)
    expect(theirs.locator(".spot").first).to_be_attached()
    desk.mouse.move(there["x"] + 30, one["y"] + 10, steps=4)
    expect(desk.locator(".spot.on")).to_contain_text("3:00 pm")
    desk.mouse.up()
    dialog = desk.get_by_role("dialog", name="Move to 3:00 pm, with Demo Hazel?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Move it").click()
    expect(desk.get_by_text("with Demo Hazel now")).to_be_visible()
    expect(theirs.locator(f"#at-{of('Demo Ash', 'integration').pk}")).to_be_visible()
    moved = of("Demo Ash", "integration")
    assert (moved.therapist, moved.starts) == (house["hazel"], clock("15:00"))


def test_dropped_where_nothing_is_open_it_goes_back_and_says_why(desk: Page) -> None:
    """Ash has a meeting at three, so a session can't begin at one."""
    before = block(desk, "Demo Ash").bounding_box()
    carry(desk, block(desk, "Demo Ash"), 180)
    desk.mouse.up()
    expect(desk.get_by_text("That isn't one of the open times. It stays where it was.")).to_be_visible()
    expect(desk.locator(".spot")).to_have_count(0)
    after = block(desk, "Demo Ash").bounding_box()
    assert before
    assert after
    line = desk.locator(".ground").first.bounding_box()
    assert line
    assert of("Demo Ash").revision == 0
    assert after["height"] == before["height"]
    assert block(desk, "Demo Ash").locator("xpath=..").get_attribute("style") in (None, "")


def test_a_time_taken_while_it_is_carried_is_refused_in_words_and_it_goes_back(desk: Page, house: dict[str, Person]) -> None:
    carry(desk, block(desk, "Demo Clover"), 120)
    expect(desk.locator(".spot.on")).to_contain_text("1:00 pm")
    other = cleared(make_client(display_name="Demo Sage"))
    booked({**house, "sage": other}, "sage", "hazel", "integration", "15:00")
    desk.mouse.up()
    expect(desk.get_by_text(re.compile("That time has just been taken. It stays at .* 11:00 am"))).to_be_visible()
    expect(block(desk, "Demo Sage", "integration")).to_be_visible()
    assert of("Demo Clover").revision == 0


def test_inside_the_notice_a_reason_is_asked_and_escape_takes_nothing(desk: Page) -> None:
    AppointmentKind.objects.update(change_hours=24 * 60)
    carry(desk, block(desk, "Demo Clover"), 60)
    desk.mouse.up()
    dialog = desk.get_by_role("dialog", name=re.compile("Move to 12:00 pm"))
    expect(dialog).to_be_visible()
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert of("Demo Clover").revision == 0
    block(desk, "Demo Clover").focus()
    desk.keyboard.press("m")
    expect(desk.locator(".spot:focus")).to_be_visible()
    desk.keyboard.press("Enter")
    desk.get_by_role("radio", name="The client asked").check(force=True)
    desk.get_by_role("button", name="Move it").click()
    expect(desk.get_by_text("Moved to")).to_be_visible()
    assert of("Demo Clover").changes.get(what="moved").reason == "client_asked"


@pytest.fixture
def tablet(browser: Browser, house: dict[str, Person], live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1180, "height": 900}, has_touch=True)
    sign_in(context, house["staff"], live_server)
    yield context.new_page()
    context.close()


def test_a_finger_that_holds_still_drags_and_one_that_moves_scrolls(tablet: Page) -> None:
    tablet.goto(f"/desk/?day={on()}")
    one = block(tablet, "Demo Clover")
    one.scroll_into_view_if_needed()
    box, line = one.bounding_box(), tablet.locator(".ground").first.bounding_box()
    assert box
    assert line
    x, y, hour = box["x"] + 30, box["y"] + 10, line["height"] / 8
    fingers = tablet.context.new_cdp_session(tablet)

    def touch(kind: str, at: float | None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    touch("touchMove", y - 40)
    touch("touchEnd", None)
    expect(tablet.locator(".spot")).to_have_count(0)
    one.scroll_into_view_if_needed()
    box = one.bounding_box()
    assert box
    y = box["y"] + 10
    touch("touchStart", y)
    expect(tablet.locator(".spot").first).to_be_attached()
    touch("touchMove", y + hour / 2)
    touch("touchMove", y + hour)
    expect(tablet.locator(".spot.on")).to_contain_text("12:00 pm")
    touch("touchEnd", None)
    expect(tablet.get_by_text("Moved to")).to_be_visible()
    assert of("Demo Clover").starts == clock("12:00")


def test_news_come_by_themselves_and_leave_focus_and_scroll_alone(desk: Page, house: dict[str, Person]) -> None:
    desk.set_viewport_size({"width": 1000, "height": 500})
    desk.evaluate("document.documentElement.style.setProperty('--unused', 0); scrollTo(0, 300)")
    block(desk, "Demo Clover").evaluate("one => one.focus({ preventScroll: true })")
    desk.evaluate("document.getElementById('day-scroll').scrollLeft = 40")
    kept = desk.evaluate("[scrollY, document.getElementById('day-scroll').scrollLeft]")
    other = cleared(make_client(display_name="Demo Sage"))
    booked({**house, "sage": other}, "sage", "hazel", "integration", "14:30")
    expect(block(desk, "Demo Sage", "integration")).to_be_attached(timeout=15_000)
    focused(desk, "Demo Clover")
    assert desk.evaluate("[scrollY, document.getElementById('day-scroll').scrollLeft]") == kept


def test_news_are_asked_for_more_often_than_every_five_seconds(desk: Page) -> None:
    every = desk.locator("#day").get_attribute("hx-trigger") or ""
    assert int(re.sub(r"\D", "", every)) < 5


def test_on_a_phone_the_day_is_a_list_and_any_day_is_reached(desk: Page) -> None:
    desk.set_viewport_size({"width": 320, "height": 800})
    expect(desk.get_by_role("heading", name="In order")).to_be_visible()
    expect(desk.locator(".timetable")).to_be_hidden()
    names = desk.locator(".in-order h3").all_inner_texts()
    assert names == ["Demo Ash", "Demo Clover", "Demo Ash"]
    desk.get_by_role("link", name="Week after").click()
    expect(desk.get_by_text("Nobody is booked on this day.")).to_be_visible()
    desk.get_by_label("A day").fill(on().isoformat())
    desk.get_by_role("button", name="Go").click()
    expect(desk.locator(".in-order h3").first).to_have_text("Demo Ash")


def pages_of(page: Page) -> int:
    page.emulate_media(media="print")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_day_prints_on_one_sheet_by_therapist_and_by_room(desk: Page) -> None:
    for path in (f"/desk/?day={on()}", f"/desk/?day={on()}&by=room"):
        desk.goto(path)
        assert pages_of(desk) == 1
        expect(desk.locator(".timetable")).to_be_visible()
        expect(desk.get_by_role("link", name="Book").first).to_be_hidden()


def test_forty_therapists_print_on_one_sheet_in_order_of_the_clock(desk: Page) -> None:
    kind, start = AppointmentKind.objects.get(pk="integration"), clock("09:00").astimezone(UTC)
    for number in range(40):
        therapist, someone = make_therapist(), make_client(display_name=f"Demo Person {number:02d}")
        for hour in (0, 3):
            span = Span.lasting(start + timedelta(hours=hour, minutes=number), 50)
            Appointment.objects.create(
                kind=kind,
                client=someone,
                therapist=therapist,
                place="video",
                during=span.range,
                before=0,
                after=0,
                padded=span.range,
            )
    desk.goto(f"/desk/?day={on()}")
    expect(desk.locator(".track")).to_have_count(42)
    assert pages_of(desk) == 1
    expect(desk.get_by_role("heading", name="In order")).to_be_visible()
