"""Pages around having an account: the invitation, the way home, and what Koru promises about what is written."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from .adapter import INVITATION, InvitedOnlyAdapter
from .homes import home_of
from .inviting import invitation_for
from .models import Clinic
from .permissions import person_of, person_required


@require_safe
@person_required
def home(request: HttpRequest) -> HttpResponse:
    return redirect(home_of(person_of(request)))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "people/privacy.html", {"clinic": Clinic.objects.first()})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows who invites and spends nothing, on any device; the button begins the account."""
    found = invitation_for(token)
    context = {"invitation": found, "clinic": Clinic.objects.first(), "token": token}
    if found is None:
        return render(request, "people/invitation_unknown.html", context, status=404)
    if not found.is_open:
        return render(request, "people/invitation_closed.html", context)
    if request.method != "POST":
        return render(request, "people/invitation.html", context)
    if request.user.is_authenticated:
        logout(request)
    request.session[INVITATION] = str(found.pk)
    InvitedOnlyAdapter(request).stash_verified_email(request, found.email)
    return redirect("account_signup")
