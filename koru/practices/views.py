"""The practices as pages: all of them, by minutes and moment, and one to be done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of

from . import library
from .choosing import choices_of
from .finding import MINUTES, MOMENTS, Sought
from .forms import CautionsForm, HelpedForm
from .library import Practice
from .models import PracticeAside
from .pages import shelf_of
from .picks import picks_of


def found_or_404(slug: str) -> Practice:
    found = library.load().practices.get(slug)
    if found is None:
        raise Http404
    return found


@client_required
@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """The gentle ones first."""
    return shelf(request, person_of(request))


def shelf(request: HttpRequest, client: Person, wrong: CautionsForm | None = None) -> HttpResponse:
    """The page of all; with what was posted of it."""
    sought = Sought.of(request.GET)
    context = {
        "shelf": shelf_of(client, sought),
        "words": library.load().words,
        "sought": sought,
        "minutes": MINUTES,
        "moments": MOMENTS,
        "form": wrong or CautionsForm.showing(choices_of(client)),
    }
    return render(request, "practices/practices.html", context, status=422 if wrong else 200)


@client_required
@require_safe
def one(request: HttpRequest, practice: str) -> HttpResponse:
    """Care first, then the steps, then the way out, then one tap on whether it helped."""
    found, client = found_or_404(practice), person_of(request)
    return doing(request, client, found, HelpedForm(None))


def doing(request: HttpRequest, client: Person, found: Practice, form: HelpedForm) -> HttpResponse:
    context = {
        "practice": found,
        "words": library.load().words,
        "pick": picks_of(client).get(found.slug),
        "is_away": PracticeAside.objects.of(client).filter(practice=found.slug).exists(),
        "shares": choices_of(client).shares,
        "form": form,
    }
    return render(request, "practices/practice.html", context, status=422 if form.errors else 200)
