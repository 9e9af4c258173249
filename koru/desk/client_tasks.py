"""What waits about clients: a call, a clearance that ends too soon, consents to record."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse

from koru.people.consent_texts import load as consent_texts
from koru.people.models import Alliance, Clearance, Person, Role
from koru.privacy.models import Correction
from koru.safety.flags import Flag
from koru.ui.times import short_day

from .waiting import Task

ENDS_SOON = timedelta(days=14)


def calls(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Urgent flags: whom somebody is asked to call, and who. Never why."""
    urgent = Flag.objects.open().urgent().filter(client__is_active=True, client__role=Role.CLIENT)
    waiting = urgent.values("client", "client__display_name", "owner__display_name").annotate(since=Min("raised_at"))
    for one in waiting.order_by("client__display_name", "client", "owner__display_name"):
        name, owner = one["client__display_name"], one["owner__display_name"]
        yield Task(name, "", _page(one["client"]), "Find their number", owner, one["since"])


def clearances(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Ending within two weeks, or not reaching as far as a session that is booked. Nothing is cancelled for it."""
    today = now.astimezone(zone).date()
    newest = Clearance.objects.filter(client=OuterRef("pk")).order_by("-recorded_at", "-id")
    booked = Q(appointments__kind="dosing", appointments__state="booked")
    last = Max("appointments__during__startswith", filter=booked & Q(appointments__during__startswith__date__gte=today))
    clients = Person.objects.clients().annotate(
        verdict=Subquery(newest.values("verdict")[:1]),
        cleared_until=Subquery(newest.values("valid_until")[:1], output_field=DateField()),
        last_session=TruncDate(last, tzinfo=zone),
        works_with=Subquery(_alliances().values("therapist__display_name")[:1]),
    )
    ending = Q(Exists(_alliances()), verdict="yes", cleared_until__gte=today, cleared_until__lte=today + ENDS_SOON)
    too_short = Q(last_session__isnull=False) & (~Q(verdict="yes") | Q(cleared_until__lt=F("last_session")))
    none_yet = Q(last_session__isnull=False, verdict=None)
    for client in clients.filter(ending | too_short | none_yet).order_by("cleared_until", "pk"):
        ends = client.cleared_until
        words = f"Ends {short_day(ends)}" if ends and client.verdict == "yes" else "No clearance, a session is booked"
        link = reverse("desk:clearance", args=[client.pk])
        yield Task(client.display_name, words, link, "Ask the prescriber", client.works_with or "")


def to_put_right(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Whoever asked for something in their record to be put right and has no answer yet. Never what."""
    waiting = Correction.objects.waiting().filter(client__is_active=True)
    for client, name, since in waiting.values_list("client", "client__display_name", "asked_at"):
        yield Task(name, "", reverse("rights:of_client", args=[client]), "Answer", "", since)


def needed_consents() -> list[str]:
    """The kinds asked for before a first session."""
    return [text.kind for text in consent_texts().values() if text.needed and text.offered]


def consents(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """People who work with a therapist here and haven't said yes to everything that is needed."""
    needed = needed_consents()
    said = Count("consents", filter=Q(consents__kind__in=needed, consents__withdrawn_at=None))
    together = Subquery(_alliances().values("since")[:1])
    with_whom = Subquery(_alliances().values("therapist__display_name")[:1])
    clients = Person.objects.clients().filter(Exists(_alliances())).annotate(said=said, together=together, with_whom=with_whom)
    for client in clients.filter(said__lt=len(needed)).order_by("display_name", "pk"):
        words = f"{len(needed) - client.said} of {len(needed)} open"
        yield Task(client.display_name, words, _page(client.pk), "Go through them", client.with_whom or "", client.together)


def _alliances() -> QuerySet[Alliance]:
    return Alliance.objects.current().filter(client=OuterRef("pk")).order_by("since")


def _page(client: UUID) -> str:
    return reverse("desk:client", args=[client])
