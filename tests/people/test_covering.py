"""Covering: who may say so, for how long, what it opens, and that it ends the minute it ends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from koru.moments.spans import Span
from koru.people.consents import begin_alliance, end_alliance
from koru.people.cover_days import days_of, lines_of, state_of
from koru.people.covering import AT_MOST, MOST_DAYS, CannotCover, end_cover, let_cover
from koru.people.models import Cover, Person
from koru.people.readers import reader_names
from koru.privacy.door import NoSuchRecord, about_covered, open_record
from koru.privacy.standing import Standing, clients_of
from tests.crowd import together
from tests.people import ally, make_client, make_clinic, make_staff, make_therapist

pytestmark = pytest.mark.django_db
REASON = "I am away these days."
REFUSED = (ProgrammingError, InternalError, IntegrityError)


@pytest.fixture
def client(db: None) -> Person:
    make_clinic()
    return make_client()


@pytest.fixture
def own(client: Person) -> Person:
    return ally(client, make_therapist()).therapist


def some_days(days: float = 3, ahead: float = 0) -> Span:
    start = timezone.now() + timedelta(days=ahead) - timedelta(minutes=1)
    return Span(start, start + timedelta(days=days))


def reads(client: Person, by: Person) -> bool:
    try:
        with open_record(client.pk, by=by, why="timeline") as record:
            return record.standing in (Standing.COVER, Standing.THERAPIST)
    except NoSuchRecord:
        return False


def test_who_covers_reads_while_it_lasts_and_changes_nothing(client: Person, own: Person) -> None:
    other = make_therapist()
    assert not reads(client, other)
    let_cover(client, other, some_days(), REASON, by=own)
    assert reads(client, other)
    with pytest.raises(NoSuchRecord), open_record(client.pk, by=other, why="plan", to_change=True):
        pass
    with open_record(client.pk, by=own, why="plan", to_change=True) as record:
        assert record.standing is Standing.THERAPIST


@pytest.mark.parametrize("ahead", [1, -5])
def test_before_its_start_and_after_its_end_it_opens_nothing(client: Person, own: Person, ahead: int) -> None:
    other = make_therapist()
    start = timezone.now() + timedelta(days=ahead)
    Cover.objects.create(
        client=client, therapist=other, given_by=own, during=Span(start, start + timedelta(days=2)).range, reason=REASON
    )
    assert not reads(client, other)
    assert not about_covered(other)
    assert not clients_of(other)


def test_the_caseload_says_whom_one_only_covers_for(client: Person, own: Person) -> None:
    other, span = make_therapist(), some_days()
    mine = ally(make_client(), other).client
    let_cover(client, other, span, REASON, by=own)
    assert set(clients_of(other)) == {client.pk, mine.pk}
    assert list(about_covered(other)) == [(client.pk, client.display_name, span.end)]


def test_ended_it_closes_that_minute_and_a_second_time_says_so(client: Person, own: Person) -> None:
    other = make_therapist()
    cover = let_cover(client, other, some_days(), REASON, by=own)
    assert end_cover(cover, by=own)
    assert not reads(client, other)
    assert not end_cover(cover, by=own)


def test_one_that_has_not_begun_can_be_ended_and_never_begins(client: Person, own: Person) -> None:
    cover = let_cover(client, make_therapist(), some_days(ahead=2), REASON, by=own)
    assert end_cover(cover, by=own)
    assert state_of(Cover.objects.get(), timezone.now() + timedelta(days=3)) == "ended"


def test_when_the_two_part_whoever_covered_reads_no_more(client: Person, own: Person) -> None:
    other, lead = make_therapist(), make_therapist(is_lead=True)
    let_cover(client, other, some_days(), REASON, by=own)
    by_lead = make_therapist()
    let_cover(client, by_lead, some_days(), REASON, by=lead)
    end_alliance(client.alliances.get(), by=make_staff())
    assert not reads(client, own)
    assert not reads(client, other)
    assert reads(client, by_lead)


def test_handed_over_the_new_therapist_reads_and_the_old_one_does_not(client: Person, own: Person) -> None:
    desk, new = make_staff(), make_therapist()
    end_alliance(client.alliances.get(), by=desk)
    begin_alliance(client, new, by=desk)
    assert reads(client, new)
    assert not reads(client, own)


def outsiders(client: Person, own: Person) -> dict[str, Person]:
    left = make_therapist()
    end_alliance(ally(client, left), by=left)
    return {"another therapist": make_therapist(), "one who left": left, "the desk": make_staff(), "the client": client}


@pytest.mark.parametrize("who", ["another therapist", "one who left", "the desk", "the client"])
def test_nobody_else_gives_or_ends_it(client: Person, own: Person, who: str) -> None:
    by, other = outsiders(client, own)[who], make_therapist()
    with pytest.raises(CannotCover, match="clinical lead"):
        let_cover(client, other, some_days(), REASON, by=by)
    cover = let_cover(client, other, some_days(), REASON, by=own)
    with pytest.raises(CannotCover):
        end_cover(cover, by=by)
    assert reads(client, other)


def test_who_has_it_does_not_give_it_to_others_or_to_themselves(client: Person, own: Person) -> None:
    other = make_therapist()
    cover = let_cover(client, other, some_days(), REASON, by=own)
    with pytest.raises(CannotCover):
        let_cover(client, make_therapist(), some_days(), REASON, by=other)
    lead = make_therapist(is_lead=True)
    with pytest.raises(CannotCover, match="Somebody else"):
        let_cover(client, lead, some_days(), REASON, by=lead)
    assert end_cover(cover, by=other)  # giving it back is theirs


@pytest.mark.parametrize(
    ("therapist", "words"),
    [
        (lambda own: own, "Somebody else"),
        (lambda own: make_client(), "Pick a therapist"),
        (lambda own: make_staff(), "Pick a therapist"),
        (lambda own: make_therapist(is_active=False), "Pick a therapist"),
    ],
)
def test_only_another_therapist_who_is_here_can_cover(
    client: Person, own: Person, therapist: Callable[[Person], Person], words: str
) -> None:
    with pytest.raises(CannotCover, match=words):
        let_cover(client, therapist(own), some_days(), REASON, by=own)


def test_who_works_with_the_client_needs_no_cover(client: Person, own: Person) -> None:
    second = ally(client, make_therapist()).therapist
    with pytest.raises(CannotCover, match="already"):
        let_cover(client, second, some_days(), REASON, by=own)


@pytest.mark.parametrize(
    ("span", "reason", "words"),
    [
        (some_days(15), REASON, "14 days at most"),
        (some_days(1, ahead=-3), REASON, "over"),
        (some_days(), "why", "5 to 200"),
        (some_days(), "x" * 201, "5 to 200"),
        (some_days(), " \n ", "5 to 200"),
    ],
)
def test_odd_times_and_reasons_are_refused_in_words(client: Person, own: Person, span: Span, reason: str, words: str) -> None:
    with pytest.raises(CannotCover, match=words):
        let_cover(client, make_therapist(), span, reason, by=own)
    assert not Cover.objects.exists()


def test_two_at_once_for_one_pair_are_one_and_the_other_is_told(client: Person, own: Person) -> None:
    other = make_therapist()
    let_cover(client, other, some_days(), REASON, by=own)
    with pytest.raises(CannotCover, match="already"):
        let_cover(client, other, some_days(2, ahead=1), REASON, by=own)


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one() -> None:
    make_clinic()
    pair, other, span = ally(make_client(), make_therapist()), make_therapist(), some_days()

    def give() -> bool:
        try:
            let_cover(pair.client, other, span, REASON, by=pair.therapist)
        except CannotCover:
            return False
        return True

    assert together([give] * 8).count(True) == 1
    assert Cover.objects.count() == 1


def raw(words: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people_cover SET during = tstzrange(lower(during), upper(during) + interval '1 hour')",
        "UPDATE people_cover SET during = tstzrange(lower(during), NULL)",
        "UPDATE people_cover SET therapist_id = given_by_id",
        "UPDATE people_cover SET given_at = now() - interval '1 day'",
        "UPDATE people_cover SET ended_at = now()",  # without a name
    ],
)
def test_the_database_keeps_what_was_given(client: Person, own: Person, change: str) -> None:
    let_cover(client, make_therapist(), some_days(), REASON, by=own)
    with pytest.raises(REFUSED):
        raw(change)


def test_and_an_end_that_was_said(client: Person, own: Person) -> None:
    end_cover(let_cover(client, make_therapist(), some_days(), REASON, by=own), by=own)
    with pytest.raises(REFUSED):
        raw("UPDATE people_cover SET ended_at = NULL, ended_by_id = NULL")


@pytest.mark.parametrize("wrong", ["itself", "long", "open", "own"])
def test_the_database_refuses_what_could_never_be_given(client: Person, own: Person, wrong: str) -> None:
    span = some_days(15) if wrong == "long" else some_days()
    during = "(,)" if wrong == "open" else f"[{span.start.isoformat()},{span.end.isoformat()})"
    therapist = {"itself": own, "own": client}.get(wrong, make_therapist())
    with pytest.raises(IntegrityError), transaction.atomic():
        Cover.objects.create(client=client, therapist=therapist, given_by=own, during=during, reason=REASON)


@given(
    first=some.dates(date(2026, 1, 1), date(2029, 12, 31)),
    days=some.integers(1, MOST_DAYS),
    zone=some.sampled_from(["America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "America/Sao_Paulo", "Asia/Kathmandu"]),
)
def test_fourteen_days_of_any_calendar_are_allowed(first: date, days: int, zone: str) -> None:
    span = days_of(first, first + timedelta(days=days - 1), ZoneInfo(zone))
    assert span.end - span.start <= AT_MOST
    assert span.start.astimezone(ZoneInfo(zone)).date() == first


def test_its_days_are_told_by_the_clinics_calendar(client: Person, own: Person) -> None:
    span = days_of(date(2027, 3, 10), date(2027, 3, 16), ZoneInfo("America/New_York"))  # summer time begins within
    cover = Cover.objects.create(client=client, therapist=make_therapist(), given_by=own, during=span.range, reason=REASON)
    (line,) = lines_of([cover], datetime(2027, 3, 17, 3, 59, tzinfo=UTC))
    assert (line.first, line.last, line.state) == ("Wednesday 10 March", "Tuesday 16 March", "now")
    assert lines_of([cover], datetime(2027, 3, 17, 4, 0, tzinfo=UTC))[0].state == "over"


def test_a_client_reads_by_name_who_can_read(client: Person, own: Person) -> None:
    other = make_therapist()
    assert reader_names(client) == [own.display_name]
    let_cover(client, other, some_days(), REASON, by=own)
    assert reader_names(client) == [own.display_name, other.display_name]


def test_the_reason_is_sealed(client: Person, own: Person) -> None:
    let_cover(client, make_therapist(), some_days(), REASON, by=own)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM people_cover")
        assert REASON.encode() not in bytes(cursor.fetchone()[0])
