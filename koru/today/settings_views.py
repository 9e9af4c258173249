"""One's own settings, a section at a time, and who looked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.cover_days import lines_of
from koru.people.models import BrokenGlass, Cover, Person
from koru.people.permissions import client_required, person_of, person_required
from koru.practices import choosing
from koru.privacy.looks import looks_at
from koru.reminders.choices import WithinQuietHours
from koru.safety import planning
from koru.safety.keeping_well import is_shared
from koru.ui.shell import base_of
from koru.ui.times import spoken_instant
from moodtracking.steady_weeks import pace_of
from scheduling.week_word import choice_of

from .looked import told
from .practice_settings import PracticesForm
from .quieter_settings import QuieterForm
from .settings_forms import CLIENTS_ONLY as OWN_ONLY
from .settings_forms import SECTIONS as FORMS
from .settings_forms import SettingsForm

NOT_THEN = "Your daily note would lie in your quiet hours. Choose another time for one of them."
A_PAGE = 50
SECTIONS: dict[str, type[SettingsForm]] = {**FORMS, "practices": PracticesForm, "quieter": QuieterForm}
CLIENTS_ONLY = OWN_ONLY | {"practices", "quieter"}


@require_safe
@person_required
def settings(request: HttpRequest) -> HttpResponse:
    return shown(request, sections_of(person_of(request)))


@require_POST
@person_required
def keep(request: HttpRequest, section: str) -> HttpResponse:
    """Save one section; the others stay as they are."""
    person = person_of(request)
    if section not in sections_for(person):
        raise Http404
    form = SECTIONS[section](request.POST, person)
    if form.is_valid() and kept(form):
        messages.success(request, form.saved)
        return redirect(f"/settings/#{section}")
    return shown(request, {**sections_of(person), section: form}, form)


def kept(form: SettingsForm) -> bool:
    try:
        form.keep()
    except WithinQuietHours:
        form.add_error(None, NOT_THEN)
        return False
    except (choosing.AskAgain, planning.AskAgain) as later:
        form.add_error(form.widening, waits_words(later.at, form.person))
        return False
    return True


def waits_words(at: datetime, person: Person) -> str:
    when = spoken_instant(at, ZoneInfo(person.zone), this_year=timezone.now().year)
    return f"Sharing more waits for a day after a session. You can decide it from {when} on. Nothing is shared until then."


@require_safe
@client_required
def who_looked(request: HttpRequest) -> HttpResponse:
    """Everybody else's looks at one's record, newest first."""
    client = person_of(request)
    page = Paginator(looks_at(client), A_PAGE).get_page(request.GET.get("page"))
    covers = lines_of(Cover.objects.lately().filter(client=client), timezone.now())
    shown: dict[str, object] = {"page": page, "looks": [told(row, client) for row in page], "covers": covers}
    shown["glasses"] = BrokenGlass.objects.lately().filter(client=client)
    return render(request, "today/who_looked.html", shown)


def sections_for(person: Person) -> list[str]:
    return [name for name in SECTIONS if person.is_client or name not in CLIENTS_ONLY]


def sections_of(person: Person) -> dict[str, SettingsForm]:
    return {name: SECTIONS[name](None, person) for name in sections_for(person)}


def shown(request: HttpRequest, sections: dict[str, SettingsForm], wrong: SettingsForm | None = None) -> HttpResponse:
    person = person_of(request)
    looks = [told(row, person) for row in looks_at(person)[:5]] if person.is_client else []
    page: dict[str, object] = {"sections": sections, "form": wrong, "looks": looks, "base": base_of(person.role)}
    if person.is_client:
        page |= {"pace": pace_of(person, timezone.now()), "routine": choice_of(person), "early_signs": is_shared(person)}
    return render(request, "today/settings.html", page, status=422 if wrong else 200)
