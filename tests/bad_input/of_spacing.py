"""Forms about meeting less often: proposed to a client who would like to come sooner, and agreed with another."""

from koru.people.spacing import ask_sooner
from tests.people.spacings import proposed
from tests.scheduling.practice import Practice


def of_both(practice: Practice) -> None:
    ask_sooner(by=practice.client)
    proposed(practice.client, practice.therapist, monthly=True)
