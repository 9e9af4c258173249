"""Meeting less often: proposed by the therapist, standing by the client's yes alone, undone when they would come sooner."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from koru.people import spacing
from koru.people.consents import end_alliance
from koru.people.models import Alliance, Person, SoonerAsk, Spacing, Stage
from koru.people.spacings import SPACINGS
from koru.people.stages import CannotSet, set_stage, stage_of
from koru.reminders.models import Letter, Preferences
from moodtracking.measures.models import Assignment, Offering
from scheduling.coming_sooner import KIND, come_sooner
from scheduling.spaced import week_after
from tests.care.world import appointment, make_pair, signed_in
from tests.crowd import together
from tests.days import this_day
from tests.people import ally, make_client, make_staff, make_therapist
from tests.people.spacings import agreed, proposed
from tests.scheduling.practice import Practice, at, make_practice
from tests.today.steady import gets_notes

Pair = tuple[Person, Person]
pytestmark = pytest.mark.django_db
SOONER = "/meeting-less/sooner/"
ZONES = ("America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia")


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def say(pair: Pair, row: UUID, what: str = "yes", **ticked: str) -> str:
    return signed_in(pair[0]).post(f"/meeting-less/{row}/{what}/", ticked, follow=True).content.decode()


def page(person: Person, path: str) -> str:
    return signed_in(person).get(path).content.decode()


def may_ask_monthly(by: Person) -> None:
    Offering.objects.create(slug="who-5", is_on=True, licence_confirmed="Asked in writing", confirmed_by=by)


def asks(pair: Pair, measure: str, schedule: str) -> None:
    Assignment.objects.create(
        client=pair[0], measure=measure, form="standard", schedule=schedule, begins_on=this_day(), assigned_by=pair[1]
    )


def asked(client: Person) -> set[tuple[str, str]]:
    return set(Assignment.objects.of(client).live().values_list("measure", "schedule"))


def test_it_is_proposed_on_the_plan_and_nothing_stands_before_the_yes(pair: Pair) -> None:
    client, therapist = pair
    plan = f"/care/{client.pk}/plan/"
    answer = signed_in(therapist).post(f"{plan}stage/", {"stage": "maintenance.6"}, follow=True).content.decode()
    assert f"It stands once {client.display_name} says yes" in answer
    assert "proposed about every 6 weeks" in answer
    for path in ("/today/", "/check-in/items/"):
        shown = page(client, path)
        assert therapist.display_name in shown
        assert "Meeting about every 6 weeks" in shown
    assert stage_of(client) is None
    say(pair, Spacing.objects.open().get().pk)
    stands = stage_of(client)
    assert stands
    assert (stands.name, stands.weeks, stands.set_by) == ("maintenance", 6, therapist)
    for person, path in ((client, "/check-in/items/"), (therapist, plan)):
        assert "Seeing each other less, about every 6 weeks. Agreed on" in page(person, path)
    assert "Meeting about every 6 weeks" not in page(client, "/today/")


def test_lets_talk_changes_nothing(pair: Pair) -> None:
    row = proposed(*pair)
    assert "Nothing changes" in say(pair, row.pk, "talk")
    row.refresh_from_db()
    assert row.ended == "talk"
    assert stage_of(pair[0]) is None
    assert "Meeting about every" not in page(pair[0], "/today/")


@pytest.mark.parametrize("undone", ["taken back", "another", "ended", "finishing"])
def test_an_old_page_cant_agree_to_what_isnt_proposed_any_more(pair: Pair, undone: str) -> None:
    client, therapist = pair
    row = proposed(client, therapist, 6)
    if undone == "taken back":
        signed_in(therapist).post(f"/care/{client.pk}/plan/stage/take-back/")
    elif undone == "another":
        proposed(client, therapist, 12)
    elif undone == "ended":
        end_alliance(Alliance.objects.get(), by=make_staff())
    else:
        set_stage("finishing", client=client, by=therapist)
    assert "isn’t proposed any more" in say(pair, row.pk)
    assert not Stage.objects.filter(name="maintenance").exists()


def test_nobody_elses_can_be_answered(pair: Pair) -> None:
    row = proposed(*pair)
    other = ally(make_client(), pair[1]).client
    for what in ("yes", "talk"):
        say((other, pair[1]), row.pk, what)
    row.refresh_from_db()
    assert not row.ended
    assert not Stage.objects.exists()


def test_what_goes_along_is_the_clients_choice(pair: Pair) -> None:
    client, therapist = pair
    may_ask_monthly(therapist)
    asks(pair, "phq-9", "fortnightly")
    gets_notes(client)
    row = proposed(client, therapist, 8, monthly=True)
    shown = page(client, "/today/")
    assert 'name="monthly"' in shown
    assert 'name="weekly"' in shown
    say(pair, row.pk, monthly="on", weekly="on")
    assert asked(client) == {("who-5", "monthly")}
    chosen = Preferences.objects.get(person=client)
    assert chosen.check_in_apart == 7
    assert chosen.thinned_since, "if something comes up, notes come as before"
    assert "Every month" in page(client, "/check-in/items/"), "and it can rest, like anything there"


def test_without_the_ticks_it_is_asked_as_before(pair: Pair) -> None:
    client, therapist = pair
    may_ask_monthly(therapist)
    asks(pair, "phq-9", "fortnightly")
    gets_notes(client)
    say(pair, proposed(client, therapist, 8, monthly=True).pk)
    assert asked(client) == {("phq-9", "fortnightly")}
    assert Preferences.objects.get(person=client).check_in_apart == 2


@pytest.mark.parametrize(("allowed", "monthly"), [(False, True), (True, False)])
def test_a_form_that_nobody_proposed_or_that_may_not_be_used_is_never_taken_up(pair: Pair, allowed: bool, monthly: bool) -> None:
    if allowed:
        may_ask_monthly(pair[1])
    asks(pair, "phq-9", "monthly")
    say(pair, proposed(*pair, monthly=monthly).pk, monthly="on", weekly="on")
    assert asked(pair[0]) == {("phq-9", "monthly")}
    assert not Preferences.objects.filter(person=pair[0], check_in_apart=7).exists(), "who gets no notes gets none now"


def test_a_form_that_is_asked_so_already_goes_on(pair: Pair) -> None:
    may_ask_monthly(pair[1])
    asks(pair, "who-5", "monthly")
    before = Assignment.objects.get().pk
    say(pair, proposed(*pair, monthly=True).pk, monthly="on")
    assert Assignment.objects.of(pair[0]).live().get().pk == before


def test_who_wants_to_come_sooner_can_and_the_therapist_is_told_once(pair: Pair) -> None:
    client, therapist = pair
    asks(pair, "phq-9", "monthly")
    gets_notes(client)
    agreed(client, therapist, 12)
    assert "I’d like to come sooner" in page(client, "/check-in/items/")
    web = signed_in(client)
    for _ in range(2):
        assert web.post(SOONER)["Location"] == "/sessions/book/"
    assert stage_of(client) is None
    assert Stage.objects.get().until, "what stood is kept"
    assert asked(client) == {("phq-9", "monthly")}
    told = Letter.objects.filter(to=therapist, kind=KIND, channel="mail")
    assert told.count() == 1
    plan = f"/care/{client.pk}/plan/"
    assert "Would like to come sooner" in page(therapist, plan)
    assert "your therapist was told on" in page(client, "/check-in/items/")
    signed_in(therapist).post(f"{plan}stage/sooner/")
    assert "Would like to come sooner" not in page(therapist, plan)
    assert SoonerAsk.objects.get().seen_by == therapist
    web.post(SOONER)
    assert told.count() == 2, "asked anew, told anew"


def test_whoever_works_with_nobody_is_led_to_the_way_back(db: None) -> None:
    client = make_client()
    assert signed_in(client).post(SOONER)["Location"] == "/consultation/"
    assert not SoonerAsk.objects.exists()


@pytest.mark.parametrize("who", ["another", "ended", "staff", "client"])
def test_nobody_but_their_therapist_proposes_takes_back_or_takes_note(pair: Pair, who: str) -> None:
    client, therapist = pair
    come_sooner(by=client)
    row = proposed(client, ally(client, make_therapist()).therapist)
    if who == "ended":
        therapist.caseload.update(until=timezone.now())
    by = {"another": make_therapist(), "ended": therapist, "staff": make_staff(), "client": client}[who]
    deeds: list[Callable[[], object]] = [
        partial(spacing.propose, 4, client=client, by=by),
        partial(spacing.take_back, client=client, by=by),
        partial(spacing.take_note, client=client, by=by),
    ]
    for deed in deeds:
        with pytest.raises(CannotSet):
            deed()
    for path in ("take-back/", "sooner/"):
        assert signed_in(by).post(f"/care/{client.pk}/plan/stage/{path}").status_code in (403, 404)
    row.refresh_from_db()
    assert not row.ended
    assert SoonerAsk.objects.get().seen_at is None


def test_the_database_lets_nothing_stand_without_a_yes(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    stage = {"client": client, "name": "maintenance", "weeks": 6, "since": now, "set_by": therapist}
    row = {"client": client, "proposed_by": therapist, "proposed_at": now}
    wrong: list[Callable[[], object]] = [
        partial(Stage.objects.create, id=uuid4(), **stage),
        partial(Spacing.objects.create, **row, weeks=5),
        partial(Spacing.objects.create, **row, weeks=4, ended="agreed"),
        partial(Spacing.objects.create, **row, weeks=4, ended_at=now),
        partial(SoonerAsk.objects.create, client=client, at=now, seen_at=now),
    ]
    for deed in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


@pytest.mark.django_db(transaction=True)
def test_sooner_and_yes_at_once_leave_the_client_free(pair: Pair) -> None:
    client, therapist = pair
    row = proposed(client, therapist)
    yes = partial(spacing.agree, row.pk, waits=None, by=client)

    def sooner() -> object:
        return come_sooner(by=client)

    deeds: list[Callable[[], object]] = [sooner, yes, sooner, yes, sooner]
    together(deeds)
    assert stage_of(client) is None
    assert SoonerAsk.objects.count() == 1
    assert Letter.objects.filter(to=therapist, kind=KIND, channel="mail").count() == 1


def test_the_booking_page_suggests_that_week_and_hides_nothing_nearer(clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00Z")
    practice: Practice = make_practice()
    client, therapist = practice.client, practice.therapist
    appointment(client, therapist, at("2026-11-20 10:00"), state="met")
    book = "/sessions/book/?kind=integration"
    before = page(client, book)
    assert "You two agreed" not in before
    agreed(client, therapist, 4)
    shown = page(client, book)
    assert "about every 4 weeks" in shown
    assert "week=2026-12-14" in shown
    assert "14 to 18 Dec" in shown
    assert shown.count('name="start"') == before.count('name="start"') > 0
    assert practice.book(at("2026-11-27 10:00"), "integration").pk, "nearer is just as open"
    assert "week=2026-12-21" in page(client, book), "from the one that is booked"


@given(
    zone=some.sampled_from(ZONES),
    met=some.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=some.just(UTC)),
    weeks=some.sampled_from(SPACINGS),
)
def test_the_week_lies_so_many_weeks_on_by_the_calendar_whatever_clocks_do(zone: str, met: datetime, weeks: int) -> None:
    day: date = met.astimezone(ZoneInfo(zone)).date()
    monday = week_after(day, weeks)
    assert monday.weekday() == 0
    assert timedelta() <= day + timedelta(weeks=weeks) - monday < timedelta(days=7)
