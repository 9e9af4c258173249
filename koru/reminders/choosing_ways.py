"""Which ways somebody chose for each kind of letter: the deed, and what may be chosen."""

from collections.abc import Collection, Mapping

from django.db import transaction

from koru.moments.directions import neither
from koru.people.models import Person

from . import choices
from .kinds import CHANNELS, LetterKind, load
from .models import Preferences
from .reaching import reach_of, ways_of
from .rerouting import reroute
from .resting import chosen_by
from .way_words import ALWAYS, KINDS


def kinds_with_ways(person: Person) -> list[LetterKind]:
    """The kinds that their role gets, and that may come in more than one way."""
    named = {**ALWAYS, **KINDS}
    return [
        one
        for one in load().values()
        if one.name in named and person.role in one.audience and len(one.channels) > 1 and not one.off_by_default
    ]


def offered(person: Person) -> dict[str, list[str]]:
    """Of each kind the ways that can be ticked: those that lead to them now. What can't be stopped comes by mail unasked."""
    reach = reach_of(person.pk, chosen_by([person.pk]))
    return {one.name: _offered(one, reach) for one in kinds_with_ways(person)}


def _offered(about: LetterKind, reach: Collection[str]) -> list[str]:
    fixed = set() if about.opt_out else {"mail"}
    return [one for one in CHANNELS if one in about.channels and one in reach and one not in fixed]


def ways_now(person: Person) -> dict[str, tuple[str, ...]]:
    """The ways of each kind; none for one that is stopped."""
    chosen, stopped = chosen_by([person.pk]), choices.stopped_kinds(person)
    return {one.name: () if one.name in stopped else ways_of(person.pk, one, chosen) for one in kinds_with_ways(person)}


@neither
@transaction.atomic
def choose_ways(person: Person, chosen: Mapping[str, Collection[str]], *, by: Person) -> None:
    """Let letters of each kind named come in these ways, also those on their way. In none: the kind is stopped, if it can be."""
    for name, ways in chosen.items():
        if ways or not load()[name].opt_out:
            choices.opt_in(person, name, by=by)
        else:
            choices.opt_out(person, name, by=by)
    kept = {name: [one for one in CHANNELS if one in ways] for name, ways in chosen.items() if ways}
    row, _ = Preferences.objects.select_for_update(no_key=True).get_or_create(person=person)
    row.ways = {**row.ways, **kept}
    row.save(update_fields=["ways"])
    reroute(person.pk, chosen)
