"""How soon somebody has to look (clinical.md 5.4)."""

from django.db.models import IntegerChoices


class Level(IntegerChoices):
    ROUTINE = 1, "routine"
    PROMPT = 2, "prompt"
    URGENT = 3, "urgent"
