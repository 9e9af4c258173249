"""Pages of practices that need something to be there: one that was done, one set aside, one that is picked."""

from uuid import uuid4

from django.utils import timezone

from koru.practices.models import PracticeAside, PracticeDone, PracticePick
from tests.scheduling.practice import Practice


def of_client(practice: Practice) -> list[str]:
    both = {"client": practice.client}
    done = PracticeDone.objects.create(**both, practice="hum", at=timezone.now(), minutes=2, helped="yes", key=uuid4())
    PracticeAside.objects.create(**both, practice="edges", at=timezone.now())
    PracticePick.objects.create(**both, practice="one-cup", sentence="By the window.", picked_by=practice.therapist, key=uuid4())
    return [f"/practices/{page}" for page in ("", "three-breaths/", "edges/", "helped/", f"done/{done.pk}/")]
