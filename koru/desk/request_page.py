"""One consultation request as the desk needs it: how to reach them, what they noted, the talk, the link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from koru.people.models import Invitation, Person
from koru.reminders.models import Letter
from scheduling.models import Appointment, ConsultationRequest, RequestNote

from .board import Card, card_of
from .letter_lines import LetterLine, letter_lines

State = ConsultationRequest.State


@dataclass(frozen=True)
class RequestPage:
    request: ConsultationRequest
    card: Card
    talk: Appointment | None
    invitation: Invitation | None
    letters: Sequence[LetterLine]
    notes: Sequence[RequestNote]
    zone: ZoneInfo
    now: datetime

    @property
    def talked_with(self) -> Person | None:
        return self.talk.therapist if self.talk else None

    @property
    def client(self) -> Person | None:
        return self.request.client or (self.invitation.accepted_by if self.invitation else None)

    @property
    def may_offer(self) -> bool:
        return self.request.state in (State.NEW, State.CANCELLED, State.NO_ANSWER, State.LAPSED)

    @property
    def may_hold(self) -> bool:
        return self.request.state in (State.NEW, State.BOOKED, State.NO_ANSWER)

    @property
    def may_invite(self) -> bool:
        """Also again, when the link has ended; not while one is open or was used."""
        if self.client or self.request.state in (State.NEW, State.BOOKED, State.CANCELLED, State.LAPSED):
            return False
        open_link = self.invitation and not self.invitation.withdrawn_at and self.invitation.expires_at > self.now
        return not open_link

    @property
    def may_close(self) -> bool:
        return not self.client and self.request.state != State.DECLINED

    @property
    def may_give_up(self) -> bool:
        over = self.talk is None or self.talk.span.start <= self.now
        return over and self.request.state in (State.NEW, State.BOOKED)


def request_page(request: ConsultationRequest, now: datetime, zone: ZoneInfo) -> RequestPage:
    talks = request.appointments.kept().select_related("therapist", "kind", "room").order_by("-booked_at", "-id")
    talk, invitation = talks.first(), _invitations().filter(about=request.pk).first()
    subjects = [one.pk for one in (talk, invitation) if one]
    letters = Letter.objects.filter(about__in=subjects, withdrawn_at=None).exclude(kind="new-request").order_by("due_at")
    card = card_of(request, talk, invitation, now, zone)
    return RequestPage(request, card, talk, invitation, letter_lines(letters, zone), notes_of(request), zone, now)


def notes_of(request: ConsultationRequest) -> list[RequestNote]:
    """In the order they were written; one without a writer is the visitor's own."""
    return list(RequestNote.objects.filter(request=request).select_related("by"))


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("accepted_by", "therapist").defer("token").order_by("-made_at")
