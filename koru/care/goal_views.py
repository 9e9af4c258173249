"""A client's goals as those who work with them read them: what is shared, and nothing to write in."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journaling.goals import Goal, Whereabouts
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record


@require_safe
@therapist_required
def goals(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="goals") as record:
        said = Prefetch("said", Whereabouts.objects.filter(client=record.client))
        shown = list(Goal.objects.readable_in(record).prefetch_related(said, "before"))
        return render(request, "care/goals.html", {"goals": shown, "client": record.client})
