"""Two at the desk, or one with a nervous finger: on real connections, each deed is done once."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from koru.desk import recording, requests
from koru.desk.inviting import invite_by_letter
from koru.moments.spans import Span
from koru.people.models import Clearance, Consent, Invitation
from koru.privacy.models import AccessRow
from koru.reminders.models import Letter
from koru.today.looked import ACTS
from scheduling.models import Appointment, ConsultationRequest
from scheduling.open_times import Wish, open_times
from scheduling.refusals import Refused
from tests.crowd import together
from tests.days import this_day
from tests.scheduling.practice import Practice, kind_of, make_practice

from .asked import request_without_time

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture
def house(transactional_db: None) -> Practice:
    return make_practice()


def test_a_request_invited_by_eight_at_once_gets_one_link(house: Practice) -> None:
    asked = request_without_time(state="met")
    done = together([lambda: requests.invite_to_account(asked, by=house.staff, therapist=None)] * MANY)
    assert len(set(done)) == 1
    assert Letter.objects.filter(kind="consultation-after", withdrawn_at=None).count() == 1


def test_an_address_invited_by_eight_at_once_gets_one_link(house: Practice) -> None:
    acts = [lambda: invite_by_letter("aster@example.org", "Demo Aster", by=house.staff, zone="America/New_York")] * MANY
    done = together(acts)
    assert len(set(done)) == 1
    assert Invitation.objects.open().count() == 1


def test_papers_recorded_by_eight_at_once_are_kept_once(house: Practice) -> None:
    today = this_day()
    until = today + timedelta(days=30)
    together([lambda: recording.record_consent(house.client, "sms", by=house.staff)] * MANY)
    together([lambda: recording.record_clearance(house.client, "Demo Owl", "yes", today, until, by=house.staff)] * MANY)
    assert Consent.objects.filter(client=house.client, kind="sms").count() == 1
    assert Clearance.objects.filter(client=house.client, prescriber_name="Demo Owl").count() == 1


def test_one_time_offered_to_eight_visitors_goes_to_one(house: Practice) -> None:
    visitors = [request_without_time(email=f"visitor{number}@example.org") for number in range(MANY)]
    now = timezone.now()
    wish = Wish(kind=kind_of("consultation"), by=house.staff, therapists=(house.therapist.pk,))
    start = open_times(wish, Span(now, now + timedelta(days=7)), now=now)[0].start

    def offering(number: int) -> Appointment:
        return requests.offer_time(visitors[number], start, therapist=house.therapist, place="video", by=house.staff, key=uuid4())

    done = together([partial(offering, number) for number in range(MANY)])
    assert sum(isinstance(one, Appointment) for one in done) == 1
    assert sum(isinstance(one, Refused) for one in done) == MANY - 1
    states = ConsultationRequest.objects.values_list("state", flat=True)
    assert sorted(states) == ["booked", *["new"] * (MANY - 1)]


def test_every_deed_of_the_desk_has_words_for_the_client(house: Practice) -> None:
    today = this_day()
    recording.record_consent(house.client, "sms", by=house.staff)
    recording.withdraw_consent(house.client, "sms", by=house.staff)
    recording.record_clearance(house.client, "Demo Owl", "not_yet", today, None, by=house.staff)
    recording.change_contact(house.client, "", "", "", "", by=house.staff)
    alliance = recording.begin_alliance(house.client, house.therapist, by=house.staff)
    recording.end_alliance(alliance, by=house.staff)
    acts = set(AccessRow.objects.filter(client=house.client).values_list("act", flat=True))
    assert len(acts) > 6
    assert acts <= ACTS.keys()
