"""Noticing: an answer that somebody has to look at becomes a flag, in the transaction of the answer."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from koru.moments.directions import narrows
from koru.people.models import Person

from .flags import Flag
from .levels import Level
from .raising import Told, add, begin
from .rules import Rule, load, raised_by

ONE_ASKING = timedelta(minutes=5)  # a form sent twice, a second tap
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('flags:' || %s, 0))"


@narrows
@transaction.atomic
def notice(client: Person, facts: Mapping[str, float], *, about: UUID | None, by: Person) -> tuple[Flag, ...]:
    """Raise or update the flags that these facts ask for. Called inside the transaction of the answer.

    `about` is the id of what was answered: other facts about the same are a changed answer, kept beside the first. Gives
    back the flags that something new has raised, the most pressing first; nothing new raises nothing again.
    """
    rules = [rule for rule in load().values() if rule.facts & facts.keys()]
    levels = raised_by(rules, facts)
    if not levels and not (rules and about):
        return ()
    _wait_for_others(client)
    before = {flag.key: flag for flag in _open(client, rules)}
    now = timezone.now()
    raised: list[Flag] = []
    for rule in rules:
        told = Told(client, {name: value for name, value in facts.items() if name in rule.facts}, about, now, by)
        flag = _taken_in(told, rule, levels.get(rule.key), before.get(rule.key))
        raised += [flag] if flag and rule.key in levels else []
    return tuple(sorted(raised, key=lambda flag: -flag.level))


@narrows
def ask_to_look(client: Person, *, about: UUID, by: Person) -> tuple[Flag, ...]:
    """ "Please look at this before we meet", about an entry that is shared. Routine: the page says when somebody looks."""
    return notice(client, {"asked.look": 1}, about=about, by=by)


@narrows
@transaction.atomic
def ask_for_help(client: Person, *, by: Person) -> Flag:
    """ "I need help from my clinic": the most pressing there is. Asked again it is one flag, and within minutes once."""
    asked = Flag.objects.of_client(client).open().filter(key="needs_help").select_related("client", "owner")
    _wait_for_others(client)
    flag: Flag | None = asked.filter(state="open", latest_at__gt=timezone.now() - ONE_ASKING).first()
    if flag is None:
        notice(client, {"asked.help": 1}, about=None, by=by)
        flag = asked.get()
    return flag


def _wait_for_others(client: Person) -> None:
    """Two answers at the same instant make one flag."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [str(client.pk)])


def _open(client: Person, rules: list[Rule]) -> list[Flag]:
    flags = Flag.objects.of_client(client).open().filter(key__in=[rule.key for rule in rules])
    return list(flags.select_related("owner", "client").select_for_update(of=("self",)))


def _taken_in(told: Told, rule: Rule, level: Level | None, flag: Flag | None) -> Flag | None:
    """The flag that this has raised or changed; None when there is nothing new in it."""
    if flag is None:
        return begin(told, rule, level) if level and not _rests(told, rule, level) else None
    if _is_known(told, rule, level, flag):
        return None
    return add(flag, told, rule, level)


def _is_known(told: Told, rule: Rule, level: Level | None, flag: Flag) -> bool:
    """The same answer once more, an answer that raises nothing, or one in the days after the first."""
    if flag.about == told.about and told.about:
        return bool(flag.history[-1]["facts"] == told.facts)
    if level is None:
        return True
    return level <= flag.level and flag.raised_at > told.at - timedelta(days=rule.rests_days)


def _rests(told: Told, rule: Rule, level: Level) -> bool:
    """It came up a few days ago, no less pressing, and was looked at."""
    since = told.at - timedelta(days=rule.rests_days)
    return Flag.objects.of_client(told.client).filter(key=rule.key, raised_at__gt=since, level__gte=level).exists()
