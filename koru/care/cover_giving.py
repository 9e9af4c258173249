"""Covering, given and ended: with its trace on the list that the client reads, and a neutral note to them (`covering`)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from koru.moments.directions import narrows, neither
from koru.moments.spans import Span
from koru.people.covering import end_cover, let_cover
from koru.people.models import Alliance, Cover, Person
from koru.privacy.standing import Standing
from koru.privacy.trace import Look, write_trace
from koru.reminders.planning import Plan, Recipient, plan

LETTER, PAGE = "somebody-covers", "/settings/who-looked/#covering"


def may_ask_for(by: Person) -> "QuerySet[Person]":
    """Whose record somebody may open to another: their own clients'; a clinical lead, any client's."""
    if by.is_lead:
        return Person.objects.clients()
    return Person.objects.clients().filter(pk__in=Alliance.objects.of(by).values("client"))


@neither  # see let_cover
@transaction.atomic
def give(clients: Iterable[Person], therapist: Person, span: Span, reason: str, *, by: Person) -> list[Cover]:
    """For all of them or for none. The same again changes nothing. Raises CannotCover naming whom it can't be."""
    given = []
    for client in sorted(clients, key=lambda one: one.pk):
        same = Cover.objects.filter(client=client, therapist=therapist, given_by=by, during=span.range, ended_at=None).first()
        given.append(same or _given(client, therapist, span, reason, by))
    return given


def _given(client: Person, therapist: Person, span: Span, reason: str, by: Person) -> Cover:
    cover = let_cover(client, therapist, span, reason, by=by)
    _trace(cover, "cover given", by)
    plan([Plan(kind=LETTER, to=Recipient.of(client), about=cover.pk, context={"path": PAGE}, asked=False)])
    return cover


@narrows
@transaction.atomic
def end(cover: Cover, *, by: Person) -> bool:
    """From this instant they read no more. False: it was over already. Raises CannotCover."""
    ended = end_cover(cover, by=by)
    if ended:
        _trace(cover, "cover ended", by)
    return ended


def _trace(cover: Cover, act: str, by: Person) -> None:
    allied = Alliance.objects.of(by).filter(client=cover.client_id).exists()
    role = Standing.THERAPIST if allied else Standing.COVER if by.pk == cover.therapist_id else Standing.LEAD
    write_trace([Look(cover.client_id, by.pk, role.value, act, str(cover.pk), "covering")])


def seen_by(person: Person) -> "QuerySet[Cover]":
    """Those that somebody gave or has, and of their own clients; a clinical lead sees all. Those of the last three months."""
    own = Q(given_by=person) | Q(therapist=person) | Q(client__in=Alliance.objects.of(person).values("client"))
    return Cover.objects.lately() if person.is_lead else Cover.objects.lately().filter(own)
