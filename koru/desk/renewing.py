"""A fresh link for somebody whose invitation has run out: they ask, and it goes to the address it was for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from koru.people.inviting import AlreadyInvited, invitation_for
from koru.people.models import Invitation

from .inviting import invite_by_letter


def renew(invitation: Invitation) -> Invitation | None:
    """A new invitation in place of one that ran out, sent at once. None when there is nothing to renew."""
    has_run_out = invitation.accepted_at is None and invitation.withdrawn_at is None and not invitation.is_open
    if not has_run_out:
        return None
    try:
        return invite_by_letter(
            invitation.email,
            invitation.name,
            by=invitation.invited_by,
            zone=invitation.zone,
            therapist=invitation.therapist,
            about=invitation.about,
        )
    except AlreadyInvited:
        return None


@require_POST
def invitation_again(request: HttpRequest, token: str) -> HttpResponse:
    """Mails a new link to the invited address; used a second time, it finds the old one replaced and sends nothing."""
    found = invitation_for(token)
    if found is None or renew(found) is None:
        return redirect("people:invitation", token)
    return render(request, "people/invitation_sent.html", {"invitation": found})
