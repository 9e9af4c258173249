"""Pages of keeping well, with a line of each kind."""

from uuid import uuid4

from koru.safety.keeping import Kind
from koru.safety.keeping_well import add
from tests.scheduling.practice import Practice


def of_client(practice: Practice) -> list[str]:
    for kind in Kind:
        add(kind, f"A line to {kind}", waits=None, key=uuid4(), by=practice.client)
    return ["/keeping-well/", "/keeping-well/rough-days/"]
