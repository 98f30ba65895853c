"""`jihe ledger`: the finance bureau's own figures."""

from __future__ import annotations

import getpass
from dataclasses import replace
from pathlib import Path

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings
from pipelines.speech import EXISTING


@click.group()
def ledger() -> None:
    """财政台账：报告的数字与台账不同时，列为“与财政台账不符”。

    \b
    示例：
      jihe ledger import 台账.xlsx --year 2023
    """


@ledger.command("import")
@click.argument("file", metavar="文件", type=EXISTING)
@click.option(
    "--year", metavar="年度", type=click.IntRange(2000, 2100), help="台账的年度，表中没有年度时必填。"
)
@click.option("--yes", is_flag=True, help="不询问，直接导入；名称存疑的行仍不导入。")
def import_ledger(file: Path, year: int | None, yes: bool) -> int:
    """从 xlsx、xls、csv 导入台账，金额单位从表头认出（万元、元）。

    \b
    示例：
      jihe ledger import 2023年决算台账.xlsx --year 2023
    """
    from rich.table import Table

    from pipelines.across import check_across
    from pipelines.rendering import console
    from pipelines.roster import NotAList, ledger_of, matched, read_rows, unused_columns
    from schema.catalogue import BY_ID
    from storage.roster import canonical_names, replace_ledger
    from storage.store import Store

    try:
        rows = read_rows(file)
        entries, unused = ledger_of(rows, year, file.name), unused_columns(rows)
    except NotAList as error:
        raise click.ClickException(str(error)) from error
    table = Table("部门", "年度", "数据", "阶段", "台账写法", "折合（元、%）")
    for one in entries[:20]:
        stage = {"initial": "年初", "adjusted": "调整后"}.get(one.stage or "", "")
        table.add_row(
            one.department, str(one.fiscal_year), BY_ID[one.concept].zh, stage, one.stated, f"{one.value:,f}"
        )
    console().print(table)
    if len(entries) > 20:
        click.echo(f"（另有{len(entries) - 20}个数字未列出）")
    if unused:
        click.echo(f"没有用到的列：{'、'.join(unused)}")
    settings = load_settings()
    Store.open(settings.database_url, settings.originals, upgrade=True).close()
    with opened_store(settings) as store:
        with store.reading() as connection:
            known = canonical_names(connection)
        sure, doubts, new = matched((one.department for one in entries), known)
        for doubt in doubts:
            click.echo(f"存疑，未导入：“{doubt.name}”与“{doubt.like}”相近（{doubt.score}），"
                       "若是同一部门，请先在名册中写上别名", err=True)  # fmt: skip
        names = sure | {name: name for name in new}
        chosen = [
            replace(one, department=names[one.department]) for one in entries if one.department in names
        ]
        if new:
            click.echo(f"库中还没有的部门{len(new)}个：{'、'.join(new[:10])}")
        if not yes:
            click.confirm(f"导入{len(chosen)}个数字？", abort=True)
        store.writing(lambda c: replace_ledger(c, chosen, getpass.getuser(), file.name))
        change = next(c for c in check_across(store) if c.rule == "ledger.mismatch")
    click.echo(f"已导入{len(chosen)}个数字；与台账不符新增{change.gained}条，消除{change.lost}条。")
    return 1 if doubts else 0
