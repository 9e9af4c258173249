"""Widening waits, narrowing doesn't: each deed that can share, book or agree to more, within a day of a session and after."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import Http404
from django.utils import timezone

from journaling import aiming, library, walking
from journaling.attachments.adding import attach, attach_at, join, keep_with
from journaling.attachments.adding import bring_back as bring_drawing_back
from journaling.attachments.adding import remove as take_out
from journaling.attachments.models import Attachment
from journaling.attachments.things import Thing
from journaling.goals import Goal
from journaling.held import Passage
from journaling.holding import hold
from journaling.intentions import rest, say, take_up
from journaling.models import Entry, ShareWish
from journaling.passages import give, mark
from journaling.sharing import BRING, ONLY_ME, THERAPIST
from journaling.walking import Said
from journaling.writing import Written, delete, edit, keep, let_wish_go, share, undo_delete
from koru.care.adding import say as add_line
from koru.desk.recording import record_consent, withdraw_consent
from koru.moments.directions import Direction, direction_of
from koru.moments.spans import Span
from koru.people import spacing
from koru.people.consents import has_consent
from koru.people.models import Alliance
from koru.people.stages import stage_of
from koru.practices import choosing
from koru.practices.models import PracticeChoices
from koru.privacy.door import open_record
from koru.reminders.letting_in import Tomorrow, devices_of, let_in
from koru.reminders.numbers import Code, give_number, say_code, start_texts
from koru.reminders.text_numbers import TextNumber, reachable
from koru.safety import keeping_well
from koru.safety.keeping import KeepingLine, Kind, monday_of
from koru.safety.planning import AskAgain, keep_matters_to_oneself, share_matters
from koru.safety.plans import SafetyPlan
from koru.safety.quiet_hellos import QuietChoice, QuietHello
from koru.safety.saying_hello import let_answer_be_known, let_silence_be_told
from koru.sealing.keyring import keyring
from koru.ui.refused import Refused as DrawingWaits
from moodtracking import seeing_less
from moodtracking.checking_in import bring_back, change, check_in, remove
from moodtracking.connection import answering
from moodtracking.connection.models import ConnectionCheckIn
from moodtracking.given import Given
from moodtracking.holding import let_be_seen
from moodtracking.models import CheckIn, OwnItem
from moodtracking.own_items import CanWait, Proposal, agree, propose
from moodtracking.seeing_less import Along
from scheduling.agreeing import add, put_on
from scheduling.answering_sooner import accept_sooner
from scheduling.booking import Asked, book
from scheduling.cancelling import cancel
from scheduling.course_booking import book_course
from scheduling.feeding import feed_of, make_feed
from scheduling.holding import hold as hold_time
from scheduling.models import AgreedLine, Appointment, BookingWish, RoutineChoice, SoonerOffer, SoonerWish
from scheduling.refusals import DecideTomorrow
from scheduling.resting import waits_for
from scheduling.sharing_routine import keep_routine_to_oneself, share_routine
from scheduling.wishing import let_booking_wish_go, wish_to_book
from tests.architecture.test_directions import deeds
from tests.connection.world import met
from tests.people.spacings import proposed as spaced_by
from tests.reminders.push_service import Browser
from tests.scheduling.course import proposed
from tests.scheduling.practice import NEW_YORK, Practice, at, kind_of, make_practice

ENDED = at("2026-11-23 13:00")
WAITING = (at("2026-11-23 11:00"), ENDED, ENDED + timedelta(hours=23, minutes=59, seconds=59))
BEFORE = at("2026-11-20 11:00")
OPEN = ENDED + timedelta(hours=24)
DRAWING = Thing("drawing", "image/png", b"whole", b"small", 4, 3)
GUARDED_BY = {"koru.people.consents.record_consent": "koru.desk.recording.record_consent"}


@pytest.fixture
def practice(db: None) -> Practice:
    """A client whose dosing session ends at ENDED; until then it runs, from 10:00."""
    with time_machine.travel(at("2026-11-20 12:00"), tick=False):
        made = make_practice()
        held = made.book(at("2026-11-23 10:00"), by=made.staff)
    Appointment.objects.filter(pk=held.pk).update(state="met", started_at=held.starts, ended_at=ENDED)
    return made


@dataclass
class Told:
    """What one deed has left: whether more is shared, booked or agreed to, and whether it is kept as a wish."""

    more: bool
    wish: bool = False


def entry_of(practice: Practice, level: str = ONLY_ME) -> Entry:
    """Written before the session, shared then if at all."""
    with time_machine.travel(at("2026-11-21 12:00"), tick=False):
        return keep(Written("Demo words", share=level), key=uuid4(), by=practice.client)


def told_of(entry: Entry) -> Told:
    current = Entry.objects.get(pk=entry.pk)
    return Told(current.share != ONLY_ME and current.deleted_at is None, ShareWish.objects.filter(entry=entry).exists())


def keeps(practice: Practice) -> Told:
    return told_of(keep(Written("Demo words", share=THERAPIST), key=uuid4(), by=practice.client))


def shares(practice: Practice) -> Told:
    entry = entry_of(practice)
    share(entry, BRING, by=practice.client)
    return told_of(entry)


def changes_the_words(practice: Practice) -> Told:
    entry = entry_of(practice, THERAPIST)
    edit(entry, entry.title, "Other demo words", key=uuid4(), by=practice.client)
    assert Entry.objects.get(pk=entry.pk).text == "Other demo words"
    return told_of(entry)


def has_it_back(practice: Practice) -> Told:
    entry = entry_of(practice, THERAPIST)
    delete(entry, by=practice.client)
    assert undo_delete(entry.pk, by=practice.client)
    assert Entry.objects.get(pk=entry.pk).deleted_at is None
    return told_of(entry)


def added(practice: Practice, level: str = THERAPIST) -> Attachment:
    return attach(entry_of(practice, level), DRAWING, "", key=uuid4(), by=practice.client)


def added_told(one: Attachment) -> Told:
    """Whether the therapist would meet it now."""
    with open_record(one.client_id, by=Alliance.objects.get(client=one.client_id).therapist, why="timeline") as record:
        return Told(Attachment.objects.readable_in(record).filter(pk=one.pk).exists())


def adds_a_drawing(practice: Practice) -> Told:
    return added_told(added(practice))


def keeps_a_drawing(practice: Practice) -> Told:
    entry = keep_with(Written("", share=THERAPIST), DRAWING, "", key=uuid4(), by=practice.client)
    assert Attachment.objects.filter(entry=entry).exists()
    return Told(told_of(entry).more)


def shares_a_drawing(practice: Practice) -> Told:
    one = added(practice)
    Attachment.objects.filter(pk=one.pk).update(apart=True)
    with suppress(DrawingWaits):
        join(one, by=practice.client)
    return added_told(one)


def has_a_drawing_back(practice: Practice) -> Told:
    with time_machine.travel(at("2026-11-22 12:00"), tick=False):
        one = added(practice)
    assert added_told(one).more
    take_out(one, by=practice.client)
    assert not added_told(one).more
    bring_drawing_back(one.pk, by=practice.client)
    return added_told(one)


def noted(practice: Practice, level: str) -> CheckIn:
    given = Given(answers={"mood": 0}, note="Demo note", note_share=level)
    return check_in(given, by=practice.client, key=uuid4())


def note_told(row: CheckIn) -> Told:
    return Told(CheckIn.objects.get(pk=row.pk).note_share != CheckIn.Share.ONLY_ME)


def checks_in(practice: Practice) -> Told:
    return note_told(noted(practice, CheckIn.Share.MY_THERAPIST))


def changes_a_note(practice: Practice) -> Told:
    row = noted(practice, CheckIn.Share.ONLY_ME)
    return note_told(change(row, Given(note_share=CheckIn.Share.MY_THERAPIST), by=practice.client))


def brings_a_check_in_back(practice: Practice) -> Told:
    with time_machine.travel(at("2026-11-22 12:00"), tick=False):
        row = noted(practice, CheckIn.Share.MY_THERAPIST)
    assert note_told(row).more
    remove(row, by=practice.client)
    bring_back(row, by=practice.client)
    assert CheckIn.objects.get(pk=row.pk).deleted_at is None
    return note_told(row)


def lets_a_check_in_be_seen(practice: Practice) -> Told:
    with time_machine.travel(at("2026-11-22 12:00"), tick=False):
        row = check_in(Given({"mood": -2}, held=True), by=practice.client, key=uuid4())
    let_be_seen(row.pk, by=practice.client)
    return Told(CheckIn.objects.shown().filter(pk=row.pk).exists())


def has_a_passage_back(practice: Practice) -> Told:
    entry = entry_of(practice)
    with time_machine.travel(at("2026-11-21 13:00"), tick=False):
        passage = mark(entry, "Demo words", key=uuid4(), by=practice.client)
    delete(entry, by=practice.client)
    assert undo_delete(entry.pk, by=practice.client)
    return passage_told(passage)


def passage_told(passage: Passage) -> Told:
    current = Passage.objects.get(pk=passage.pk)
    return Told(current.shared_at is not None, current.shared_at is None and current.ask_at is not None)


def marks_a_passage(practice: Practice) -> Told:
    return passage_told(mark(entry_of(practice), "Demo words", key=uuid4(), by=practice.client))


def gives_a_passage_after_all(practice: Practice) -> Told:
    with time_machine.travel(ENDED, tick=False):
        passage = mark(entry_of(practice), "Demo words", key=uuid4(), by=practice.client)
    return passage_told(give(passage.pk, by=practice.client))


def says_there_is_something(practice: Practice) -> Told:
    raised = hold(entry_of(practice), by=practice.client)
    return Told(raised.ask_at is None, raised.ask_at is not None)


def takes_an_intention_up(practice: Practice) -> Told:
    entry = entry_of(practice, THERAPIST)
    with time_machine.travel(at("2026-11-21 13:00"), tick=False):
        intention = say(entry, "Demo sentence", by=practice.client)
    assert intention
    assert rest(intention.pk, by=practice.client)
    asked_again = take_up(intention.pk, by=practice.client)
    return Told(asked_again is None)


def proposes_a_question(practice: Practice) -> Told:
    with open_record(practice.client, by=practice.client, why="items") as record:
        try:
            propose(Proposal("Demo question", "amount"), record=record, key=uuid4(), by=practice.client)
        except CanWait:
            return Told(more=OwnItem.objects.exists())
    return Told(OwnItem.objects.filter(client=practice.client).exists())


def agrees_to_a_question(practice: Practice) -> Told:
    with open_record(practice.client, by=practice.therapist, why="plan") as record:
        item = propose(Proposal("Demo question", "amount"), record=record, key=uuid4(), by=practice.therapist)
    with open_record(practice.client, by=practice.client, why="items") as record:
        try:
            agree(item.pk, record=record, by=practice.client)
        except CanWait:
            return Told(more=OwnItem.objects.exclude(agreed_at=None).exists())
    return Told(OwnItem.objects.exclude(agreed_at=None).exists())


def shares_what_matters(practice: Practice) -> Told:
    with time_machine.travel(at("2026-11-21 13:00"), tick=False):
        keep_matters_to_oneself(practice.client, by=practice.client)
    try:
        share_matters(practice.client, waits=waits_for(practice.client, timezone.now()), by=practice.client)
    except AskAgain:
        return Told(more=not SafetyPlan.objects.get(client=practice.client).matters_own)
    return Told(not SafetyPlan.objects.get(client=practice.client).matters_own)


def lets_a_silence_be_told(practice: Practice) -> Told:
    with suppress(AskAgain):
        let_silence_be_told(practice.client, 48, waits=waits_for(practice.client, timezone.now()), by=practice.client)
    return Told(QuietChoice.objects.filter(client=practice.client, tells_after=48).exists())


def lets_an_answer_be_known(practice: Practice) -> Told:
    now = timezone.now()
    hello = QuietHello.objects.create(client=practice.client, last_sign=ENDED.date(), said_at=now, answer="busy", answered_at=now)
    with suppress(AskAgain):
        let_answer_be_known(hello, waits=waits_for(practice.client, now), by=practice.client)
    return Told(QuietHello.objects.filter(told_at__isnull=False).exists())


def shares_which_practices_were_done(practice: Practice) -> Told:
    with time_machine.travel(at("2026-11-21 13:00"), tick=False):
        choosing.keep_to_oneself(by=practice.client)
    with suppress(choosing.AskAgain):
        choosing.share(waits=waits_for(practice.client, timezone.now()), by=practice.client)
    return Told(PracticeChoices.objects.get(client=practice.client).shares)


def books(practice: Practice) -> Told:
    try:
        practice.book(at("2026-12-01 10:00"))
    except DecideTomorrow:
        wish_to_book(kind_of("dosing"), practice.therapist, "room", by=practice.client)
        return Told(more=False, wish=BookingWish.objects.get(client=practice.client).ask_at == OPEN)
    return Told(more=True)


def draws_in_a_shared_guide(practice: Practice) -> Told:
    prompts = library.load().prompts
    with time_machine.travel(at("2026-11-21 12:00"), tick=False):
        walk = walking.begin("gathering", by=practice.client)
        part = walking.say(walk, Said(2, prompts["a7-what-stayed"], "Demo words", uuid4()), by=practice.client)
        share(part.entry, THERAPIST, by=practice.client)
    drawn = attach_at(walk, 3, prompts["a7-not-what-i-expected"], DRAWING, "", key=uuid4(), by=practice.client)
    return added_told(drawn)


def says_more_in_a_shared_guide(practice: Practice) -> Told:
    prompts = library.load().prompts
    with time_machine.travel(at("2026-11-21 12:00"), tick=False):
        walk = walking.begin("gathering", by=practice.client)
        walking.say(walk, Said(2, prompts["a7-what-stayed"], "Demo words", uuid4()), by=practice.client)
        entry = Entry.objects.get(walk=walk)
        share(entry, THERAPIST, by=practice.client)
    walking.say(walk, Said(3, prompts["a7-not-what-i-expected"], "More words", uuid4()), by=practice.client)
    return told_of(entry)


def holds_a_time(practice: Practice) -> Told:
    asked = Asked(kind=kind_of("dosing"), therapist=practice.therapist, place="room", client=practice.client)
    try:
        hold_time(asked, at("2026-12-01 10:00"), by=practice.client)
    except DecideTomorrow:
        return Told(Appointment.objects.filter(state="held").exists())
    return Told(more=True)


def books_a_course(practice: Practice) -> Told:
    course = proposed(practice)
    try:
        book_course(course, by=practice.client, key=uuid4())
    except DecideTomorrow:
        return Told(Appointment.objects.filter(course_date__isnull=False).exists())
    return Told(more=True)


def agrees(practice: Practice) -> Told:
    try:
        record_consent(practice.client, "sms", by=practice.staff)
    except DecideTomorrow:
        return Told(more=has_consent(practice.client, "sms"))
    return Told(has_consent(practice.client, "sms"))


def makes_a_calendar_address(practice: Practice) -> Told:
    with suppress(DecideTomorrow):
        make_feed(practice.client, by=practice.client)
    return Told(feed_of(practice.client) is not None)


def lets_a_device_in(practice: Practice) -> Told:
    sign_in = SessionStore()
    sign_in.create()
    session = Session.objects.get(pk=sign_in.session_key)
    with suppress(Tomorrow):
        let_in(practice.client, session, Browser().subscription(), by=practice.client)
    return Told(devices_of(practice.client).exists())


def says_yes_to_texts(practice: Practice) -> Told:
    with suppress(Tomorrow):
        give_number(practice.client, "+12125550142", by=practice.client)
    return Told(has_consent(practice.client, "sms"))


def given_before(practice: Practice) -> tuple[TextNumber, Code]:
    """A number that was given before the session."""
    with time_machine.travel(BEFORE, tick=False):
        code = give_number(practice.client, "+12125550142", by=practice.client)
    assert code is not None
    TextNumber.objects.update(code_until=timezone.now() + timedelta(minutes=1))
    return TextNumber.objects.get(person=practice.client, ended_at=None), code


def says_the_code(practice: Practice) -> Told:
    number, code = given_before(practice)
    with suppress(Tomorrow):
        say_code(practice.client, code.digits, by=practice.client)
    return Told(reachable().filter(pk=number.pk).exists())


def says_start(practice: Practice) -> Told:
    number, _ = given_before(practice)
    TextNumber.objects.filter(pk=number.pk).update(verified_at=timezone.now(), stopped_at=timezone.now())
    withdraw_consent(practice.client, "sms", by=practice.client)
    with suppress(Tomorrow):
        start_texts(practice.client, by=practice.client)
    return Told(reachable().filter(pk=number.pk).exists())


def takes_something_sooner(practice: Practice) -> Told:
    now, span = timezone.now(), Span.lasting(at("2026-12-01 10:00"), 150)
    wish = SoonerWish.objects.create(client=practice.client, kind=kind_of("dosing"), place="room")
    held = Appointment.objects.create(
        kind_id="dosing", client=practice.client, therapist=practice.therapist, room=practice.room, place="room", before=15,
        after=30, during=span.range, padded=span.padded(15, 30).range, state="held", offered=True, booked_at=now,
        held_until=now + timedelta(hours=1),
    )  # fmt: skip
    made = SoonerOffer.objects.create(
        wish=wish, held=held, therapist=practice.therapist, start=span.start, made_at=now, until=now + timedelta(hours=1)
    )
    with suppress(DecideTomorrow):
        accept_sooner(made.pk, by=practice.client)
    return Told(Appointment.objects.filter(client=practice.client, state="booked", during=span.range).exists())


def shares_the_routine(practice: Practice) -> Told:
    keep_routine_to_oneself(by=practice.client)
    with suppress(DecideTomorrow):
        share_routine(by=practice.client)
    return Told(RoutineChoice.objects.get(client=practice.client).is_shared)


def agreed_line(practice: Practice) -> AgreedLine:
    with open_record(practice.client, by=practice.client, why="agreed") as record:
        return add("Demo words", record=record, key=uuid4(), by=practice.client)


def adds_to_what_was_agreed(practice: Practice) -> Told:
    return Told(agreed_line(practice).state == "open")


def puts_a_line_on_after_all(practice: Practice) -> Told:
    with time_machine.travel(ENDED, tick=False):
        line = agreed_line(practice)
    with open_record(practice.client, by=practice.client, why="agreed") as record:
        return Told(put_on(line.pk, record=record, by=practice.client).state == "open")


def how_it_was(practice: Practice, shares: bool) -> ConnectionCheckIn:
    """Of a meeting the week before."""
    earlier = met(practice.client, practice.therapist, at("2026-11-20 10:00"))
    told = answering.Told({"heard": 80}, shares=shares)
    return answering.answer(earlier, told, key=uuid4(), by=practice.client)


def says_how_a_meeting_was(practice: Practice) -> Told:
    row = how_it_was(practice, shares=True)
    return Told(row.is_shared, row.ask_at is not None)


def shares_how_a_meeting_was(practice: Practice) -> Told:
    row = how_it_was(practice, shares=False)
    answering.share(row.pk, by=practice.client, with_words=True)
    row.refresh_from_db()
    return Told(row.is_shared, row.ask_at is not None)


def adds_a_line_to_the_brief(practice: Practice) -> Told:
    span = Span.lasting(timezone.now() + timedelta(hours=8), 50)
    session = Appointment.objects.create(
        kind_id="integration", client=practice.client, therapist=practice.therapist, place="video", during=span.range,
        before=0, after=0, padded=span.range,
    )  # fmt: skip
    line = add_line("Demo words", session=session, by=practice.client)
    return Told(line is not None and line.ask_at is None)


def goal_of(practice: Practice, level: str = THERAPIST) -> Goal:
    """Put into words before the session, shared then if at all."""
    with time_machine.travel(at("2026-11-21 12:00"), tick=False):
        return aiming.set_goal("Demo words", level, key=uuid4(), by=practice.client)


def goal_told() -> Told:
    goal = Goal.objects.get()
    return Told(goal.is_shared, goal.ask_at is not None)


def sets_a_goal(practice: Practice) -> Told:
    aiming.set_goal("Demo words", THERAPIST, key=uuid4(), by=practice.client)
    return goal_told()


def puts_a_goal_otherwise(practice: Practice) -> Told:
    aiming.reword(goal_of(practice).pk, "Other words", by=practice.client)
    return goal_told()


def says_where_with_a_goal(practice: Practice) -> Told:
    aiming.say_where(goal_of(practice).pk, "Nearer", 4, key=uuid4(), by=practice.client)
    return goal_told()


def shares_a_goal(practice: Practice) -> Told:
    aiming.share_goal(goal_of(practice, ONLY_ME).pk, by=practice.client)
    return goal_told()


def agrees_to_meet_less_often(practice: Practice) -> Told:
    row = spaced_by(practice.client, practice.therapist)
    with suppress(spacing.Waits):
        spacing.agree(row.pk, waits=waits_for(practice.client, timezone.now()), by=practice.client)
    return Told(stage_of(practice.client) is not None)


def agrees_to_meet_less_often_and_what_goes_along(practice: Practice) -> Told:
    row = spaced_by(practice.client, practice.therapist)
    with suppress(spacing.Waits):
        seeing_less.agree(row.pk, Along(), waits=waits_for(practice.client, timezone.now()), by=practice.client)
    return Told(stage_of(practice.client) is not None)


def reads_early_signs(practice: Practice) -> bool:
    with open_record(practice.client, by=practice.therapist, why="keeping well") as record:
        lines = KeepingLine.objects.readable_in(record).with_last_seen(apart=False)
        return any(line.words == "New" or line.last_seen for line in lines)


def shared_list(practice: Practice) -> KeepingLine:
    """A list that was shared before the session, with one line."""
    keeping_well.share_list(waits=None, by=practice.client)
    return keeping_well.add(Kind.SIGN, "Old", waits=None, key=uuid4(), by=practice.client)


def waits_now(practice: Practice) -> datetime | None:
    return waits_for(practice.client, timezone.now())


def adds_an_early_sign(practice: Practice) -> Told:
    shared_list(practice)
    keeping_well.add(Kind.STEP, "New", waits=waits_now(practice), key=uuid4(), by=practice.client)
    return Told(reads_early_signs(practice))


def puts_an_early_sign_otherwise(practice: Practice) -> Told:
    line = shared_list(practice)
    keeping_well.reword(line.pk, "New", waits=waits_now(practice), key=uuid4(), by=practice.client)
    return Told(reads_early_signs(practice))


def says_which_signs_were_there(practice: Practice) -> Told:
    line, week = shared_list(practice), monday_of(timezone.now().astimezone(NEW_YORK).date())
    keeping_well.say_seen([line.pk], [line.pk], week, waits=waits_now(practice), by=practice.client)
    return Told(reads_early_signs(practice))


def shares_early_signs(practice: Practice) -> Told:
    keeping_well.add(Kind.SIGN, "New", waits=None, key=uuid4(), by=practice.client)
    with suppress(AskAgain):
        keeping_well.share_list(waits=waits_now(practice), by=practice.client)
    return Told(reads_early_signs(practice))


MORE: dict[str, Callable[[Practice], Told]] = {
    "koru.care.adding.say": adds_a_line_to_the_brief,
    "journaling.aiming.set_goal": sets_a_goal,
    "journaling.aiming.reword": puts_a_goal_otherwise,
    "journaling.aiming.say_where": says_where_with_a_goal,
    "journaling.aiming.share_goal": shares_a_goal,
    "scheduling.agreeing.add": adds_to_what_was_agreed,
    "scheduling.agreeing.put_on": puts_a_line_on_after_all,
    "scheduling.answering_sooner.accept_sooner": takes_something_sooner,
    "journaling.attachments.adding.attach": adds_a_drawing,
    "journaling.attachments.adding.attach_at": draws_in_a_shared_guide,
    "journaling.attachments.adding.keep_with": keeps_a_drawing,
    "journaling.attachments.adding.join": shares_a_drawing,
    "journaling.attachments.adding.bring_back": has_a_drawing_back,
    "journaling.writing.keep": keeps,
    "journaling.writing.share": shares,
    "journaling.writing.edit": changes_the_words,
    "journaling.writing.undo_delete": has_it_back,
    "journaling.walking.say": says_more_in_a_shared_guide,
    "journaling.passages.mark": marks_a_passage,
    "journaling.passages.give": gives_a_passage_after_all,
    "journaling.holding.hold": says_there_is_something,
    "journaling.intentions.take_up": takes_an_intention_up,
    "moodtracking.own_items.propose": proposes_a_question,
    "moodtracking.own_items.agree": agrees_to_a_question,
    "koru.people.spacing.agree": agrees_to_meet_less_often,
    "moodtracking.seeing_less.agree": agrees_to_meet_less_often_and_what_goes_along,
    "koru.safety.keeping_well.add": adds_an_early_sign,
    "koru.safety.keeping_well.reword": puts_an_early_sign_otherwise,
    "koru.safety.keeping_well.say_seen": says_which_signs_were_there,
    "koru.safety.keeping_well.share_list": shares_early_signs,
    "koru.safety.planning.share_matters": shares_what_matters,
    "koru.safety.saying_hello.let_silence_be_told": lets_a_silence_be_told,
    "koru.safety.saying_hello.let_answer_be_known": lets_an_answer_be_known,
    "scheduling.sharing_routine.share_routine": shares_the_routine,
    "koru.practices.choosing.share": shares_which_practices_were_done,
    "moodtracking.connection.answering.answer": says_how_a_meeting_was,
    "moodtracking.connection.answering.share": shares_how_a_meeting_was,
    "moodtracking.checking_in.check_in": checks_in,
    "moodtracking.checking_in.change": changes_a_note,
    "moodtracking.checking_in.bring_back": brings_a_check_in_back,
    "moodtracking.holding.let_be_seen": lets_a_check_in_be_seen,
    "scheduling.booking.book": books,
    "scheduling.holding.hold": holds_a_time,
    "scheduling.course_booking.book_course": books_a_course,
    "scheduling.feeding.make_feed": makes_a_calendar_address,
    "koru.desk.recording.record_consent": agrees,
    "koru.reminders.letting_in.let_in": lets_a_device_in,
    "koru.reminders.numbers.give_number": says_yes_to_texts,
    "koru.reminders.numbers.say_code": says_the_code,
    "koru.reminders.numbers.start_texts": says_start,
}


def test_each_deed_that_can_widen_is_tried_here() -> None:
    widening = {name for name, deed in deeds() if direction_of(deed) in (Direction.WIDENS, Direction.EITHER)}
    assert {GUARDED_BY.get(name, name) for name in widening} == set(MORE)


@pytest.mark.parametrize("name", MORE)
@pytest.mark.parametrize("now", WAITING)
def test_more_waits_from_the_start_of_a_session_until_a_day_after_its_end(practice: Practice, name: str, now: datetime) -> None:
    if now == WAITING[0]:
        Appointment.objects.filter(client=practice.client).update(state="booked", ended_at=None)
    with time_machine.travel(now, tick=False), keyring():
        assert MORE[name](practice).more is False


@pytest.mark.parametrize("name", MORE)
def test_a_day_after_its_end_it_acts_at_once(practice: Practice, name: str) -> None:
    with time_machine.travel(OPEN, tick=False), keyring():
        assert MORE[name](practice) == Told(more=True)


@pytest.mark.parametrize(("now", "shared"), [(ENDED, False), (OPEN, True)])
def test_a_deleted_entry_comes_back_without_its_passages_until_that_day_is_over(
    practice: Practice, now: datetime, shared: bool
) -> None:
    with time_machine.travel(now, tick=False), keyring():
        assert has_a_passage_back(practice) == Told(shared, wish=not shared)


@pytest.mark.parametrize("name", ["journaling.writing.keep", "journaling.writing.share", "scheduling.booking.book"])
def test_what_waits_is_kept_as_a_wish(practice: Practice, name: str) -> None:
    with time_machine.travel(ENDED, tick=False), keyring():
        assert MORE[name](practice).wish


def test_less_acts_at_once_however_soon_after_a_session(practice: Practice) -> None:
    entry = entry_of(practice, THERAPIST)
    ahead = practice.book(at("2026-12-01 10:00"), by=practice.staff)
    other = keep_a_wish(practice)
    with time_machine.travel(ENDED, tick=False), keyring():
        share(entry, ONLY_ME, by=practice.client)
        assert not told_of(entry).more
        let_wish_go(other, by=practice.client)
        assert not told_of(other).wish
        cancel(ahead, reason="", by=practice.client)
        assert Appointment.objects.get(pk=ahead.pk).state == "cancelled"
        assert withdraw_consent(practice.client, "treatment", by=practice.staff)
        assert not has_consent(practice.client, "treatment")


def keep_a_wish(practice: Practice) -> Entry:
    with time_machine.travel(ENDED, tick=False), keyring():
        return keep(Written("Demo words", share=BRING), key=uuid4(), by=practice.client)


def test_a_booking_wish_is_asked_again_once_and_ends_with_a_booking_or_a_word(practice: Practice) -> None:
    with time_machine.travel(ENDED, tick=False), keyring():
        for kind in ("integration", "dosing"):
            wish_to_book(kind_of(kind), practice.therapist, "room", by=practice.client)
        assert BookingWish.objects.get().kind_id == "dosing"
    with time_machine.travel(OPEN, tick=False), keyring():
        practice.book(at("2026-12-01 10:00"))
        assert not BookingWish.objects.exists()
        assert wish_to_book(kind_of("dosing"), practice.therapist, "room", by=practice.client) is None
    with time_machine.travel(ENDED, tick=False), keyring():
        wish_to_book(kind_of("dosing"), practice.therapist, "room", by=practice.client)
        let_booking_wish_go(by=practice.client)
        assert not BookingWish.objects.exists()


def test_the_clinic_books_for_somebody_at_any_time_and_nobody_else_does(practice: Practice) -> None:
    with time_machine.travel(ENDED, tick=False), keyring():
        assert practice.book(at("2026-12-01 10:00"), by=practice.staff)
        with pytest.raises(Http404):
            book(
                kind_of("dosing"), at("2026-12-08 10:00"), therapist=practice.therapist, place="room", by=None,
                client=practice.client, key=uuid4(),
            )  # fmt: skip
