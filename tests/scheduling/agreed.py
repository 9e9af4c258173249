"""Lines of what was agreed to test with."""

from typing import Any
from uuid import uuid4

from koru.people.models import Person
from koru.privacy.door import open_record
from koru.sealing.keyring import keyring
from scheduling.agreeing import add, turn
from scheduling.models import AgreedChange, AgreedLine


def agreed(client: Person, by: Person, words: str = "Walk after lunch", **more: Any) -> AgreedLine:
    with keyring(), open_record(client, by=by, why="agreed") as record:
        return add(words, record=record, by=by, **{"key": uuid4(), **more})


def turned(line: AgreedLine, state: str, by: Person) -> AgreedLine:
    with keyring(), open_record(line.client, by=by, why="agreed") as record:
        return turn(line.pk, state, record=record, by=by)


def story(line: AgreedLine) -> list[tuple[str, object]]:
    return list(AgreedChange.objects.filter(line=line).values_list("what", "by"))
