"""Deeds around a hello: what a client chooses, saying it, and what they answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens
from koru.people.models import Ending, Person
from koru.reminders.choices import opt_in
from koru.reminders.models import AskingPause, Hush, Letter, OptOut
from koru.reminders.planning import UNSENT, Plan, Recipient, plan
from koru.reminders.quick_links import PLACE

from .flags import Flag
from .helping import ask_for_call
from .noticing import ask_for_help
from .planning import AskAgain
from .plans import SafetyPlan
from .quiet_hellos import KIND, SHORTER_WAIT, WAIT, QuietChoice, QuietHello

USEFUL = timedelta(days=5)


def choice_of(client: Person) -> QuietChoice:
    """As it stands; unsaved, with nothing chosen, where there is none."""
    return QuietChoice.objects.filter(client=client).first() or QuietChoice(client=client)


def waits_offered(client: Person) -> tuple[int, ...]:
    """After how many hours their therapist may know. A safety plan may shorten the wait."""
    has_plan = SafetyPlan.objects.filter(client=client).exists()
    return (WAIT, SHORTER_WAIT) if has_plan else (WAIT,)


@neither
@transaction.atomic
def want_hellos(client: Person, *, by: Person) -> None:
    """Yes to a hello when they are quieter than usual. Silence is counted from here at the earliest."""
    opt_in(client, KIND, by=by)
    _choose(client, says_hello=True)


@narrows
@transaction.atomic
def want_no_hellos(client: Person, *, by: Person) -> None:
    """No more hellos, and nothing is told of the silence any more; one on its way is taken back."""
    _choose(client, says_hello=False, tells_after=None)
    _take_back(QuietHello.objects.of_client(client).going_on(), "stopped")


@narrows
def keep_silence_to_oneself(client: Person, *, by: Person) -> None:
    """From now on their therapist learns of a silence only if they say so."""
    QuietChoice.objects.filter(client=client).update(tells_after=None)


@widens
def let_silence_be_told(client: Person, hours: int, *, waits: datetime | None, by: Person) -> None:
    """So many hours after a hello that stays unanswered, their therapist may know.

    `waits`: when more may be shared again after a session, None for now. Raises AskAgain; ValueError for other hours.
    """
    if waits:
        raise AskAgain(waits)
    if hours not in waits_offered(client):
        raise ValueError(f"{hours} hours is no wait that is offered")
    _choose(client, says_hello=True, tells_after=hours)


def _choose(client: Person, **values: object) -> None:
    """One statement: two at once write one row."""
    row = QuietChoice(client=client, chosen_at=timezone.now(), **values)
    fields = [*values, "chosen_at"]
    QuietChoice.objects.bulk_create([row], update_conflicts=True, unique_fields=["client"], update_fields=fields)


def may_be_greeted(now: datetime) -> "QuerySet[QuietChoice]":
    """Who said yes, and whom nothing keeps from being written to: no quiet day, no pause, no urgent flag, no stop, no goodbye."""
    hushed = Hush.objects.filter(person=OuterRef("client"), during__contains=now)
    asking = AskingPause.objects.filter(person=OuterRef("client"))
    stopped = OptOut.objects.filter(person=OuterRef("client"), kind=KIND)
    finished = Ending.objects.finished().filter(client=OuterRef("client"))
    said_yes = QuietChoice.objects.filter(says_hello=True, client__is_active=True).select_related("client")
    return said_yes.exclude(client__preferences__paused_until__gt=now).exclude(
        Q(Exists(hushed)) | Q(Exists(asking)) | Q(Exists(stopped)) | Q(Exists(finished))
    )


def going_on() -> list[QuietHello]:
    """All that wait for a sign."""
    return list(QuietHello.objects.going_on())


def hello_behind(letter: Letter) -> QuietHello | None:
    """The hello that a letter brought, as long as its spell goes on."""
    return QuietHello.objects.going_on().select_related("client").filter(pk=letter.about, client=letter.to_id).first()


@transaction.atomic
def say_hello(quiet: Iterable[tuple[Person, date]]) -> int:
    """A hello to each, with the day of their last sign: once a spell, whoever calls this how often. How many were new."""
    now = timezone.now()
    wanted = {uuid5(client.pk, f"quiet {last}"): (client, last) for client, last in quiet}
    there = set(QuietHello.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    new = [QuietHello(pk=pk, client=one[0], last_sign=one[1], said_at=now) for pk, one in wanted.items() if pk not in there]
    QuietHello.objects.bulk_create(new, ignore_conflicts=True)
    plan(_letter(one, now) for one in new)
    return len(new)


def _letter(hello: QuietHello, now: datetime) -> Plan:
    path = f"/hello/{PLACE}/"
    paths = {"path": path, "call_path": f"{path}?say=call", "busy_path": f"{path}?say=busy"}
    useful = now + USEFUL
    return Plan(KIND, Recipient.of(hello.client), hello.pk, not_after=useful, context=paths, asked=False)


@transaction.atomic
def heard_again(hellos: Sequence[QuietHello]) -> None:
    """A sign came: the spell is over, nothing is told of it any more, and a hello that was not sent yet is taken back."""
    rows = QuietHello.objects.filter(pk__in=[one.pk for one in hellos])
    _take_back(rows, "heard of")
    rows.update(over_at=timezone.now())


def _take_back(hellos: "QuerySet[QuietHello]", why: str) -> None:
    unsent = Letter.objects.filter(UNSENT, kind=KIND, handed_at=None, about__in=list(hellos.values_list("pk", flat=True)))
    unsent.update(withdrawn_at=timezone.now(), withdrawn_why=why)


@neither
@transaction.atomic
def answer_hello(hello: QuietHello, answer: str, *, by: Person) -> bool:
    """ "All right" or "Just busy": said once; a second answer changes nothing. Whether it was the first."""
    open_one = QuietHello.objects.of_client(by).filter(pk=hello.pk, answered_at=None)
    return open_one.update(answer=answer, answered_at=timezone.now()) == 1


@widens
def let_answer_be_known(hello: QuietHello, *, waits: datetime | None, by: Person) -> None:
    """Their therapist may read what they answered. `waits` as above. Raises AskAgain."""
    if waits:
        raise AskAgain(waits)
    QuietHello.objects.of_client(by).filter(pk=hello.pk, answered_at__isnull=False).update(told_at=timezone.now())


@narrows
@transaction.atomic
def call_after_hello(hello: QuietHello, number: str, *, by: Person) -> Flag:
    """ "Call me": asked for the way it is anywhere. Pressed twice it is one asking."""
    answer_hello(hello, QuietHello.Answer.CALL, by=by)
    return ask_for_call(ask_for_help(by, by=by), number, "", by=by)
