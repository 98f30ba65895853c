"""The nightly run: planned by Prefect, told to those who asked; the files of deploy/ name what exists."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path

import pytest
from prefect.utilities.importtools import import_object

from pipelines.__main__ import COMMANDS
from pipelines.notices import Notice, NotSent, send
from pipelines.server import server
from pipelines.settings import Settings, load_settings
from pipelines.workshop import Line

ROOT = Path(__file__).parent.parent
LINES = [
    Line("甲.docx", "new", "青河县水务局", 2023, 2),
    Line("坏.pdf", "quarantined", reason="文件损坏"),
]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("JIHE_HOME", str(tmp_path))
    return load_settings()


def test_a_webhook_hears_of_a_run(settings: Settings) -> None:
    heard: list[dict[str, object]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as hook:
        threading.Thread(target=hook.handle_request).start()
        url = f"http://127.0.0.1:{hook.server_port}/"
        send(Notice.of_run(LINES, settings), replace(settings, notify_url=url))
    assert heard[0]["counts"] == {"new": 1, "quarantined": 1}
    assert heard[0]["refused"] == [["坏.pdf", "文件损坏"]]
    assert "新读入1份" in str(heard[0]["text"])


def test_mail_goes_by_the_settings_and_a_password_never_in_the_open(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[object, ...]] = []

    class Post:
        def __init__(self, host: str, port: int, timeout: float) -> None:
            calls.append(("host", host, port))

        def __enter__(self) -> Post:
            return self

        def __exit__(self, *_: object) -> None: ...

        def starttls(self) -> None:
            calls.append(("tls",))

        def login(self, user: str, password: str) -> None:
            calls.append(("login", user, password))

        def send_message(self, message: EmailMessage) -> None:
            calls.append(("to", message["To"], message["From"]))
            assert "坏.pdf" in message.get_content()

    monkeypatch.setattr(smtplib, "SMTP", Post)
    told = replace(settings, notify_mail="a@b.cn,c@d.cn", smtp_url="smtp://me%40b.cn:p%3Aw@mail.b.cn:587")
    send(Notice.of_run(LINES, settings), told)
    assert calls == [
        ("host", "mail.b.cn", 587),
        ("tls",),
        ("login", "me@b.cn", "p:w"),
        ("to", "a@b.cn, c@d.cn", "me@b.cn"),
    ]


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ({"notify_url": "http://127.0.0.1:9/"}, "通知没有送到"),
        ({"notify_url": "file:///etc/passwd"}, "不是网址"),
        ({"notify_mail": "a@b.cn"}, "没有设置邮件服务器"),
        ({"notify_mail": "a@b.cn", "smtp_url": "smtp://127.0.0.1:9"}, "邮件没有发出"),
    ],
    ids=["nobody listens", "no web address", "no server", "server gone"],
)
def test_what_could_not_be_sent_is_said(settings: Settings, places: dict[str, str], says: str) -> None:
    with pytest.raises(NotSent, match=says):
        send(Notice.of_run(LINES, settings), replace(settings, **places))


def test_a_command_that_is_no_time_is_refused(tmp_path: Path) -> None:
    done = _jihe(tmp_path, "schedule", "--cron", "每晚两点")
    assert done.returncode == 2
    assert "看不懂运行时间" in done.stderr


@pytest.mark.slow
def test_runs_are_planned(tmp_path: Path) -> None:
    """Prefect's scheduler writes the coming nights into its database (with SQLAlchemy 2.1 it fails to)."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "schedule"],
        env=_environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        planned, began = 0, time.monotonic()
        while not planned and time.monotonic() - began < 150:
            time.sleep(1)
            planned = _planned(tmp_path / "prefect" / "prefect.db")
        assert planned
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


def _planned(database: Path) -> int:
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("select count(*) from flow_run where state_type = 'SCHEDULED'")
        except sqlite3.OperationalError:  # the server is still making its tables
            return 0
        return int(found.fetchone()[0])


@pytest.mark.slow
def test_the_deployment_of_prefect_yaml_is_accepted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(settings.prefect_home))  # not the tester's own
    with server(settings, lambda _: None) as wait:
        address = wait()
        environment = {**_environment(settings.home), "PREFECT_API_URL": address}
        for command in (
            ["work-pool", "create", "jihe", "--type", "process"],
            ["--no-prompt", "deploy", "--all"],
            ["artifact", "ls"],
        ):
            done = subprocess.run(
                [sys.executable, "-m", "prefect", *command],
                cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr


def test_the_services_call_what_exists() -> None:
    for unit in (ROOT / "deploy").glob("*.service"):
        called = next(x for x in unit.read_text().splitlines() if x.startswith("ExecStart="))
        program, verb = called.partition("=")[2].split()[:2]
        if program.endswith("/jihe"):
            module, name = COMMANDS[verb][0].split(":")
            assert getattr(import_module(module), name)
        else:
            assert program.endswith("/prefect")
    entry = next(x for x in (ROOT / "prefect.yaml").read_text().splitlines() if "entrypoint:" in x)
    path, _, flow = entry.split(": ")[1].partition(":")
    assert import_object(f"{path.removesuffix('.py').replace('/', '.')}.{flow}")


def _environment(home: Path) -> dict[str, str]:
    # another test's Prefect, in the same worker of pytest-xdist, is none of this one's
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**inherited, "JIHE_HOME": str(home), "JIHE_INBOX": str(home / "inbox")}


def _jihe(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=_environment(home), timeout=180)
