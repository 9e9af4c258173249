"""What the journal's pages say around the words: who reads them, what was saved, what can be undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from koru.people.models import Person
from koru.people.readers import readers_of
from koru.ui.times import spoken_instant
from scheduling.resting import waits_for

from . import library, reading, suggesting
from .catalogue import Prompt
from .chosen import prompt_named
from .giving import has_shared
from .keeping import steps_of_drafts
from .letters_to_self import SLOT
from .models import Draft, Entry, PromptSkip, ShareWish
from .offering import standing_of, why_of
from .sharing import ONLY_ME
from .suggesting import fits

SILENCE = timedelta(weeks=3)
NEW = {SLOT: "/journal/letters/new/"}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft in a list."""

    id: UUID
    heading: str
    beginning: str
    saved_at: datetime
    link: str


@dataclass(frozen=True, slots=True)
class Undo:
    """A deed that can be taken back, and where."""

    words: str
    name: str
    id: UUID


def unfinished(client: Person) -> list[Unfinished]:
    """What a client has begun and not kept, newest first."""
    rows = Draft.objects.of(client).exclude(title="", text="").select_related("client")[:20]
    steps = steps_of_drafts(client, [draft for draft in rows if draft.about and draft.prompt])
    return [_listed(draft, steps.get(draft.pk, "")) for draft in rows]


def _listed(draft: Draft, step: str) -> Unfinished:
    prompt = prompt_named(draft.prompt, draft.client)
    asked = prompt.text if prompt else "A letter to yourself" if draft.prompt == SLOT else ""
    there = f"/journal/{draft.about}/edit/" if draft.about else NEW.get(draft.prompt, "/journal/new/")
    place = f"{step or there}?draft={draft.pk}"
    link = f"{place}&prompt={draft.prompt}" if draft.prompt else place
    return Unfinished(draft.pk, draft.title or asked, reading.excerpt(draft.text, 120), draft.saved_at, link)


def picked(versions: list[Draft], draft_id: str) -> Draft | None:
    """The version that was asked for by its id, else the newest."""
    asked = (version for version in versions if str(version.pk) == draft_id)
    return next(asked, versions[0] if versions else None)


def greeting(client: Person, now: datetime) -> str:
    """A word after three silent weeks; nothing on other days, and nothing about how long it was."""
    newest = Entry.objects.written_by(client).values_list("at", flat=True).first()
    return library.load().words.page["after_silence"] if newest and newest <= now - SILENCE else ""


def wishes_due(client: Person, now: datetime) -> list[ShareWish]:
    """Wishes to share more whose day has passed: time to ask again."""
    due = ShareWish.objects.filter(entry__client=client, entry__deleted_at=None, ask_at__lte=now)
    return list(due.select_related("entry").order_by("ask_at"))


def kept_words(entry: Entry) -> str:
    """After Save: that it is kept, and who can read it."""
    words = library.load().words.page
    wish = ShareWish.objects.filter(entry=entry).first()
    if wish:
        return f"{words['kept']}. {wait_words(wish, entry.client)}"
    return f"{words['kept']}. {who_can_read(entry)}"


def who_can_read(entry: Entry) -> str:
    if entry.share == ONLY_ME:
        return "Only you can read it."
    return f"{readers_of(entry.client)} can read it."


def wait_words(wish: ShareWish, client: Person) -> str:
    """When sharing is asked about again."""
    when = spoken_instant(wish.ask_at, ZoneInfo(client.zone))
    return library.load().words.page["wait_to_share"].format(when=f"on {when}")


def lowered_words(client: Person, entry: Entry) -> str:
    """After sharing less: what stops now, and what may have been read."""
    words, looks = library.load().words.page, reading.looks_at_entry(client, entry.pk)
    if not looks:
        return words["lowered"]
    return words["lowered_looked"].format(when=spoken_instant(looks[0].at, ZoneInfo(client.zone)))


def around(client: Person, prompt: Prompt | None) -> dict[str, object]:
    """What stands around the writing: why this prompt, the page's words, and whether sharing waits."""
    waits = waits_for(client, timezone.now())
    when = spoken_instant(waits, ZoneInfo(client.zone)) if waits else ""
    return {
        "why": why_this(client, prompt) if prompt else "",
        "words": library.load().words.page,
        "opt_outs": library.load().words.opt_outs,
        "first_share": not has_shared(client),
        "waits": library.load().words.page["wait_to_share"].format(when=f"on {when}") if waits else "",
    }


def why_this(client: Person, prompt: Prompt) -> str:
    """Why a prompt is here: only if it is one that would be offered now, not one the client came to by themselves."""
    situation = standing_of(client, timezone.now())
    return why_of(prompt.slug, situation) if fits(prompt, situation.standing) else ""


def undo_in(request: HttpRequest, client: Person) -> Undo | None:
    """The deed that this page was reached by, if it can be taken back."""
    now = timezone.now()
    if deleted := _id(request.GET.get("deleted")):
        there = Entry.objects.deleted_by(client, now).filter(pk=deleted).exists()
        return Undo("Entry deleted. You can have it back for 30 days.", "journaling:undo", deleted) if there else None
    if skipped := _id(request.GET.get("skipped")):
        there = PromptSkip.objects.of(client).filter(pk=skipped, at__gt=now - suggesting.AWAY).exists()
        return Undo("Set aside. It costs nothing.", "journaling:take_back", skipped) if there else None
    return None


def _id(value: str | None) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        return None
