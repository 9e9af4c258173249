"""A client as the desk sees them: contact, papers, appointments. Never a word of what they wrote for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.people.consent_texts import ConsentText, load
from koru.people.models import Alliance, Clearance, Consent, EmergencyContact, Invitation, Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.reminders.models import Letter
from scheduling.models import Appointment, ConsultationRequest, RequestNote

from .differing import Piece, difference
from .letter_lines import LetterLine, letter_lines
from .request_page import notes_of
from .slots import Slot, slot_of

PAST, LETTERS = 10, 12


@dataclass(frozen=True)
class Paper:
    """A consent: its words now, and the yes in force, if there is one."""

    text: ConsentText
    given: Consent | None

    @property
    def is_current(self) -> bool:
        return self.given is not None and self.given.version == self.text.version

    @property
    def is_older(self) -> bool:
        return self.given is not None and not self.is_current

    @property
    def changed(self) -> list[Piece]:
        """What is different since they said yes."""
        return difference(self.given.words, self.text.text) if self.given and self.is_older else []


@dataclass(frozen=True)
class DatedSlot:
    at: datetime
    slot: Slot
    state: str


@dataclass(frozen=True)
class ClientPage:
    client: Person
    contact: EmergencyContact | None
    request: ConsultationRequest | None
    said: Sequence[RequestNote]
    papers: Sequence[Paper]
    clearance: Clearance | None
    alliances: Sequence[Alliance]
    ahead: Sequence[DatedSlot]
    behind: Sequence[DatedSlot]
    letters: Sequence[LetterLine]

    @property
    def phone(self) -> str:
        return str(self.client.phone)


def client_page(record: Record, now: datetime, zone: ZoneInfo) -> ClientPage:
    """All the desk may see of a record. The same number of queries however long it is."""
    client = record.client
    request = request_of(client)
    mine = Appointment.objects.kept().filter(client=client).select_related("kind", "client", "request", "therapist", "room")
    return ClientPage(
        client=client,
        contact=EmergencyContact.objects.filter(client=client).first() if record.opens(Part.CONTACT) else None,
        request=request,
        said=notes_of(request) if request else [],
        papers=papers_of(client),
        clearance=Clearance.objects.filter(client=client).first(),
        alliances=list(client.alliances.current().select_related("therapist").order_by("since")),
        ahead=[_dated(one, zone) for one in mine.ahead_of(now)],
        behind=[_dated(one, zone) for one in mine.behind(now)[:PAST]],
        letters=letter_lines(Letter.objects.filter(to=client, about__in=mine.values("pk")).order_by("-due_at")[:LETTERS], zone),
    )


def papers_of(client: Person) -> list[Paper]:
    """Every consent that is asked for, in the order to ask."""
    given = {consent.kind: consent for consent in Consent.objects.in_force().filter(client=client)}
    return [Paper(text, given.get(text.kind)) for text in load().values() if text.offered]


def request_of(client: Person) -> ConsultationRequest | None:
    """The consultation that this account came of: what was said then is kept with it."""
    invitation = Invitation.objects.filter(accepted_by=client).first()
    if invitation and invitation.about:
        return ConsultationRequest.objects.filter(pk=invitation.about).first()
    return ConsultationRequest.objects.filter(client=client).first()


def _dated(appointment: Appointment, zone: ZoneInfo) -> DatedSlot:
    return DatedSlot(appointment.span.start, slot_of(appointment, zone), appointment.get_state_display())
