"""The channel "inbox": a letter that is read where its reader signs in. It goes nowhere, so it can't be refused."""

from datetime import datetime

from koru.people.models import Clinic

from .channels import HandOver
from .models import Letter
from .rendering import brief


class Inbox:
    """Delivered by being marked sent; its words are made again whenever the page is opened."""

    def ready(self) -> None:
        """It always is."""

    def prepared(self, letter: Letter, clinic: Clinic, now: datetime) -> HandOver:
        brief(letter, clinic, now)  # one that can't be written is given up now, not when somebody opens the page
        return self.take

    def take(self) -> None:
        """The row is the delivery."""

    def close(self) -> None:
        """Nothing is open."""
