"""The desk is the desk's: for anybody else its pages aren't there, and on none of them stands what clients wrote."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from journaling.models import Entry
from koru.desk.seeding.demo import make_demo
from koru.desk.urls import urlpatterns
from koru.people.models import Person
from koru.privacy.models import AccessRow
from moodtracking.models import CheckIn
from scheduling.models import Absence, Appointment, ConsultationRequest, SoonerWish
from tests.people import make_admin, make_client, make_therapist

pytestmark = pytest.mark.django_db
FAR = date(2100, 1, 4)
CANARY = "marmalade-canary-7421"


def paths() -> Iterator[str]:
    """Every address of the desk, about somebody who is there."""
    client = Person.objects.get(email="client@demo.example.org")
    wish, _ = SoonerWish.objects.get_or_create(client=client, kind_id="integration", place="video")
    absence, _ = Absence.objects.get_or_create(person=Person.objects.get(display_name="Demo Hazel"), first=FAR, last=FAR)
    known = {
        "client_id": client.pk,
        "request_id": ConsultationRequest.objects.filter(state="met").values_list("pk", flat=True)[0],
        "appointment_id": Appointment.objects.filter(client=client, state="booked").values_list("pk", flat=True)[0],
        "alliance_id": client.alliances.values_list("pk", flat=True)[0],
        "kind": "treatment",
        "wish_id": wish.pk,
        "absence_id": absence.pk,
    }
    for one in urlpatterns:
        wanted = {name: known[name] for name in one.pattern.converters}
        yield reverse(f"desk:{one.name}", kwargs=wanted)


@pytest.mark.parametrize("make", [make_client, make_therapist, make_admin])
def test_no_page_of_the_desk_is_there_for_anybody_else(make: Callable[[], Person], client: Client) -> None:
    make_demo(timezone.now())
    client.force_login(make())
    for path in paths():
        assert client.get(path).status_code in (404, 405), path
        assert client.post(path).status_code in (404, 405), path


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    make_demo(timezone.now())
    for path in paths():
        assert client.get(path).status_code in (302, 405), path


def test_no_page_shows_what_a_client_wrote(client: Client) -> None:
    make_demo(timezone.now())
    for entry in Entry.objects.all():
        entry.text = entry.title = CANARY
        entry.save()
    for check_in in CheckIn.objects.exclude(note=""):
        check_in.note = CANARY
        check_in.save()
    for appointment in Appointment.objects.dosing():
        appointment.way_home = CANARY
        appointment.save()
    client.force_login(Person.objects.get(email="staff@demo.example.org"))
    pages = crawled(client)
    assert len(pages) > 40
    for path, page in pages.items():
        assert CANARY not in page, path


def crawled(client: Client) -> dict[str, str]:
    """Every page that can be reached by links from the desk's first."""
    waiting, seen = ["/desk/"], dict[str, str]()
    while waiting and len(seen) < 150:
        path = waiting.pop()
        if path in seen:
            continue
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        seen[path] = answer.content.decode()
        for link in re.findall(r'href="([^"#]+)"', seen[path]):
            target = reverse("desk:today") + link if link.startswith("?") else link
            if target.startswith("/desk/") and "day=" not in target and "week=" not in target:
                waiting.append(target.replace("&amp;", "&"))
    return seen


def test_opening_a_clients_page_is_on_their_list(desk: Client, staff: Person) -> None:
    someone = make_client()
    assert desk.get(reverse("desk:client", args=[someone.pk])).status_code == 200
    row = AccessRow.objects.get(client=someone)
    assert (row.actor_id, row.why, row.role) == (staff.pk, "desk", "staff")


def test_somebody_who_left_has_no_page(desk: Client) -> None:
    someone = make_client(is_active=False)
    assert desk.get(reverse("desk:client", args=[someone.pk])).status_code == 404
    assert desk.get(reverse("desk:book"), {"client": str(someone.pk)}).status_code == 404


def test_a_therapist_has_no_page_as_a_client(desk: Client) -> None:
    assert desk.get(reverse("desk:client", args=[make_therapist().pk])).status_code == 404


def test_reading_changes_nothing_but_the_list_of_looks(client: Client) -> None:
    make_demo(timezone.now() - timedelta(days=1))
    client.force_login(Person.objects.get(email="staff@demo.example.org"))
    before = [(one.pk, one.state, one.revision) for one in Appointment.objects.order_by("pk")]
    for path in paths():
        client.get(path)
    assert [(one.pk, one.state, one.revision) for one in Appointment.objects.order_by("pk")] == before
