"""`jihe extract`: read files and print what they say. No database, no Prefect."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pipelines.examination import examine_all
from pipelines.files import Found, Search, fingerprint
from pipelines.settings import load_settings
from pipelines.speech import EXISTING
from schema.errors import NotReadable
from schema.examination import Result


@click.command()
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="每份文件输出一行JSON，顺序与路径相同。")
@click.option("--profile", metavar="模板", help="指定规则模板，不指定则按报告内容判断。")
@click.option("--workers", metavar="数量", type=click.IntRange(1), help="同时读取的进程数。")
@click.option(
    "--debug-pages",
    "pages",
    metavar="文件夹",
    type=click.Path(file_okay=False, path_type=Path),
    help="把各页画成图片存到此文件夹，标出读到的段落、表格、标题和数据；Word文件需要LibreOffice。",
)
def extract(
    paths: tuple[Path, ...], as_json: bool, profile: str | None, workers: int | None, pages: Path | None
) -> int:
    """读取文件、文件夹或ZIP压缩包，打印数据、章节、指标和问题，不动数据库。

    \b
    示例：
      jihe extract 报告.docx
      jihe extract --json 报送/*.pdf > 结果.jsonl
      jihe extract 扫描件.pdf --debug-pages 页面/
    """
    settings = load_settings(profile=profile, workers=workers)
    if settings.profile:
        require_profile(settings.profile, settings.home)
    with Search() as search:
        files = search.files(paths)
        if not files:
            raise click.UsageError(f"{'、'.join(map(str, search.empty))} 里没有可读的文件")
        for folder in search.empty:
            click.echo(f"{folder} 里没有可读的文件", err=True)
        readable = [(file.path, file.name) for file in files if file.error is None]
        results = examine_all(readable, settings.profile, settings.home, settings.workers)
        refused = 0
        for file in _shown(files):
            result = file.error or next(results)
            if isinstance(result, NotReadable):
                refused += 1
            elif pages:
                _draw(file, pages)
            _print(file, result, as_json)
    return 1 if refused or search.empty else 0


def _shown(files: list[Found]) -> Iterator[Found]:
    """The files, with a bar for whoever waits while the results go elsewhere."""
    if len(files) < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from files
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(files, "读取并核对", console=Console(stderr=True), transient=True)


def _draw(file: Found, folder: Path) -> None:
    """The file's pages with what was read from them; what cannot be drawn is said and stops nothing."""
    from extractors.drawing import drawn_pages

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, image in drawn_pages(file.path):
            image.save(folder / f"{Path(file.name).name}-{number:03}.png")
    except NotReadable as refusal:
        click.echo(f"没有画出 {file.shown} 的页面：{refusal.message}", err=True)
    except OSError as error:
        raise click.ClickException(f"不能写入文件夹 {folder}") from error


def require_profile(name: str, home: Path) -> None:
    """Raises click.UsageError where there is no such profile."""
    from schema.profile import NotAProfile, load_profile

    try:
        load_profile(name, home)
    except NotAProfile as error:
        raise click.UsageError(str(error)) from error


def _print(file: Found, result: Result, as_json: bool) -> None:
    if not as_json:
        from pipelines.rendering import render_refusal, render_result

        if isinstance(result, NotReadable):
            render_refusal(file.shown, result)
        else:
            render_result(result)
        return
    from schema.output import document_json, refusal_json

    if isinstance(result, NotReadable):
        click.echo(f"{file.name}：{result.message}", err=True)
        shown = refusal_json(file.name, fingerprint(file).sha256 if file.error is None else None, result)
    else:
        shown = document_json(result.report, result.verdicts)
    click.echo(json.dumps(shown, ensure_ascii=False))
