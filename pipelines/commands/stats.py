"""`jihe stats`: departments compared with their own kind."""

from __future__ import annotations

from decimal import Decimal

import click
from rich.console import Console
from rich.table import Table

from pipelines.opening import opened_store
from pipelines.settings import load_settings
from schema.catalogue import BY_ID
from storage.statistics import MEASURES, Spread, spreads

#: rows of ranks that are shown
SHOWN = 20


@click.command()
@click.option("--year", metavar="年度", type=click.IntRange(2000, 2100), help="不指定则为最近一个年度。")
@click.option("--all", "everyone", is_flag=True, help="列出全部名次，不指定则每类列前20名。")
def stats(year: int | None, everyone: bool) -> None:
    """比较各部门的执行率和得分：分布、名次、离群和同比。

    \b
    部门按名册里的类别分组比较；离群指超出四分位数1.5倍间距（同类至少8份报告）。
    \b
    示例：
      jihe stats
      jihe stats --year 2023 --all
    """
    screen = Console()
    with opened_store(load_settings()) as store:
        wanted = year or next(iter(store.years()), None)
        groups = (
            [group for measure in MEASURES for group in spreads(store, wanted, measure)] if wanted else []
        )
    if not groups:
        click.echo(f"{wanted}年度没有写明执行率或得分的报告" if wanted else "库中还没有报告")
        return
    for group in groups:
        screen.print(_table(group, everyone))
        for one in group.outliers:
            side = "偏高" if one.value > group.middle else "偏低"
            click.echo(
                f"离群：{one.department} {_plain(one.value)}，同类中位数 {_plain(group.middle)}，{side}"
            )


def _table(group: Spread, everyone: bool) -> Table:
    what = f"{group.year}年度 {BY_ID[group.measure].zh} {group.kind or '未分类'}（{group.reports}份）"
    spread = "，".join(
        f"{word} {_plain(value)}"
        for word, value in (
            ("最低", group.lowest), ("四分位", group.first), ("中位数", group.middle), ("四分位", group.third),
            ("最高", group.highest),
        )
    )  # fmt: skip
    table = Table("名次", "部门", "数值", "同比", title=what, caption=spread)
    for one in group.standings if everyone else group.standings[:SHOWN]:
        change = "" if one.change is None else f"{one.change:+.2f}"
        table.add_row(f"{one.rank}/{one.among}", one.department, _plain(one.value), change)
    return table


def _plain(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
