"""The demo's consultation requests, one at least in each step, and the two invitations that came of them."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from koru.desk.inviting import plan_invitation
from koru.people.inviting import invite
from koru.people.models import Invitation, Person
from koru.sealing.tokens import new_token, token_hash
from scheduling.models import Appointment, ConsultationRequest
from scheduling.reminders import plan_booked

from .demo_clients import placed
from .script import Line, script
from .silence import say_nothing_new
from .world import World

Row = Mapping[str, Any]
State = ConsultationRequest.State
WRITTEN_AT = time(8, 5)
ADDRESS = "{name}@demo.example.org"


def add_requests(world: World) -> None:
    for row in script()["request"]:
        request = _request(world, row["name"], row["state"], world.today.instant(row["made"], WRITTEN_AT), row)
        _meet(world, request, row)
        if request.state == State.INVITED:
            _invite(world, request, world.people[row["therapist"]])
    for row in script()["client"]:
        _how_it_began(world, row)


def _request(world: World, name: str, state: str, made: datetime, row: Row) -> ConsultationRequest:
    token = new_token()
    return ConsultationRequest.objects.create(
        name=name,
        email=row.get("email") or ADDRESS.format(name=name.rsplit(maxsplit=1)[-1].lower()),
        phone=row.get("phone", ""),
        note=row.get("note", ""),
        zone=row.get("zone", world.clinic.zone),
        state=state,
        token=token,
        token_hash=token_hash(token),
        key=world.chance.key(),
        made_at=made,
        owner=None if state == State.NEW else world.desk,
    )


def _meet(world: World, request: ConsultationRequest, row: Row) -> None:
    if "when" not in row:
        return
    made = placed(world, Line.read(row["when"]), row["therapist"], request=request)
    Appointment.objects.bulk_create([made])
    if made.span.start > world.now:
        plan_booked(made, by=None)
        say_nothing_new(made)


def _invite(world: World, request: ConsultationRequest, therapist: Person) -> None:
    invitation = invite(request.email, request.name, by=world.desk, zone=request.zone, therapist=therapist, about=request.pk)
    plan_invitation(invitation, None)


def _how_it_began(world: World, row: Row) -> None:
    """Each client once asked for a talk, and was invited."""
    client = world.people[row["name"]]
    consultation = Appointment.objects.filter(client=client, kind="consultation").first()
    if consultation is None:
        return
    made = min(consultation.span.start - timedelta(days=3), world.now)
    request = _request(world, client.display_name, State.INVITED, made, row)
    ConsultationRequest.objects.filter(pk=request.pk).update(client=client)
    Appointment.objects.filter(pk=consultation.pk).update(request=request)
    _accepted(world, request, client, world.people[row["therapist"]])


def _accepted(world: World, request: ConsultationRequest, client: Person, therapist: Person) -> None:
    token, joined = new_token(), Person.objects.values_list("joined_at", flat=True).get(pk=client.pk)
    invitation = Invitation.objects.create(
        email=client.email,
        name=client.display_name,
        zone=client.zone,
        therapist=therapist,
        invited_by=world.desk,
        about=request.pk,
        token=token,
        token_hash=token_hash(token),
        expires_at=joined + timedelta(days=14),
        accepted_at=joined,
        accepted_by=client,
    )
    Invitation.objects.filter(pk=invitation.pk).update(made_at=joined - timedelta(minutes=10))
