"""One's own tags: put on an entry, taken off, and found by. Never seen by anybody else."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from koru.moments.directions import neither
from koru.people.models import Person

from .finding import fold
from .found import Tag, Tagging
from .models import Entry

MOST = 12
LONGEST = 40


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of a typed line: parted by commas or lines, each once. Pure."""
    words = (" ".join(word.lstrip("#").split()) for part in line.splitlines() for word in part.split(","))
    by_fold = {fold(word): word for word in reversed([word for word in words if word])}
    return tuple(reversed(by_fold.values()))


@neither
@transaction.atomic
def tag_with(entry: Entry, words: Iterable[str], *, by: Person) -> None:
    """Let an entry carry these tags and no others. A tag that nothing carries any more goes."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    current = Entry.objects.select_for_update().get(pk=entry.pk, client=by, deleted_at=None)
    known = {fold(tag.word): tag for tag in Tag.objects.filter(client=by)}
    wanted = {fold(word): word for word in words}
    kept = [known.get(name) or Tag.objects.create(client=by, word=word) for name, word in wanted.items()]
    Tagging.objects.filter(entry=current).exclude(tag__in=kept).delete()
    Tagging.objects.bulk_create([Tagging(entry=current, tag=tag) for tag in kept], ignore_conflicts=True)
    Tag.objects.filter(client=by, taggings=None).delete()


def tags_of(client: Person) -> list[Tag]:
    """All of a client's tags, by their words, each with how many entries carry it."""
    return sorted(Tag.objects.of(client), key=lambda tag: fold(tag.word))


def words_on(entry: Entry) -> list[str]:
    """The tags of one entry, by their words."""
    return sorted((tag.word for tag in Tag.objects.filter(taggings__entry=entry)), key=fold)


def own_tag(client: Person, tag_id: UUID) -> Tag | None:
    tag: Tag | None = Tag.objects.filter(client=client, pk=tag_id).first()
    return tag
