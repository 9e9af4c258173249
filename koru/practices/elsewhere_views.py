"""What other people make, as the clinic lists it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required

from .models import Resource


@require_safe
@client_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    return render(request, "practices/elsewhere.html", {"resources": Resource.objects.shown()})
