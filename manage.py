#!/usr/bin/env python
"""Koru's commands. Without DJANGO_SETTINGS_MODULE they speak to the demo."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "koru.settings.demo")
    execute_from_command_line(sys.argv)
