"""The addresses of guides: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from journaling import drafts, library
from journaling.drafts import Unfinished
from journaling.models import Intention
from journaling.walking import Said, begin, say
from koru.people.models import Person

from .canaries import PRIVATE, canary
from .lines import NO, Line, client

LINES: dict[str, Line] = {
    "journal/guides/<slug:slug>/begin/": client(NO, 302),
    "journal/walks/<uuid:walk_id>/kept/": client(200, NO),
    "journal/walks/<uuid:walk_id>/<int:number>/": client(200, 302),
    "journal/walks/<uuid:walk_id>/<int:number>/skip/": client(NO, 302),
    "journal/walks/<uuid:walk_id>/<int:number>/back/": client(NO, 302),
    "journal/walks/<uuid:walk_id>/<int:number>/leave/": client(NO, 302),
    "journal/walks/<uuid:walk_id>/<int:number>/not-today/": client(NO, 302),
    "journal/walks/<uuid:walk_id>/<int:number>/never/": client(NO, 302),
    "journal/walks/<uuid:walk_id>/<int:number>/way/": client(NO, 302),
    "journal/intention/": client(200, NO),
    "journal/intentions/<uuid:intention_id>/rest/": client(NO, 302, missing=302),
    "journal/intentions/<uuid:intention_id>/take-up/": client(NO, 302, missing=302),
    "journal/way/": client(NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    shelf = library.load().prompts
    walk = begin("morning-of", by=client)
    for step, slug in ((1, "d-arriving"), (3, "d-one-sentence")):
        say(walk, Said(step, shelf[slug], canary(PRIVATE, side), uuid4()), by=client)
    drafts.save(Unfinished(uuid4(), text=canary(PRIVATE, side), prompt="d-arriving", about=walk.pk), by=client)
    return {"walk_id": str(walk.pk), "intention_id": str(Intention.objects.of(client)[0].pk)}
