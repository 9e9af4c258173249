"""What is read of a safety plan: by the client, and through the door by those who may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q
from django.http import Http404

from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person
from koru.people.readers import reader_names
from koru.privacy.door import Record
from koru.privacy.standing import Part

from .help_now import help_for
from .lines import Line
from .plan_words import MATTERS, PlanLine, Section, Words, sections
from .planning import shown_matters
from .plans import PlanVersion, SafetyPlan

PEOPLE = "people"
ALONE = "alone"
LINES = "lines"


@dataclass(frozen=True, slots=True)
class Filled:
    """One section with its lines, and in "Professionals and lines" those that Koru fills in."""

    section: Section
    lines: tuple[PlanLine, ...]
    filled_in: tuple["Known", ...] = ()
    hidden: bool = False

    @property
    def is_blank(self) -> bool:
        return not (self.lines or self.filled_in)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as one reader sees it. `number` 0: nothing is written. `together_at`: when it was last marked as made together."""

    id: UUID | None
    number: int
    at: datetime | None
    by: str
    together_at: datetime | None
    matters_own: bool
    looked_at: datetime | None
    words: Words
    sections: tuple[Filled, ...]

    @property
    def is_begun(self) -> bool:
        return self.number > 0

    @property
    def alone(self) -> tuple[PlanLine, ...]:
        """The first two things of one's own that help: what is read at once in a hard moment."""
        return self.words.get(ALONE, ())[:2]

    @property
    def people(self) -> tuple["Reachable", ...]:
        return reachable(self.words.get(PEOPLE, ()))


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom Koru fills in: how to reach them, and what helps with it."""

    name: str
    phone: str
    say: str = ""
    verb: str = "Call"

    @property
    def href(self) -> str:
        return f"{'sms' if self.verb == 'Text' else 'tel'}:{self.phone.replace(' ', '')}" if self.phone else ""


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody of one's own to call, and what to say to them."""

    name: str
    phone: str
    href: str
    words: str


def plan_of(record: Record) -> PlanView:
    """The plan for the record's reader; leaves its trace. Raises Http404 when this part isn't open to them."""
    if not record.opens(Part.SAFETY_PLAN):
        raise Http404
    record.looked_at("safety plan")
    return own_plan(record.client) if record.is_own else plan_for(record.client, record.reader)


def own_plan(client: Person) -> PlanView:
    """A client's own plan, as it stands."""
    return plan_for(client, client)


def plan_for(client: Person, reader: Person) -> PlanView:
    plan = SafetyPlan.objects.filter(client=client).first()
    latest = PlanVersion.objects.of_client(client).select_related("by").first() if plan and plan.number else None
    if plan is None or latest is None:
        return _nothing(client, plan)
    marked = latest if latest.together else PlanVersion.objects.of_client(client).filter(together=True).first()
    return _view(client, plan, latest, reader, marked.at if marked else None)


def plan_days(client: Person) -> tuple[datetime | None, datetime | None]:
    """When a plan was last written, and when last marked as made together. One query, and no word of it is opened."""
    versions = PlanVersion.objects.of_client(client).order_by()
    found = versions.aggregate(written=Max("at"), marked=Max("at", filter=Q(together=True)))
    return found["written"], found["marked"]


def version_for(client: Person, version_id: UUID, reader: Person) -> PlanView:
    """How the plan was in an earlier version. Raises Http404 when it is none of theirs."""
    plan = SafetyPlan.objects.filter(client=client).first()
    version = PlanVersion.objects.of_client(client).select_related("by").filter(pk=version_id).first()
    if plan is None or version is None:
        raise Http404
    return _view(client, plan, version, reader, version.at if version.together else None)


def versions_of(client: Person) -> list[PlanVersion]:
    """All versions without their words, the newest first."""
    return list(PlanVersion.objects.of_client(client).select_related("by").defer("words", "matters")[:200])


def people_of(client: Person) -> tuple[Reachable, ...]:
    """Whom the client has named to tell, those with a number."""
    return own_plan(client).people


def reachable(lines: Iterable[PlanLine]) -> tuple[Reachable, ...]:
    return tuple(Reachable(line.name, line.phone, line.href, line.say) for line in lines if line.href)


def filled_in(client: Person) -> tuple[Known, ...]:
    """Therapist and clinic, and the lines of where the client lives: read anew each time, so that no number grows old here."""
    clinic = the_clinic()
    own = [Known(name, clinic.phone, f"Through {clinic.name}") for name in reader_names(client)]
    lines = help_for(client.region).lines
    public = [_known(line) for line in lines.crisis]
    danger = [Known(line.call, line.call, f"Danger right now. {line.note}".strip()) for line in lines.emergency]
    return (*own, *_of_clinic(clinic), *public, *danger)


def _known(line: Line) -> Known:
    said = ". ".join(words for words in (line.hours, line.note) if words)
    return Known(line.name, line.call or line.sms, said, "Call" if line.call else "Text")


def _of_clinic(clinic: Clinic) -> Iterable[Known]:
    return [Known(clinic.name, clinic.phone, clinic.hours)] if clinic.phone else []


def _nothing(client: Person, plan: SafetyPlan | None) -> PlanView:
    own, looked = (plan.matters_own, plan.looked_at) if plan else (False, None)
    return PlanView(plan.pk if plan else None, 0, None, "", None, own, looked, {}, _filled(client, {}, hidden=False))


def _view(client: Person, plan: SafetyPlan, version: PlanVersion, reader: Person, together_at: datetime | None) -> PlanView:
    open_to_reader = shown_matters(plan, version, reader)
    words = version.lines(matters=open_to_reader)
    return PlanView(
        id=version.pk,
        number=version.number,
        at=version.at,
        by=version.by.display_name,
        together_at=together_at,
        matters_own=plan.matters_own,
        looked_at=plan.looked_at,
        words=words,
        sections=_filled(client, words, hidden=not open_to_reader),
    )


def _filled(client: Person, words: Words, *, hidden: bool) -> tuple[Filled, ...]:
    return tuple(
        Filled(
            section,
            tuple(words.get(section.slug, ())),
            filled_in(client) if section.slug == LINES else (),
            hidden=hidden and section.slug == MATTERS,
        )
        for section in sections()
    )
