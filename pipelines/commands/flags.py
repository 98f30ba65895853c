"""`jihe flags`: findings across departments."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import get_args

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings
from schema.finding import Severity
from storage.records import Flag, FlagFilter, FlagSort, Page, Status
from storage.store import Store

#: rows a table shows where no limit is given
ROWS = 100
#: rows that one query brings for an export
BATCH = 5000


@click.command()
@click.option(
    "--department", "-d", "departments", multiple=True, metavar="部门", help="部门名称或其中几个字，可重复。"
)
@click.option("--year", "-y", "years", multiple=True, type=int, metavar="年度", help="评价年度，可重复。")
@click.option(
    "--rule", "-r", "rules", multiple=True, metavar="规则", help="规则编号，或一类规则如 rate，可重复。"
)
@click.option("--severity", "severities", multiple=True, type=click.Choice(get_args(Severity)),
              help="error 错误、warning 需说明、notice 提示，可重复。")  # fmt: skip
@click.option("--status", "statuses", multiple=True, type=click.Choice(get_args(Status)),
              help="open 待核、confirmed 属实、dismissed 排除，可重复。")  # fmt: skip
@click.option("--text", metavar="文字", help="问题、对象或部门名称里含有的文字。")
@click.option("--all-versions", is_flag=True, help="也列出已被新版本取代的报告的问题。")
@click.option("--sort", type=click.Choice(get_args(FlagSort)), default="severity", help="排序依据。")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="条数",
    help=f"最多列出多少条；表格默认{ROWS}条，导出默认全部。",
)
@click.option("--format", "layout", type=click.Choice(("table", "csv", "json", "xlsx")), default="table",
              help="输出格式。")  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="文件", help="写入文件，不写到屏幕。"
)
def flags(
    departments: tuple[str, ...], years: tuple[int, ...], rules: tuple[str, ...],
    severities: tuple[Severity, ...], statuses: tuple[Status, ...], text: str | None, all_versions: bool,
    sort: FlagSort, limit: int | None, layout: str, out: Path | None,
) -> None:  # fmt: skip
    """列出各部门报告中前后不符、算不拢的问题，可按部门、年度、规则、级别、状态筛选。

    \b
    示例：
      jihe flags --severity error --year 2023
      jihe flags --rule rate --format xlsx --out 执行率问题.xlsx
    """
    if layout == "xlsx" and out is None and sys.stdout.isatty():
        raise click.UsageError("xlsx 不能显示在屏幕上，请加 --out 文件名")
    if layout == "table" and out is not None:
        raise click.UsageError("写入文件时请用 --format 选 csv、json 或 xlsx")
    require_rules(rules)
    wanted = FlagFilter(departments, years, rules, severities, statuses, text, superseded=all_versions)
    with opened_store(load_settings()) as store:
        if layout == "table":
            print_table(store.flags(wanted, sort=sort, limit=limit or ROWS))
            return
        found = every_flag(store, wanted, sort, limit)
        try:
            write(found, layout, out)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise click.ClickException(f"不能写入 {out or '输出'}：{error.strerror or error}") from error


def require_rules(rules: Iterable[str]) -> None:
    """Raises click.UsageError for a rule or family that does not exist: silence would look like none."""
    from schema.rules.table import BY_ID

    known = {*BY_ID, *(rule.split(".")[0] for rule in BY_ID)}
    for rule in rules:
        if rule.removesuffix("*").removesuffix(".") not in known:
            raise click.UsageError(f"没有名为“{rule}”的规则，用 jihe explain 看全部规则")


def every_flag(store: Store, wanted: FlagFilter, sort: FlagSort, limit: int | None) -> Iterator[Flag]:
    offset = 0
    while limit is None or offset < limit:
        size = BATCH if limit is None else min(BATCH, limit - offset)
        page = store.flags(wanted, sort=sort, limit=size, offset=offset)
        yield from page.rows
        offset += len(page.rows)
        if len(page.rows) < size:
            return


def write(found: Iterable[Flag], layout: str, out: Path | None) -> None:
    """To a file or to standard output. Raises OSError."""
    from pipelines.tabulation import csv_lines, json_lines, write_xlsx

    if layout == "xlsx":
        write_xlsx(found, out or sys.stdout.buffer)
        return
    lines = csv_lines(found) if layout == "csv" else json_lines(found)
    with out.open("w", encoding="utf8", newline="") if out else nullcontext(sys.stdout) as stream:
        for line in lines:
            stream.write(line)


def print_table(page: Page[Flag]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from pipelines.rendering import SEVERITIES, STATUSES, console

    out = console()
    if not page.total:
        out.print("没有符合条件的问题")
        return
    table = Table("编号", "部门", "年度", "级别", "规则", "问题", "页", "状态")
    for flag in page.rows:
        name, style = SEVERITIES[flag.severity]
        table.add_row(
            str(flag.id), escape(flag.department or "未识别单位"), str(flag.fiscal_year or ""),
            f"[{style}]{name}[/]", flag.rule, escape(flag.message), str(flag.page or ""), STATUSES[flag.status],
        )  # fmt: skip
    out.print(table)
    shown = "" if len(page.rows) == page.total else f"，显示前 {len(page.rows)} 条（用 --limit 看更多）"
    out.print(f"共 {page.total} 条问题{shown}")
