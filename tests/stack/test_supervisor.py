"""What the supervisor promises of any process: kept running, stopped in order, none left."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from koru.stack.supervisor import AskedToStop, GivesUp, Service, Supervisor

from .running import ROOT, command, living, until

SLEEPS = "import time\nwhile True: time.sleep(60)\n"
TELLS = """
import pathlib, signal, sys, time
def tell(*_):
    with open("stopped", "a") as out: out.write(sys.argv[1] + " ")
    sys.exit()
signal.signal(signal.SIGTERM, tell)
pathlib.Path(sys.argv[1] + ".up").touch()
while True: time.sleep(0.05)
"""
DEAF = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nopen('deaf.up', 'w')\nwhile True: time.sleep(60)\n"
PARENT = "import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'])\ntime.sleep(99)\n"


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    running = Supervisor(tmp_path / "log")
    yield running
    running.stop()


def service(folder: Path, name: str, code: str) -> Service:
    return Service(name, (sys.executable, "-c", code, name), folder, patience=2)


def pid(supervisor: Supervisor, name: str) -> int:
    process = supervisor.kept[name].process
    return process.pid if process else 0


def looked_after(supervisor: Supervisor) -> bool:
    supervisor.look_after()
    return True


def test_what_dies_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(service(tmp_path, "one", SLEEPS))
    first = pid(supervisor, "one")
    psutil.Process(first).kill()
    assert until(lambda: looked_after(supervisor) and pid(supervisor, "one") not in {0, first})


def test_what_keeps_dying_is_started_ever_more_rarely(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(service(tmp_path, "one", "raise SystemExit(1)"))
    kept, waits = supervisor.kept["one"], []
    for _ in range(8):
        assert until(kept.fallen)
        kept.plan_restart()
        waits.append(round(kept.again_at - time.monotonic()))
        kept.start()
    assert waits == [0, 1, 2, 4, 8, 16, 30, 30]


def test_they_stop_in_the_order_asked_for(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path / "log", stop_order=("c", "a", "b"))
    for name in ("a", "b", "c"):
        supervisor.add(service(tmp_path, name, TELLS))
    assert until(lambda: len(list(tmp_path.glob("*.up"))) == 3)
    supervisor.stop()
    assert (tmp_path / "stopped").read_text().split() == ["c", "a", "b"]


def test_one_that_does_not_listen_is_ended_all_the_same(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(service(tmp_path, "deaf", DEAF))
    assert until((tmp_path / "deaf.up").exists)
    process = psutil.Process(pid(supervisor, "deaf"))
    supervisor.stop()
    assert living([process]) == []


def test_children_of_children_go_too(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(service(tmp_path, "parent", PARENT))
    parent = psutil.Process(pid(supervisor, "parent"))
    assert until(lambda: len(parent.children()) == 1)
    family = [parent, *parent.children()]
    supervisor.stop()
    assert until(lambda: living(family) == [], patience=5)


def test_one_that_never_comes_up_is_named_with_its_log(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(Service("one", (sys.executable, "-c", "raise SystemExit(1)"), tmp_path, answers=lambda: False))
    with pytest.raises(GivesUp, match=r"one does not come up. Its log: .+one\.log"):
        supervisor.await_answers("one")


def test_a_job_that_fails_shows_why(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(GivesUp, match=r"(?s)job failed.*a plain reason"):
        supervisor.run_once("job", (sys.executable, "-c", "raise SystemExit('a plain reason')"), tmp_path)


def test_a_signal_ends_a_job_that_runs(supervisor: Supervisor, tmp_path: Path) -> None:
    asked = threading.Timer(0.3, lambda: supervisor.ask_to_stop(signal.SIGTERM, None))
    asked.start()
    with pytest.raises(AskedToStop):
        supervisor.run_once("job", (sys.executable, "-c", SLEEPS), tmp_path)
    left = [p for p in psutil.Process().children(recursive=True) if SLEEPS in command(p)]
    assert living(left) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux alone tells children")
def test_children_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from koru.stack.supervisor import Service, Supervisor
import sys, time
s = Supervisor(Path({str(tmp_path)!r}))
s.add(Service("one", (sys.executable, "-c", {SLEEPS!r}), Path({str(tmp_path)!r})))
print(s.kept["one"].process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = psutil.Process(int(process.stdout.readline()))
        process.kill()
    assert until(lambda: living([child]) == [], patience=5)
