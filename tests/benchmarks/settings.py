"""As in the tests, without what only tests carry: the N+1 watcher. One address more: the bare view to compare with."""

from typing import Any

from koru.settings import test

kept: dict[str, Any] = {name: value for name, value in vars(test).items() if name.isupper()}
kept["INSTALLED_APPS"] = [app for app in test.settings["INSTALLED_APPS"] if app != "zeal"]
kept["MIDDLEWARE"] = [layer for layer in test.settings["MIDDLEWARE"] if not layer.startswith("zeal")]
kept["ROOT_URLCONF"] = "tests.benchmarks.urls"

globals().update(kept)
