"""Writes the demo's practice, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from koru.desk.seeding.demo import make_demo


class Command(BaseCommand):
    help = "Writes the small practice that the demo shows. Changes nothing when it is there. Refused outside the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.KORU_DEMO:
            raise CommandError("seed_demo is for the demo alone: these are other people's rows.")
        wrote = make_demo(timezone.now())
        print("The demo's practice is written." if wrote else "The demo's practice is there already.")
