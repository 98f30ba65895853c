"""`jihe schedule`: the nightly run over the inbox."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click
from rich.console import Console

from pipelines.server import ServerMissing, prepare_environment, server
from pipelines.settings import NAMES, Settings, load_settings
from storage.engine import Unavailable

CRON = "0 2 * * *"


@click.command()
@click.option("--cron", metavar="时间", default=CRON, show_default=True, help="何时运行，cron 的五段写法。")
@click.option("--once", is_flag=True, help="现在就运行一次，然后结束。")
def schedule(cron: str, once: bool) -> int:
    """每夜读取收件夹里的文件并核对；读过的不重复读，还在拷贝的留到下一夜。

    \b
    收件夹由 JIHE_INBOX 指定，默认是数据文件夹里的 inbox。按 Ctrl+C 停止。
    \b
    示例：
      jihe schedule
      jihe schedule --cron "30 1 * * 1-5"
      jihe schedule --once
    """
    from pipelines.commands.ingest import print_summary

    began, settings = time.monotonic(), load_settings()
    zone = _time_zone()
    screen = Console(stderr=True)
    _share(settings)
    prepare_environment(settings)
    try:
        with server(settings, lambda text: screen.print(text), schedules=not once) as wait_for_server:
            settings.inbox.mkdir(parents=True, exist_ok=True)
            from prefect.schedules import Cron  # takes seconds: while the server starts

            try:
                plan = Cron(cron, timezone=zone)
            except ValueError as error:
                raise click.UsageError(f"看不懂运行时间“{cron}”，应为五段，例如 {CRON}") from error
            from prefect.types.entrypoint import EntrypointType

            from pipelines.flow import nightly

            wait_for_server()
            if once:
                lines = nightly()
                print_summary(lines, time.monotonic() - began)
                return 1 if any(line.outcome == "quarantined" for line in lines) else 0
            click.echo(f"已排定：{cron}（{zone}），收件夹 {settings.inbox}。按 Ctrl+C 停止。")
            nightly.serve(
                name="nightly", schedule=plan, limit=1, pause_on_shutdown=False, print_starting_message=False,
                entrypoint_type=EntrypointType.MODULE_PATH,
            )  # fmt: skip
    except (ServerMissing, Unavailable) as error:
        raise click.ClickException(str(error)) from error
    return 0


def _share(settings: Settings) -> None:
    """The runs are processes of their own: they get these settings, whatever their folder is."""
    for name, variable in NAMES.items():
        if value := str(getattr(settings, name) or ""):
            os.environ[variable] = value


def _time_zone() -> str:
    """The machine's time zone by name; China's where it has none."""
    if name := os.environ.get("TZ", "").strip(":"):
        return name
    path = Path("/etc/localtime")
    parts = str(path.resolve()).partition("zoneinfo/")[2] if path.is_symlink() else ""
    return parts if parts and parts not in ("UTC", "Etc/UTC") else "Asia/Shanghai"
