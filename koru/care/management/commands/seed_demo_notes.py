"""Writes what the demo's therapist noted, once. After `seed_demo`, whose people it is about."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from koru.care.seeding import add_notes


class Command(BaseCommand):
    help = "Writes the notes that the demo's therapist keeps. Changes nothing when they are there. Refused outside the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KORU_DEMO:
            raise CommandError("seed_demo_notes is for the demo alone: these are other people's rows.")
        wrote = add_notes(timezone.now())
        print("The demo's notes are written." if wrote else "The demo's notes are there already.")
