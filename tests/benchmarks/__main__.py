"""`make bench`: speed as ratios against a baseline of the same run, one JSON object a line. A goal not met is told."""

import os
import sys

from koru.stack import for_tests, home


def main(names: list[str]) -> None:
    """Runs the named benchmarks, or all of them, on servers and a database of their own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    os.environ.setdefault("KORU_TEST_SUFFIX", "_bench")
    import django

    with for_tests.running(home.of(os.environ) / "test"):
        django.setup()
        from tests.benchmarks.running import run

        run(names)


if __name__ == "__main__":
    main(sys.argv[1:])
