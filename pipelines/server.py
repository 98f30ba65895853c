"""The Prefect server that a run talks to: one that is running, or a light one for this run alone.

A stock temporary server needs 20 s and more to answer. Ours leaves out what a single run never uses
(pages, block types, schedulers), skips migrations that are known to be done, and starts before anything
else does, so that importing Prefect and warming the workers happen while it comes up.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from pipelines.settings import Settings

#: services of the server that only deployments and automations need
UNNEEDED = (
    "SCHEDULER", "LATE_RUNS", "PAUSE_EXPIRATIONS", "CANCELLATION_CLEANUP", "FOREMAN", "TRIGGERS",
    "EVENT_PERSISTER", "EVENT_LOGGER", "REPOSSESSOR", "CLEANUP_RECONCILER",
)  # fmt: skip
#: of these, what a server needs that plans runs ahead
FOR_SCHEDULES = frozenset({"SCHEDULER", "LATE_RUNS", "CANCELLATION_CLEANUP"})
SECONDS_TO_START = 90
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class ServerMissing(Exception):
    """The server does not answer: the message is one Chinese sentence."""


def prepare_environment(settings: Settings) -> None:
    """Settings that Prefect reads when it is imported; what the user set himself stays."""
    wanted = {
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)


@contextmanager
def server(
    settings: Settings, say: Callable[[str], None], schedules: bool = False
) -> Iterator[Callable[[], str]]:
    """A server for the time of a run, or with `schedules` for as long as runs are planned. The value
    waits for it and gives its address.

    Raises ServerMissing (from the waiting) where a named server does not answer or ours does not start.
    """
    named = os.environ.get("PREFECT_API_URL")
    if named:
        yield lambda: _named(named)
        return
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    log = settings.prefect_home / "server.log"
    with log.open("ab") as sink, _database(settings) as database:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
            [
                sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app",
                "--host", "127.0.0.1", "--port", str(port), "--log-level", "error", "--lifespan", "on",
            ],
            env={**os.environ, **_lean(settings, schedules), **database},
            stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True,
            preexec_fn=_end_with_parent,  # before any thread is started
        )  # fmt: skip
        os.environ["PREFECT_API_URL"] = address  # Prefect reads it once, when it is imported
        try:
            yield lambda: _started(settings, process, address, log, say)
        finally:
            del os.environ["PREFECT_API_URL"]
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            process.kill()
            process.wait()


@contextmanager
def _database(settings: Settings) -> Iterator[dict[str, str]]:
    """Prefect's own database for our server: the one in the data folder, or a copy that lives as long as
    the run where another run has that one. Two servers on one SQLite file block each other."""
    main = settings.prefect_home / "prefect.db"
    with (settings.prefect_home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            with tempfile.TemporaryDirectory(prefix="run-", dir=settings.prefect_home) as folder:
                own = Path(folder) / "prefect.db"
                if main.exists():
                    with closing(sqlite3.connect(main)) as source, closing(sqlite3.connect(own)) as copy:
                        source.backup(copy)
                yield {"PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{own}"}
        else:
            yield {}


def _end_with_parent() -> None:
    """Linux: the kernel ends this process when its parent is gone, however the parent ended."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _named(address: str) -> str:
    if not _answers(address):
        raise ServerMissing(f"任务服务 {address} 没有应答，请检查 PREFECT_API_URL 或启动该服务")
    return address


def _started(
    settings: Settings, process: subprocess.Popen[bytes], address: str, log: Path, say: Callable[[str], None]
) -> str:
    began = time.monotonic()
    told = False
    while not _answers(address):
        if process.poll() is not None or time.monotonic() - began > SECONDS_TO_START:
            _migrated_mark(settings).unlink(missing_ok=True)  # the next start migrates again
            raise ServerMissing(f"任务服务没有启动成功，详情见 {log}")
        if not told:
            say("正在等待任务服务启动（首次约十几秒）……")
            told = True
        time.sleep(0.1)
    _migrated_mark(settings).touch()
    return address


def _lean(settings: Settings, schedules: bool) -> dict[str, str]:
    unneeded = [name for name in UNNEEDED if not (schedules and name in FOR_SCHEDULES)]
    lean = {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in unneeded}
    lean |= {
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT__SERVER_FINAL": "1",
    }
    if not schedules:
        lean["PREFECT__SERVER_EPHEMERAL"] = "1"  # such a server starts no scheduler at all
    if _migrated_mark(settings).exists():
        lean["PREFECT_API_DATABASE_MIGRATE_ON_START"] = "false"
    return lean


def _migrated_mark(settings: Settings) -> Path:
    """Stands where this version of Prefect has migrated its database once."""
    return settings.prefect_home / f"migrated-{version('prefect')}"


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310 - http only
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
