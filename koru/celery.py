"""Celery: the clock. PostgreSQL holds what is due; a lost message costs a minute, never a letter."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koru.settings.production")

app = Celery("koru")
app.conf.update(
    broker_url=settings.KORU_BROKER,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"visibility_timeout": 300, "socket_timeout": 10, "socket_connect_timeout": 5},
    accept_content=["json"],
    task_serializer="json",
    task_acks_late=True,
    task_ignore_result=True,
    task_time_limit=300,
    task_publish_retry=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    timezone="UTC",
    enable_utc=True,
    beat_schedule={
        "tick": {"task": "koru.reminders.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
        "recurring": {"task": "koru.reminders.tasks.plan_anew", "schedule": 1800.0, "options": {"expires": 1790}},
        "prompts": {"task": "journaling.tasks.plan_letters", "schedule": 900.0, "options": {"expires": 890}},
        "measures": {"task": "moodtracking.measures.tasks.look_again", "schedule": 1800.0, "options": {"expires": 1790}},
        "lighter": {"task": "koru.today.tasks.make_weeks_lighter", "schedule": 600.0, "options": {"expires": 590}},
        "quiet": {"task": "koru.today.tasks.greet_the_quiet", "schedule": 900.0, "options": {"expires": 890}},
        "flags": {"task": "koru.care.tasks.watch_flags", "schedule": 60.0, "options": {"expires": 55}},
        "calendars": {"task": "scheduling.tasks.look_at_calendars", "schedule": 60.0, "options": {"expires": 55}},
        "sooner": {"task": "scheduling.tasks.offer_what_is_free", "schedule": 60.0, "options": {"expires": 55}},
        "trusted": {"task": "scheduling.tasks.forget_trusted_people", "schedule": 1800.0, "options": {"expires": 1790}},
        "ways-home": {"task": "scheduling.tasks.tell_of_ways_home", "schedule": 300.0, "options": {"expires": 295}},
        "anchors": {"task": "scheduling.tasks.plan_routine_notes", "schedule": 300.0, "options": {"expires": 295}},
        "routines": {"task": "scheduling.tasks.rest_routines", "schedule": 1800.0, "options": {"expires": 1790}},
        "requests": {"task": "koru.desk.tasks.close_lapsed_requests", "schedule": 1800.0, "options": {"expires": 1790}},
        "audit": {"task": "koru.privacy.tasks.anchor_heads", "schedule": 3600.0, "options": {"expires": 3590}},
        "erasing": {"task": "koru.rights.tasks.erase_who_waited", "schedule": 300.0, "options": {"expires": 295}},
        "copies": {"task": "koru.rights.tasks.look_after_copies", "schedule": 60.0, "options": {"expires": 55}},
        "deleted": {"task": "journaling.tasks.purge_deleted", "schedule": 3600.0, "options": {"expires": 3590}},
    },
)
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_without_keys(**_: Any) -> None:
    """As the web does. Imported here: the rooms are there when Celery starts, not yet when this is read."""
    from koru.sealing.starting import refuse_without_keys

    refuse_without_keys()
