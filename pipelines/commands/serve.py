"""`jihe serve`: the reviewers' console in the browser."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipelines.settings import Settings, load_settings

#: addresses that only this machine reaches
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option("--host", metavar="地址", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option(
    "--port",
    metavar="端口",
    type=click.IntRange(1, 65535),
    default=8600,
    show_default=True,
    help="监听的端口。",
)
@click.option("--https", is_flag=True, help="前面有HTTPS代理时使用：登录信息只经加密连接发送。")
def serve(host: str, port: int, https: bool) -> None:
    """在浏览器里审核：问题清单、报告原文、汇总和审核意见书。

    \b
    示例：
      jihe user add 张三 --role admin
      jihe serve
      jihe serve --host 0.0.0.0 --https
    """
    import uvicorn

    from review.answering import Settings as Console
    from review.app import create_app
    from storage.accounts import Accounts
    from storage.engine import Unavailable
    from storage.store import Store

    settings = load_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        store = Store.open(settings.database_url, settings.originals, upgrade=True)
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    with store:
        if not Accounts(store).everyone():
            click.echo("还没有用户，请先运行：jihe user add 用户名 --role admin", err=True)
        if host not in LOOPBACK and not https:
            click.echo("提醒：其他机器也能访问，密码未加密传输。正式使用请在前面加HTTPS代理。", err=True)
        console = Console(
            secret(settings.home), settings.home, settings.inbox / "uploads", reader(settings), https
        )
        click.echo(f"打开浏览器访问 http://{host}:{port} ，按Ctrl+C结束")
        uvicorn.run(
            create_app(store, console), host=host, port=port, log_level="warning", server_header=False
        )


def secret(home: Path) -> str:
    """The key that signs sessions, made once and readable to its owner only."""
    path = home / "console.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), "ascii")
    return path.read_text("ascii")


class reader:  # noqa: N801 - called like a function
    """Reads uploaded files with `jihe ingest` in a process of its own, so that a bad file cannot reach
    the console."""

    def __init__(self, settings: Settings) -> None:
        self._log = settings.home / "uploads.log"
        self._running: list[subprocess.Popen[bytes]] = []

    def __call__(self, paths: Sequence[Path]) -> None:
        self._running = [process for process in self._running if process.poll() is None]
        command = [sys.executable, "-m", "pipelines", "ingest", "--", *map(str, paths)]
        with self._log.open("ab") as log:
            started = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
        self._running.append(started)
