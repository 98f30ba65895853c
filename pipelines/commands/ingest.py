"""`jihe ingest`: the main job, files into the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipelines.cluster import NotACluster
from pipelines.files import Search
from pipelines.server import ServerMissing, prepare_environment, server
from pipelines.settings import Settings, load_settings
from pipelines.speech import EXISTING, OUTCOMES
from pipelines.workshop import Line, ready, workshop
from storage.engine import Unavailable

#: rows of the summary on a terminal; the whole is in `jihe flags` and the console
SHOWN = 60


@click.command()
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=EXISTING)
@click.option("--year", metavar="年度", type=click.IntRange(2000, 2100), help="报告没写年度时按此年度归档。")
@click.option("--profile", metavar="模板", help="指定规则模板，不指定则按报告内容判断。")
@click.option("--workers", metavar="数量", type=click.IntRange(1), help="同时读取的进程数。")
def ingest(paths: tuple[Path, ...], year: int | None, profile: str | None, workers: int | None) -> int:
    """把文件、文件夹、ZIP压缩包读入数据库并核对；重复运行不会重复读入。

    \b
    示例：
      jihe ingest 2023年报送/
      jihe ingest 报送.zip --year 2023
    """
    settings = load_settings(profile=profile, workers=workers)
    if settings.profile:
        from pipelines.commands.extract import require_profile

        require_profile(settings.profile, settings.home)
    screen = Console(stderr=True)
    with Search() as search:
        count = len(search.files(paths))
        empty = search.empty
    if not count:
        raise click.UsageError(f"{'、'.join(map(str, empty))} 里没有可读的文件")
    for folder in empty:
        click.echo(f"{folder} 里没有可读的文件", err=True)
    began = time.monotonic()
    try:
        lines = run([str(path.absolute()) for path in paths], settings, year, count, screen)
    except (Unavailable, ServerMissing, NotACluster) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"数据文件夹 {settings.home} 不能写入") from error
    print_summary(lines, time.monotonic() - began)
    return 1 if empty or any(line.outcome == "quarantined" for line in lines) else 0


def run(paths: list[str], settings: Settings, year: int | None, count: int, screen: Console) -> list[Line]:
    """The flow with a server, workers that warm up while it starts, and a progress bar.

    Raises Unavailable, ServerMissing, NotACluster, OSError.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    prepare_environment(settings)
    with ExitStack() as stack:
        wait_for_server = stack.enter_context(server(settings, lambda text: screen.print(text)))
        shop = stack.enter_context(workshop(settings, year))
        import pipelines.flow as flows  # takes seconds: while the server starts

        wait_for_server()
        if screen.is_terminal:
            shop.advance = _bar(stack, screen, count)
        with ready(shop):
            return flows.ingest_on(settings)(paths, settings.profile or None, year)


def _bar(stack: ExitStack, screen: Console, count: int) -> Callable[[int], None]:
    columns = (TextColumn("读取并核对"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = stack.enter_context(Progress(*columns, console=screen, transient=True))
    bar = progress.add_task("", total=count)
    return lambda done: progress.advance(bar, done)


def print_summary(lines: Sequence[Line], seconds: float) -> None:
    """What became of every file, refused ones first with their reasons."""
    screen = Console()
    counts = {name: sum(line.outcome == name for line in lines) for name in OUTCOMES}
    read = [line for line in lines if line.outcome in ("new", "version", "reread")]
    if read:
        table = Table("文件", "部门", "年度", "结果", "问题数")
        for line in read[:SHOWN]:
            name = Path(line.shown).name
            year = str(line.fiscal_year or "")
            table.add_row(name, line.department or "", year, OUTCOMES[line.outcome], str(line.findings))
        screen.print(table)
        if len(read) > SHOWN:
            click.echo(f"（另有{len(read) - SHOWN}份未列出）")
    for line in lines:
        if line.outcome == "quarantined":
            click.echo(f"未能读取 {line.shown}：{line.reason}", err=True)
    if not lines:
        click.echo("没有可读的文件")
        return
    if not any(line.changed for line in lines):
        click.echo(f"没有新内容：{len(lines)}份文件都已在库中，未作任何改动。")
        return
    said = "，".join(f"{OUTCOMES[name]}{number}份" for name, number in counts.items() if number)
    click.echo(
        f"共{len(lines)}份：{said}；问题{sum(line.findings for line in lines)}条；用时{seconds:.1f}秒。"
    )
