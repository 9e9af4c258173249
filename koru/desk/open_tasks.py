"""What waits for somebody at the desk, the most pressing first. Names, dates and steps; nothing that anybody wrote."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse

from koru.people.consent_texts import load as consent_texts
from koru.people.models import Alliance, Clearance, Invitation, Person, Role
from koru.reminders.models import Letter
from koru.safety.flags import Flag
from koru.ui.times import short_day, spoken_time
from scheduling.absent import open_absences
from scheduling.busy import LONG, BusyCalendar
from scheduling.clock_rules import read_anew
from scheduling.conflicts import outside, with_people
from scheduling.guiding import lines_of_all
from scheduling.models import Affected, Appointment, ConsultationRequest
from scheduling.way_home import unanswered

ENDS_SOON = timedelta(days=14)
NUDGED_AFTER = timedelta(days=4)
GIVEN_UP = timedelta(days=14)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks of one sort: the first few, and how many more."""

    title: str
    some: Sequence[Task]
    more: int = 0
    tone: str = ""


def open_tasks(now: datetime, zone: ZoneInfo) -> list[Tasks]:
    """All sorts that have something open. One or two queries a sort, however much there is."""
    today = now.astimezone(zone).date()
    sorts = (
        _sort("Please have the therapist call", _calls(), "clay"),
        _sort("No way home yet", _ways_home(now, zone), "clay"),
        _sort("Away, people to see to", _away(now, zone), "clay"),
        _sort("Booked outside the hours", outside_hours(now, zone), "clay"),
        _sort("Clock rules have changed", _read_anew(now), "straw"),
        _sort("Clearance", _clearances(today, zone), "straw"),
        _sort("Was the talk held?", _talks(now, zone)),
        _sort("New requests", _new_requests(zone), "straw"),
        _sort("Consents to record", _consents()),
        _sort("Invited, no account yet", _invitations(now, zone)),
        _sort("Letters that did not arrive", _letters(now), "clay"),
        _sort("Calendars that can’t be read", _calendars(now, zone)),
    )
    return [one for one in sorts if one.some]


def _sort(title: str, found: Iterable[Task], tone: str = "") -> Tasks:
    every = list(found)
    return Tasks(title, every[:SHOWN], max(0, len(every) - SHOWN), tone)


def _client_link(client: Person | UUID) -> str:
    return reverse("desk:client", args=[client.pk if isinstance(client, Person) else client])


def _calls() -> Iterable[Task]:
    """Urgent flags: whom somebody is asked to call, and who. Never why."""
    urgent = Flag.objects.open().urgent().filter(client__is_active=True, client__role=Role.CLIENT)
    waiting = urgent.values_list("client", "client__display_name", "owner__display_name").distinct()
    for client, name, owner in waiting.order_by("client__display_name", "client"):
        yield Task(name, owner, _client_link(client))


def _ways_home(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Unanswered within twelve hours; then those further ahead whose one to fetch them has said that they can't."""
    close = list(Appointment.objects.filter(unanswered(now)).select_related("client").order_by("during"))
    cannot = Appointment.objects.filter(state="booked", during__startswith__gt=now, trusted__no_at__isnull=False)
    ids = [one.pk for one in close]
    for one in [*close, *cannot.exclude(pk__in=ids).filter(way_home_at=None).select_related("client").order_by("during")]:
        if one.client:
            starts = one.span.start.astimezone(zone)
            why = (
                ". Who was named can't come" if one.pk not in ids else ". Named, not said again since" if one.way_home_at else ""
            )
            link = reverse("desk:appointment", args=[one.pk])
            yield Task(one.client.display_name, f"{short_day(starts.date())}, {spoken_time(starts)}{why}", link)


def _away(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Sick days whose guide is not through."""
    absences = open_absences(now)
    lines = lines_of_all(absences, now, zone) if absences else []
    left = Counter(line.affected.absence_id for line in lines if line.open)
    for absence in absences:
        if left[absence.pk]:
            yield Task(absence.person.display_name, f"{left[absence.pk]} left", reverse("desk:away_guide", args=[absence.pk]))


def outside_hours(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Booked where somebody isn't there, or a room is shut, and nobody has said yet that it stays."""
    guided = set(Affected.objects.filter(absence__back_at=None).values_list("appointment", flat=True))
    waiting = [one for one in outside(None, now) if not one.stays and one.appointment_id not in guided]
    for one in with_people(waiting):
        if one.it.state == Appointment.State.BOOKED:
            at = one.it.starts.astimezone(zone)
            link = reverse("desk:appointment", args=[one.it.pk])
            yield Task(one.name, f"{short_day(at.date())}, {spoken_time(at)}", link)


def _clearances(today: date, zone: ZoneInfo) -> Iterable[Task]:
    """Ending within two weeks, or not reaching as far as a session that is booked."""
    newest = Clearance.objects.filter(client=OuterRef("pk")).order_by("-recorded_at", "-id")
    booked = Q(appointments__kind="dosing", appointments__state="booked")
    last = Max("appointments__during__startswith", filter=booked & Q(appointments__during__startswith__date__gte=today))
    clients = Person.objects.clients().annotate(
        verdict=Subquery(newest.values("verdict")[:1]),
        cleared_until=Subquery(newest.values("valid_until")[:1], output_field=DateField()),
        last_session=TruncDate(last, tzinfo=zone),
    )
    ending = Q(_works_with_somebody(), verdict="yes", cleared_until__gte=today, cleared_until__lte=today + ENDS_SOON)
    too_short = Q(last_session__isnull=False) & (~Q(verdict="yes") | Q(cleared_until__lt=F("last_session")))
    none_yet = Q(last_session__isnull=False, verdict=None)
    for client in clients.filter(ending | too_short | none_yet).order_by("cleared_until", "pk"):
        ends = client.cleared_until
        words = f"Ends {short_day(ends)}" if ends and client.verdict == "yes" else "No clearance, a session is booked"
        yield Task(client.display_name, words, _client_link(client))


def _talks(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    over = Appointment.objects.filter(request__state="booked", state__in=["booked", "met", "missed"], during__endswith__lte=now)
    newer = Appointment.objects.filter(request=OuterRef("request"), booked_at__gt=OuterRef("booked_at"))
    for one in over.filter(~Exists(newer)).select_related("request").order_by("during"):
        if one.request:
            day = short_day(one.span.start.astimezone(zone).date())
            yield Task(one.request.name, day, reverse("desk:request", args=[one.request.pk]))


def _new_requests(zone: ZoneInfo) -> Iterable[Task]:
    for one in ConsultationRequest.objects.filter(state="new").order_by("made_at"):
        day = short_day(one.made_at.astimezone(zone).date())
        yield Task(one.name, f"Written {day}", reverse("desk:request", args=[one.pk]))


def needed_consents() -> list[str]:
    """The kinds asked for before a first session."""
    return [text.kind for text in consent_texts().values() if text.needed and text.offered]


def _consents() -> Iterable[Task]:
    """People who work with a therapist here and haven't said yes to everything that is needed."""
    needed = needed_consents()
    said = Count("consents", filter=Q(consents__kind__in=needed, consents__withdrawn_at=None))
    clients = Person.objects.clients().filter(_works_with_somebody()).annotate(said=said).filter(said__lt=len(needed))
    for client in clients.order_by("display_name", "pk"):
        yield Task(client.display_name, f"{len(needed) - client.said} of {len(needed)} open", _client_link(client))


def _works_with_somebody() -> Exists:
    return Exists(Alliance.objects.current().filter(client=OuterRef("pk")))


def _invitations(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Not opened though a note went out on the third day; for two weeks after the link has ended."""
    waiting = Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, made_at__lte=now - NUDGED_AFTER, expires_at__gte=now - GIVEN_UP
    )
    for one in waiting.order_by("expires_at"):
        day = short_day(one.expires_at.astimezone(zone).date())
        words = f"Link open until {day}" if one.expires_at > now else f"Link ended {day}"
        link = reverse("desk:request", args=[one.about]) if one.about else reverse("desk:invite")
        yield Task(one.name, words, link)


def _letters(now: datetime) -> Iterable[Task]:
    failed = Letter.objects.filter(failed_at__gte=now - GIVEN_UP).count()
    if failed:
        words = f"{failed} in two weeks. The admin sees which."
        yield Task("Mail", words, "")


def _read_anew(now: datetime) -> Iterable[Task]:
    """Booked at an instant whose wall time reads anew: whoever comes by their clock comes at another time."""
    for one in read_anew(now):
        day = "" if one.now.date() == one.was.date() else f"{short_day(one.now.date())}, "
        words = f"{short_day(one.was.date())}, {spoken_time(one.was)}: the clock will say {day}{spoken_time(one.now)}"
        yield Task(one.name, words, reverse("desk:appointment", args=[one.appointment]))


def _calendars(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """Calendars of therapists unread for a day: what they said before that still closes times here."""
    silent = BusyCalendar.objects.filter(failing_since__lte=now - LONG, therapist__is_active=True).select_related("therapist")
    for one in silent.order_by("failing_since"):
        since = one.failing_since and short_day(one.failing_since.astimezone(zone).date())
        yield Task(one.therapist.display_name, f"Since {since}", f"{reverse('scheduling:hours')}?of={one.therapist_id}")
