"""`jihe roster`: which departments must report."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings
from pipelines.speech import EXISTING


@click.group()
def roster() -> None:
    """应报部门名册：名册上的部门没有报送时，列为“应报未报”。

    \b
    示例：
      jihe roster import 名册.xlsx
    """


@roster.command("import")
@click.argument("file", metavar="文件", type=EXISTING)
@click.option(
    "--year", metavar="年度", type=click.IntRange(2000, 2100), help="只用于这一年度；不写则各年度都用。"
)
@click.option("--yes", is_flag=True, help="不询问，直接导入。")
def import_roster(file: Path, year: int | None, yes: bool) -> None:
    """从 xlsx、xls、csv 导入名册，先显示认出的内容。

    \b
    示例：
      jihe roster import 部门名册.xlsx
    """
    from rich.table import Table

    from pipelines.across import check_across
    from pipelines.rendering import console
    from pipelines.roster import NotAList, matched, read_rows, roster_of
    from storage.roster import replace_roster
    from storage.store import Store

    try:
        found = roster_of(read_rows(file))
    except NotAList as error:
        raise click.ClickException(str(error)) from error
    table = Table("部门", "别名", "类别")
    for one in found[:20]:
        table.add_row(one.name, "、".join(one.aliases), one.kind or "")
    console().print(table)
    click.echo(f"共{len(found)}个部门" + ("，以上为前20个" if len(found) > 20 else ""))
    settings = load_settings()
    Store.open(settings.database_url, settings.originals, upgrade=True).close()
    with opened_store(settings) as store:
        listed = {name for one in found for name in (one.name, *one.aliases)}
        others = [name for name in store.departments() if name not in listed]
        _, doubts, _ = matched(others, {name: one.name for one in found for name in (one.name, *one.aliases)})
        for doubt in doubts:
            click.echo(f"存疑：库中的“{doubt.name}”与名册的“{doubt.like}”相近（{doubt.score}），"
                       "若是同一部门，请在名册的“别名”一列写上")  # fmt: skip
        if not yes:
            click.confirm("导入以上名册？", abort=True)
        store.writing(lambda c: replace_roster(c, found, year, getpass.getuser(), file.name))
        missing = next(c for c in check_across(store) if c.rule == "submission.missing")
    click.echo(f"已导入{len(found)}个部门；应报未报新增{missing.gained}条，消除{missing.lost}条。")
