"""When an invited visitor has made their account: the free talk they had becomes part of their record."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from koru.people.adapter import InvitedOnlyAdapter
from koru.people.models import Invitation, Person
from scheduling.models import Appointment, ConsultationRequest

from .following import keep_what_was_said
from .new_device import arrive


class JoiningAdapter(InvitedOnlyAdapter):
    """The adapter of floor 1, with what only a room above can know: whose consultation it was. One transaction."""

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        person = super().save_user(request, user, form, commit)
        join(person)
        return person

    def post_login(self, request: HttpRequest, user: Person, *, signup: bool, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, signup=signup, **kwargs)
        arrive(request, response, user, is_new_account=signup)
        return response


def join(person: Person) -> None:
    """The request that led to the invitation is this client's from now on, and so are its talks and all that was said."""
    invitation = Invitation.objects.filter(accepted_by=person).first()
    if invitation is None or invitation.about is None or not person.is_client:
        return
    request = ConsultationRequest.objects.filter(pk=invitation.about, client=None).first()
    if request is None:
        return
    request.client = person
    request.save(update_fields=["client"])
    for talk in Appointment.objects.kept().filter(request=request, client=None):
        talk.client = person
        talk.save(update_fields=["client"])
    keep_what_was_said(request, person)
