"""What a check-in says, in words, for those who may read it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from koru.people.models import Person

from .fields import hours_words
from .item_sets import load
from .items import Item
from .models import CheckIn

LATELY, OFFERED = 40, 8


def said(answers: Mapping[str, float], own: Mapping[str, Item]) -> Iterator[tuple[str, str]]:
    """Question and answer, in the order of asking. `own` are the client's questions in their own words."""
    questions = load()
    families = (questions.items, questions.symptoms, own, questions.side_effects)
    for item in chain.from_iterable(family.values() for family in families):
        if item.key in answers:
            value = answers[item.key]
            yield item.ask, item.word(int(value)) if item.anchors else hours_words(value)


def tag_words(row: CheckIn) -> list[str]:
    words = {slug: word for group in load().tags.values() for slug, word in group.items()}
    return [words.get(slug, slug) for slug in row.tags] + row.own_words


def own_words_of(client: Person) -> list[str]:
    """Words of the client's own for what was around, the most used of the latest ones first. One query."""
    told = CheckIn.objects.written_by(client).kept().daily().exclude(own_tags="").only("id", "client_id", "own_tags")
    words = [word for row in told.order_by("-at")[:LATELY] for word in row.own_words]
    return [word for word, _ in Counter(words).most_common(OFFERED)]


def connected_on(client: Person) -> date | None:
    """The day on which connectedness was answered last."""
    told = CheckIn.objects.written_by(client).kept().daily().filter(answers__has_key="connectedness")
    return told.order_by("-at").values_list("local_date", flat=True).first()


def last_day(client: Person) -> date | None:
    """The client's day of their last check-in."""
    told = CheckIn.objects.written_by(client).kept().daily()
    return told.order_by("-at").values_list("local_date", flat=True).first()
