"""Sending: what is due is claimed, handed over one by one, and marked sent; a refused letter is tried again, then shown.

A letter that was handed over without an answer is in doubt: it goes again, with the same Message-ID, while it is true.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from koru.people.clinic import the_clinic
from koru.people.models import Clinic
from koru.sealing.keyring import keyring

from .channels import Channel, InDoubt, NoWay, Refused, Unreachable
from .claiming import claim, due_channels, release
from .gathering import crowded_readers
from .handing import hand
from .inbox import Inbox
from .mailing import Post
from .models import Letter
from .pushing import Push
from .rerouting import by_mail_instead, take_another_way
from .stop_points import stop_here
from .texting import Texting

log = logging.getLogger(__name__)
SENT = "UPDATE reminders_letter SET sent_at = now(), failure = '', claimed_by = NULL, lease_until = NULL WHERE id = ANY(%s)"
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=25))


OPEN: Mapping[str, Callable[[], Channel]] = {"mail": Post, "inbox": Inbox, "push": Push, "text": Texting}


def send_due(batches: int = 50) -> int:
    """Claim and send what is due by each channel, so many batches at most. How many letters were taken."""
    return sum(_send_by(name, batches) for name in due_channels() if name in OPEN)


def _send_by(name: str, batches: int) -> int:
    """One channel's letters. When it falls silent they wait; the other channels don't."""
    worker, channel, sent = uuid4(), OPEN[name](), 0
    try:
        for _ in range(batches):
            channel.ready()
            letters = claim(worker, name)
            if not letters:
                break
            stop_here("after_claim")
            sent += _send(letters, worker, channel)
    except Unreachable as silence:
        log.warning("%s can't be reached (%s): letters wait", name, silence)
    except InDoubt as silence:  # one letter a minute finds out whether it speaks again
        log.warning("%s fell silent (%s): letters wait", name, silence)
    finally:
        release(worker)
        channel.close()
    return sent


def _send(claimed: list[UUID], worker: UUID, channel: Channel) -> int:
    clinic = the_clinic()
    with keyring():
        letters = list(Letter.objects.filter(pk__in=claimed).select_related("to").order_by("try_at"))
        full = crowded_readers(letters) if isinstance(channel, Post) else frozenset()
        return sum(_delivered(letter, worker, channel, clinic, crowded=letter.to_id in full) for letter in letters)


def _delivered(letter: Letter, worker: UUID, channel: Channel, clinic: Clinic, *, crowded: bool) -> int:
    """One letter that breaks in a way nobody thought of is told and put off; it doesn't hold up the others."""
    try:
        return deliver(letter, worker, channel, clinic, crowded=crowded)
    except (InDoubt, DatabaseError):
        raise
    except Exception as failure:
        log.exception("a letter of kind %s broke on its way", letter.kind)
        _again([letter.pk], type(failure).__name__)
        return 0


def deliver(letter: Letter, worker: UUID, channel: Channel, clinic: Clinic, *, crowded: bool = False) -> int:
    """Send one claimed letter, and what goes with it. How many were taken. Raises InDoubt when the other side fell silent."""
    handed = hand(letter, worker, channel, clinic, crowded=crowded)
    if handed is None:
        return 0
    stop_here("after_handed")
    try:
        handed.over()
    except NoWay as no:
        if not take_another_way(letter):
            _again(handed.letters, no.code)
        return 0
    except Refused as no:
        _refused(handed.letters, no)
        return 0
    except InDoubt as silence:
        _again(handed.letters, f"no answer: {silence}")
        raise
    stop_here("after_send")
    with connection.cursor() as cursor:
        cursor.execute(SENT, [handed.letters])
    stop_here("after_sent")
    return len(handed.letters)


def _refused(letters: list[UUID], no: Refused) -> None:
    """They surely didn't arrive, so they may still be withdrawn, and go apart. A bounce isn't tried again."""
    bounced_at = Now() if no.for_good else None
    Letter.objects.filter(pk__in=letters).update(handed_at=None, mail_id=None, bounced_at=bounced_at)
    if no.for_good:
        _give_up(letters, no.code)
    else:
        _again(letters, no.code)


def _again(letters: list[UUID], why: str) -> None:
    """After 1, 5 and 25 minutes; then operators see it."""
    for letter in Letter.objects.only("attempts").filter(pk__in=letters):
        if letter.attempts > len(RETRIES):
            _give_up([letter.pk], why)
            continue
        wait = RETRIES[letter.attempts - 1]
        Letter.objects.filter(pk=letter.pk).update(try_at=Now() + wait, failure=why, claimed_by=None, lease_until=None)


def _give_up(letters: list[UUID], why: str) -> None:
    log.warning("a letter was given up: %s", why)
    by_mail_instead(letters)
    Letter.objects.filter(pk__in=letters).update(failed_at=Now(), failure=why, claimed_by=None, lease_until=None)
