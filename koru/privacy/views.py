"""Pages of privacy itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from koru.people.permissions import person_required


@person_required
@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """Words that waited are not wanted any more: `koru.privacy.signed_out` drops what the form names."""
    return redirect("/")
