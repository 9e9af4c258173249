"""Pages of a goodbye, open, as the client and as the therapist; and of one that the two agreed on and haven't begun."""

from koru.people.parting import open_ending
from koru.people.stages import set_stage
from koru.sealing.keyring import keyring
from tests.care.world import write
from tests.people import ally, make_client
from tests.scheduling.practice import Practice


def of_both(practice: Practice) -> None:
    set_stage("finishing", client=practice.client, by=practice.therapist)
    open_ending(practice.client, by=practice.therapist)


def of_client(practice: Practice) -> list[str]:
    of_both(practice)
    with keyring():
        entry = write(practice.client, "only_me", "First words.\n\nOther words.")
    keepsake = "/goodbye/keepsake/"
    return ["/goodbye/", f"{keepsake}?anyway=1", f"{keepsake}words/", f"{keepsake}words/{entry.pk}/"]


def of_therapist(practice: Practice) -> list[str]:
    of_both(practice)
    other = ally(make_client(), practice.therapist).client
    set_stage("finishing", client=other, by=practice.therapist)
    record = f"/care/{practice.client.pk}/ending/"
    return [record, f"{record}letter/", f"/care/{other.pk}/ending/"]
