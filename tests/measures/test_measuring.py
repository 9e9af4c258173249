"""Opening, answering, finishing and correcting a measure: each tap kept, one record, nothing changed afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from koru.safety.flags import Flag
from moodtracking.measures import definitions
from moodtracking.measures.measuring import Closed, NothingAnswered, NotNow, NotOnTheScale, answer, begin, correct, finish
from moodtracking.measures.models import Offering, Response
from moodtracking.measures.stopping import close_left
from scheduling.models import Appointment
from tests.care.world import appointment

from .world import Pair, assigned, begun, filled, fresh, make_pair, tell

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
SEVENTEEN = [2, 2, 2, 2, 2, 2, 2, 3, 0]


@pytest.fixture
def pair(clock: Clock) -> Pair:
    clock("2026-11-02T15:00:00Z")
    return make_pair()


def test_each_tap_is_kept_and_a_skip_takes_it_back(pair: Pair) -> None:
    assigned(pair)
    row = begun(pair[0])
    tell(row, {"1": 2, "2": 3})
    tell(row, {"1": None})
    assert fresh(row.pk).given == {"2": 3}


def test_a_finished_one_has_its_total_its_band_and_its_version(pair: Pair) -> None:
    assigned(pair)
    row = filled(pair[0], [2, 2, None, 2, 1, 1, None, 1, 0])
    assert (row.state, row.total, row.band, row.answered, row.prorated, row.version) == ("completed", 12, "moderate", 7, True, 1)


def test_what_is_not_asked_today_is_not_opened(pair: Pair, clock: Clock) -> None:
    with pytest.raises(NotNow):
        begun(pair[0])
    assigned(pair)
    filled(pair[0], SEVENTEEN)
    clock("2026-11-10T15:00:00Z")
    with pytest.raises(NotNow):
        begun(pair[0])
    clock("2026-11-16T15:00:00Z")
    assert begun(pair[0])


def test_two_tabs_and_a_double_tap_are_one_record(pair: Pair) -> None:
    assigned(pair)
    key = uuid4()
    first = begin("phq-9", by=pair[0], key=key)
    assert begin("phq-9", by=pair[0], key=key) == begin("phq-9", by=pair[0], key=uuid4()) == first
    tell(first, {"1": 1})
    assert finish(first.pk, by=pair[0]).response == finish(first.pk, by=pair[0]).response
    assert Response.objects.count() == 1


def test_nothing_is_finished_without_an_answer(pair: Pair) -> None:
    assigned(pair)
    with pytest.raises(NothingAnswered):
        finish(begun(pair[0]).pk, by=pair[0])


@pytest.mark.parametrize(("item", "value"), [("9", 4), ("9", -1), ("11", 1), ("", 0)])
def test_an_answer_off_the_scale_is_refused(pair: Pair, item: str, value: int) -> None:
    assigned(pair)
    with pytest.raises(NotOnTheScale):
        answer(begun(pair[0]).pk, item, value, by=pair[0])


def test_the_database_refuses_every_change_of_a_closed_one(pair: Pair) -> None:
    assigned(pair)
    row = filled(pair[0], SEVENTEEN)
    for change in ({"total": 3}, {"band": "mild"}, {"state": "open"}, {"local_date": "2026-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.filter(pk=row.pk).update(**change)
    row.answers = {"1": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert fresh(row.pk).total == 17


def test_answers_are_sealed_and_totals_are_plain(pair: Pair) -> None:
    assigned(pair)
    row = filled(pair[0], SEVENTEEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, taps, total FROM measures_response WHERE id = %s", [row.pk])
        answers, taps, total = cursor.fetchone()
    assert (bytes(answers)[0], total) == (1, 17)
    assert b'"9"' not in bytes(answers) + bytes(taps)


def test_a_correction_is_a_new_one_and_the_first_stays(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    old = filled(pair[0], SEVENTEEN)
    clock("2026-11-03T15:00:00Z")
    new = correct(old.pk, by=pair[0], key=uuid4())
    assert new.given == {key: value for key, value in old.given.items() if key != "9"}, "item 9 is asked afresh"
    tell(new, {"1": 0})
    done = finish(new.pk, by=pair[0]).response
    assert (fresh(old.pk).total, done.corrects) == (17, old)
    assert done.local_date == old.local_date, "it stands on the day of what it corrects"


def test_nothing_is_corrected_on_a_day_of_rest(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    old = filled(pair[0], SEVENTEEN)
    session = appointment(*pair, timezone.now() + timedelta(hours=3))
    Appointment.objects.filter(pk=session.pk).update(kind="dosing")
    with pytest.raises(NotNow):
        correct(old.pk, by=pair[0], key=uuid4())
    clock("2026-11-04T15:00:00Z")
    assert correct(old.pk, by=pair[0], key=uuid4()).corrects == old


def test_an_open_one_is_scored_by_the_version_it_was_opened_with(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    assigned(pair)
    row = begun(pair[0])
    tell(row, {str(number): 1 for number in range(1, 10)})
    old = definitions.load()["phq-9"]
    newer = replace(old, version=2, factor=2)
    monkeypatch.setattr(definitions, "load", lambda: {"phq-9": newer})
    done = finish(row.pk, by=pair[0]).response
    assert (done.version, done.total) == (1, 9)


def test_what_was_left_is_closed_after_two_days_without_a_total(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    row = begun(pair[0])
    tell(row, {"1": 1, "2": 2})
    clock("2026-11-05T08:59:00Z")  # 03:59 in New York: still the second day after
    assert close_left(timezone.now()) == 0
    clock("2026-11-05T09:00:00Z")
    assert (close_left(timezone.now()), close_left(timezone.now())) == (1, 0)
    left = fresh(row.pk)
    assert (left.state, left.total, left.answered, left.given) == ("stopped", None, 2, {"1": 1, "2": 2})
    with pytest.raises(Closed):
        finish(row.pk, by=pair[0])


def test_item_nine_is_noticed_at_the_tap_also_when_it_is_never_finished(pair: Pair) -> None:
    assigned(pair)
    row = begun(pair[0])
    told = answer(row.pk, "9", 1, by=pair[0])
    assert [flag.key for flag in told.flags] == ["phq9_item9"]
    assert Flag.objects.get().owner == pair[1]


def test_item_nine_taken_back_leaves_the_flag_with_both_answers(pair: Pair) -> None:
    assigned(pair)
    row = begun(pair[0])
    for value in (2, 0):
        answer(row.pk, "9", value, by=pair[0])
    flag = Flag.objects.get()
    assert [one["facts"]["phq-9.item.9"] for one in flag.history] == [2, 0]
    assert [one["value"] for one in fresh(row.pk).taps] == [2, 0]


def test_item_nine_tapped_on_an_old_page_is_noticed_though_the_form_is_closed(pair: Pair) -> None:
    assigned(pair)
    row = filled(pair[0], SEVENTEEN)
    told = answer(row.pk, "9", 3, by=pair[0])
    assert (told.kept, [flag.level for flag in told.flags]) == (False, [3])
    assert fresh(row.pk).given["9"] == 0


def test_the_answer_and_its_flag_stand_or_fall_together(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    assigned(pair)
    row = begun(pair[0])

    def fail(self: Response, **how: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Response, "save", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        answer(row.pk, "9", 2, by=pair[0])
    assert not Flag.objects.exists()
    assert fresh(row.pk).given == {}


def test_item_nine_skipped_raises_nothing(pair: Pair) -> None:
    assigned(pair)
    filled(pair[0], [1] * 8)
    assert not Flag.objects.exists()


def test_a_rise_beyond_the_noise_is_told_to_the_rules(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    filled(pair[0], [1, 1, 1, 1, 1, 0, 0, 0, 0])
    clock("2026-11-16T15:00:00Z")
    filled(pair[0], [2, 2, 2, 2, 2, 1, 0, 0, 0])
    assert [flag.key for flag in Flag.objects.all()] == ["phq9_worse"]


def test_who_five_very_low_is_told_once_while_it_stays(pair: Pair, clock: Clock) -> None:
    Offering.objects.create(slug="who-5", is_on=True)
    assigned(pair, "who-5", "fortnightly")
    filled(pair[0], [1, 1, 1, 2, 2], "who-5")
    assert [flag.key for flag in Flag.objects.all()] == ["who5_low"]


def test_other_peoples_fills_are_out_of_reach(pair: Pair) -> None:
    assigned(pair)
    row = begun(pair[0])
    stranger = make_pair()[0]
    with pytest.raises(Response.DoesNotExist):
        answer(row.pk, "1", 1, by=stranger)
    with pytest.raises(Response.DoesNotExist):
        finish(row.pk, by=stranger)


def test_never_drinking_leaves_the_other_two_out(pair: Pair) -> None:
    Offering.objects.create(slug="audit-c", is_on=True)
    assigned(pair, "audit-c", "quarterly", threshold=3)
    row = filled(pair[0], [0], "audit-c")
    assert (row.total, row.threshold, row.given) == (0, 3, {"1": 0})
