"""Brings the demo's database up to date: migrations, then the small practice that the demo shows."""

import os

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koru.settings.demo")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("check", databases=["default"])  # refuses to go on without the keys that the data is under
    call_command("seed_demo")
    call_command("seed_demo_notes")
    call_command("remind", "--once")  # what came due while the demo was stopped: /readyz asks for it
