"""A session without its integration meeting: an open task with a name, until one is found or somebody says why not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.test import Client
from django.utils import timezone

from koru.desk.open_tasks import open_tasks
from scheduling.cancelling import cancel
from scheduling.integrating import waive_integration, without_integration
from scheduling.models import CourseDate
from scheduling.moving import move
from scheduling.session_day import end

from .course import booked, pair
from .practice import NEW_YORK, Practice, at

Clock = Callable[[str], time_machine.Traveller]


def waiting() -> list[str]:
    return [
        task.words
        for sort in open_tasks(timezone.now(), NEW_YORK)
        if sort.title == "No integration meeting"
        for task in sort.some
    ]


def test_a_course_has_none_missing_until_one_is_cancelled(practice: Practice) -> None:
    course = booked(practice)
    assert waiting() == []
    session, meeting = pair(course, 2)
    cancel(meeting, by=practice.client, reason="plans")
    assert len(waiting()) == 1
    assert "Session " in waiting()[0]
    (task,) = (sort.some[0] for sort in open_tasks(timezone.now(), NEW_YORK) if sort.title == "No integration meeting")
    assert (task.name, task.owner) == (practice.client.display_name, practice.therapist.display_name)
    assert str(session.pk) in task.link


def test_one_booked_by_itself_takes_its_place_and_goes_where_the_session_goes(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 2)
    cancel(meeting, by=practice.client, reason="plans")
    other = session.starts.astimezone(NEW_YORK).replace(hour=15, minute=0) + timedelta(days=2)
    made = practice.book(other, kind="integration")
    assert waiting() == []
    session, meeting = pair(course, 2)
    assert meeting == made
    move(session, session.starts + timedelta(days=1), by=practice.client)
    made.refresh_from_db()
    assert made.starts.astimezone(NEW_YORK) == other + timedelta(days=1)


def test_one_further_away_is_no_integration_of_it(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 2)
    cancel(meeting, by=practice.client, reason="plans")
    practice.book(session.starts.astimezone(NEW_YORK).replace(hour=15) + timedelta(days=4), kind="integration")
    assert len(waiting()) == 1


def test_somebody_says_why_there_is_none_and_their_name_is_kept(practice: Practice) -> None:
    course = booked(practice)
    session, meeting = pair(course, 0)
    cancel(meeting, by=practice.client, reason="plans")
    with pytest.raises(Http404):
        waive_integration(session, by=practice.client, reason="elsewhere")
    waive_integration(session, by=practice.staff, reason="elsewhere")
    waive_integration(session, by=practice.therapist, reason="clinic")
    kept = CourseDate.objects.get(follows__appointment=session)
    assert (kept.waived_by, kept.waived_why) == (practice.staff, "elsewhere")
    assert waiting() == []


def test_a_session_booked_alone_is_asked_about_from_a_week_before_until_three_days_after(
    practice: Practice, clock: Clock
) -> None:
    made = practice.book(at("2026-12-04 10:00"), by=practice.staff)
    assert waiting() == []
    clock("2026-11-28T17:00:00Z")
    assert waiting() == ["Session Fri 4 Dec, 10:00 am"]
    clock("2026-12-04T18:00:00Z")
    end(made, by=practice.staff)
    assert len(waiting()) == 1
    clock("2026-12-07T17:31:00Z")
    assert waiting() == []
    assert not without_integration(timezone.now()).exists()


def test_the_desk_finds_one_or_notes_why_not(practice: Practice) -> None:
    desk = Client()
    desk.force_login(practice.staff)
    session, meeting = pair(booked(practice), 0)
    cancel(meeting, by=practice.client, reason="plans")
    path = f"/desk/appointments/{session.pk}/"
    page = desk.get(path).content.decode()
    assert "None is booked in the three days after this session." in page
    assert "Find its meeting" in page
    assert "Pick why it goes without one." in desk.post(f"{path}without/", {}, follow=True).content.decode()
    assert "Noted, with your name." in desk.post(f"{path}without/", {"reason": "client_asked"}, follow=True).content.decode()
    assert "None is booked" not in desk.get(path).content.decode()
