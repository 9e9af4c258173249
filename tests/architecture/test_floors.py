"""Imports and foreign keys point down only; rooms on one floor don't touch."""

import pytest
from django.apps import apps

from .floors import LEVEL, ROOT, all_arrows, arrows_in, may_lean, modules, room_of, wrong


def test_every_import_points_down() -> None:
    assert wrong(all_arrows()) == []


def test_every_foreign_key_points_down() -> None:
    keys = [
        (room_of(model.__module__), room_of(field.related_model.__module__), f"{model.__name__}.{field.name}")
        for model in apps.get_models()
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and not field.auto_created and field.related_model and room_of(model.__module__)
    ]
    assert len(keys) > 5
    assert [key for key in keys if key[0] and key[1] and not may_lean(key[0], key[1])] == []


def test_every_module_belongs_to_a_room() -> None:
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in modules()} - {"koru.__init__"}
    assert [name for name in sorted(names) if room_of(name) is None] == []


def test_rooms_of_the_map_are_rooms_of_django() -> None:
    installed = {config.name for config in apps.get_app_configs()}
    values_only = {"koru.moments", "koru.outside", "koru.practices"}
    values_only |= {"koru.settings", "koru.urls", "koru.health", "koru.metrics", "koru.celery", "koru.wsgi"}
    assert set(LEVEL) - values_only <= installed


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("koru.people.models", "from scheduling.models import Appointment"),
        ("koru.people.models", "import koru.desk.views"),
        ("koru.people.inviting", "def invite():\n    from koru.reminders import planning"),
        ("koru.privacy.door", "from ..reminders.planning import plan"),
        ("journaling.views", "from moodtracking import models"),
        ("scheduling.booking", "from koru import safety"),
        ("koru.ui.shell", "import koru.stack.demo"),
        ("koru.stack.demo", "from koru.people.models import Person"),
    ],
)
def test_an_arrow_up_or_sideways_is_seen(module: str, code: str) -> None:
    assert len(wrong(arrows_in(code, module))) == 1


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("scheduling.booking", "from koru.people.models import Person"),
        ("scheduling.booking", "from . import open_times"),
        ("koru.urls", "import koru.settings.base"),
        ("koru.settings.demo", "from koru.stack import home"),
    ],
)
def test_an_arrow_down_or_within_is_not(module: str, code: str) -> None:
    assert wrong(arrows_in(code, module)) == []
