"""An answer that somebody has to look at becomes a flag: with the answer or not at all, and one for each cause."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from koru.people.models import Alliance, Person
from koru.safety.flags import Flag, FlagStep
from koru.safety.handling import acknowledge, close, note_done
from koru.safety.helping import did
from koru.safety.noticing import ask_for_help, ask_to_look, notice
from koru.safety.standing import is_urgent, open_flags
from tests.people import make_admin, make_client, make_clinic, make_staff, make_therapist

from .flagged import TUESDAY, House, local, make_house, steps, told

Clock = Callable[[str], object]


def test_an_answer_below_every_mark_raises_nothing(house: House) -> None:
    assert notice(house.rowan, {"phq-9.item.9": 0}, about=uuid4(), by=house.rowan) == ()
    assert notice(house.rowan, {}, about=None, by=house.rowan) == ()
    assert not Flag.objects.exists()


def test_a_flag_holds_what_was_answered_whose_it_is_and_by_when(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = Flag.objects.get(pk=house.item9(2).pk)
    assert (flag.key, flag.level, flag.owner, flag.state, flag.count) == ("phq9_item9", 3, house.wren, "open", 1)
    assert flag.due_at == local("2026-11-17T11:05")
    assert flag.history[0]["facts"] == {"phq-9.item.9": 2}
    assert steps(flag) == ["raised", "shown"]


def test_what_was_answered_is_sealed(house: House) -> None:
    flag = house.item9(2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers::text || '' FROM safety_flag WHERE id = %s", [flag.pk])
        (stored,) = cursor.fetchone()
    assert b"phq-9.item.9".hex() not in stored


def test_an_answer_changed_in_the_same_sitting_leaves_the_flag_with_both(house: House) -> None:
    form = uuid4()
    flag = house.item9(2, about=form)
    assert notice(house.rowan, {"phq-9.item.9": 0}, about=form, by=house.rowan) == ()
    flag.refresh_from_db()
    assert [row["facts"] for row in flag.history] == [{"phq-9.item.9": 2}, {"phq-9.item.9": 0}]
    assert (flag.level, flag.state, flag.count) == (3, "open", 1)
    assert flag.history[0]["at"] <= flag.history[1]["at"]
    assert steps(flag)[-1] == "changed"


def test_the_same_answer_sent_again_is_nothing_new(house: House) -> None:
    form = uuid4()
    flag = house.item9(1, about=form)
    assert notice(house.rowan, {"phq-9.item.9": 1}, about=form, by=house.rowan) == ()
    flag.refresh_from_db()
    assert (flag.count, len(flag.history)) == (1, 1)


def test_a_new_answer_adds_to_the_open_flag_and_raises_its_level(house: House) -> None:
    first = house.item9(1)
    again = house.item9(3)
    again.refresh_from_db()
    assert again.pk == first.pk
    assert (again.level, again.count, len(again.history)) == (3, 2, 2)
    assert house.item9(1).level == 3


def test_a_higher_level_is_due_no_later_than_was_said(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    house.item9(1)
    clock("2026-11-17T13:55:00-05:00")  # nine minutes before the first was due
    flag = house.item9(3)
    assert flag.due_at == local("2026-11-17T14:05")


def test_seen_and_answered_again_it_asks_for_a_look_again(house: House) -> None:
    flag = house.item9(1)
    acknowledge(flag.pk, by=house.wren)
    house.item9(1)
    flag.refresh_from_db()
    assert (flag.state, flag.acknowledged_by) == ("open", None)
    assert steps(flag) == ["raised", "shown", "acknowledged", "again", "shown"]


def test_after_closing_a_new_answer_is_a_flag_of_its_own(house: House) -> None:
    first = house.item9(1)
    close(first.pk, "reached", "", by=house.wren)
    second = house.item9(1)
    assert second.pk != first.pk
    assert list(open_flags(house.rowan)) == [second]


def test_a_drop_of_mood_comes_up_once_in_seven_days_unless_it_is_more_pressing(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    (flag,) = notice(house.rowan, {"mood.drop": 1, "mood.drop.after_session": 0}, about=uuid4(), by=house.rowan)
    assert notice(house.rowan, {"mood.drop": 1, "mood.drop.after_session": 0}, about=uuid4(), by=house.rowan) == ()
    close(flag.pk, "reached", "", by=house.wren)
    clock("2026-11-24T10:04:00-05:00")
    assert notice(house.rowan, {"mood.drop": 1, "mood.drop.after_session": 0}, about=uuid4(), by=house.rowan) == ()
    (pressing,) = notice(house.rowan, {"mood.drop": 1, "mood.drop.after_session": 1}, about=uuid4(), by=house.rowan)
    assert (pressing.level, Flag.objects.count()) == (2, 2)


def test_asking_for_help_twice_is_one_flag_and_a_second_tap_is_nothing_more(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    first = ask_for_help(house.rowan, by=house.rowan)
    before = steps(first)
    assert (ask_for_help(house.rowan, by=house.rowan), steps(first)) == (first, before)
    clock("2026-11-17T10:15:00-05:00")
    later = ask_for_help(house.rowan, by=house.rowan)
    assert (later.pk, later.key, later.level, later.count) == (first.pk, "needs_help", 3, 2)


def test_what_was_done_sent_twice_is_kept_once(house: House) -> None:
    flag = house.item9(1)
    for outcome, note in (("tried", "Demo"), ("tried", "Demo"), ("tried", "Demo again")):
        note_done(flag.pk, outcome, note, by=house.wren)
    did(flag, "carried_on", by=house.rowan)
    did(flag, "carried_on", by=house.rowan)
    assert steps(flag) == ["raised", "shown", "acknowledged", "done", "done", "carried_on"]


def test_asking_for_a_look_at_an_entry_is_routine_and_rings_nowhere(house: House) -> None:
    entry = uuid4()
    (flag,) = ask_to_look(house.rowan, about=entry, by=house.rowan)
    assert (flag.level, flag.about, told(flag)) == (1, entry, [])
    assert ask_to_look(house.rowan, about=entry, by=house.rowan) == ()


def test_several_causes_at_once_are_several_flags_the_most_pressing_first(house: House) -> None:
    flags = notice(house.rowan, {"phq-9.total": 24, "phq-9.change": 9}, about=uuid4(), by=house.rowan)
    assert [flag.key for flag in flags] == ["phq9_severe", "phq9_worse"]


def test_what_is_urgent_is_known_to_other_rooms(house: House) -> None:
    assert not is_urgent(house.rowan)
    flag = house.item9(2)
    assert is_urgent(house.rowan)
    close(flag.pk, "reached", "", by=house.wren)
    assert not is_urgent(house.rowan)


def test_the_answer_and_its_flag_are_kept_together_or_not_at_all(house: House) -> None:
    def answered() -> None:
        with transaction.atomic():
            house.item9(3)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        answered()
    assert not Flag.objects.exists()
    assert not FlagStep.objects.exists()


def test_a_client_with_nobody_is_looked_after_by_the_clinical_lead(house: House) -> None:
    Alliance.objects.all().delete()
    assert house.item9(1).owner == house.hazel


def test_a_therapist_who_has_left_is_no_cover(house: House) -> None:
    house.wren.is_active = False
    house.wren.save()
    assert house.item9(1).owner == house.hazel


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_therapist, make_staff, make_admin])
def test_a_client_without_cover_is_impossible(make: Callable[[], Person]) -> None:
    make_clinic()
    client, somebody = make_client(), make()
    (flag,) = notice(client, {"phq-9.item.9": 1}, about=None, by=client)
    assert flag.owner == somebody


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_instant_make_one_flag() -> None:
    house, start = make_house(), Barrier(4)
    failed: list[BaseException] = []

    def answer() -> None:
        try:
            start.wait()
            house.item9(2)
        except BaseException as failure:
            failed.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    flag = Flag.objects.get()
    assert (flag.count, len(flag.history)) == (4, 4)


def test_a_client_who_is_erased_takes_flags_along(house: House) -> None:
    close(house.item9(1).pk, "reached", "", by=house.wren)
    Flag.objects.filter(client=house.rowan).delete()
    assert not FlagStep.objects.exists()
