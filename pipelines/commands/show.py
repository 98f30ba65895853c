"""`jihe show`: one department's year."""

from __future__ import annotations

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.opening import opened_store
from pipelines.rendering import KINDS, SEVERITIES, STATUSES, console, facts_table, render_checks
from pipelines.settings import load_settings
from storage.records import Filed, Flag

VERSIONS = {"ok": "现行", "superseded": "旧版", "duplicate": "重复文件", "quarantined": "未读取"}


@click.command()
@click.argument("department", metavar="部门")
@click.option("--year", "-y", type=int, metavar="年度", help="评价年度，不写则取最近一年。")
@click.option("--json", "as_json", is_flag=True, help="输出每份现行文件的JSON，一行一份。")
def show(department: str, year: int | None, as_json: bool) -> None:
    """查看一个部门一年的报告：各份文件、数据及其出处、问题。部门可以只写几个字。

    \b
    示例：
      jihe show 民政局 --year 2023
    """
    with opened_store(load_settings()) as store:
        filed = store.report(department, year)
        current = [submission.id for submission in filed.submissions if submission.status == "ok"]
        papers = [store.paper(submission) for submission in current]
    if as_json:
        import json

        from schema.output import document_json

        for paper in papers:
            click.echo(json.dumps(document_json(paper.report, paper.verdicts), ensure_ascii=False))
        return
    out = console()
    print_filed(out, filed)
    for paper in papers:
        if paper.report.facts:
            out.print(facts_table(paper.report), f"[dim]{escape(paper.submission.name)}[/]")
        render_checks(out, paper.verdicts)
    for flag in filed.flags:
        print_flag(out, flag)
    if not filed.flags:
        out.print("没有发现问题", style="green")


def print_filed(out: Console, filed: Filed) -> None:
    """The heading and the files, versions and all."""
    summary = filed.summary
    out.rule(f"{escape(summary.department)} {summary.fiscal_year or '年度不明'}")
    grade = f"{summary.figures['score.total'] or '—'} 分 {summary.rating or ''}"
    out.print(f"自评 {grade}　错误 {summary.errors}，需说明 {summary.warnings}，提示 {summary.notices}")
    table = Table("文件", "种类", "项目", "版本", "状态", "收到时间")
    for submission in filed.submissions:
        received = submission.received_at.astimezone().strftime("%Y-%m-%d %H:%M")
        table.add_row(
            escape(submission.name), KINDS[submission.kind or "other"], escape(submission.project),
            str(submission.version), VERSIONS[submission.status], received,
        )  # fmt: skip
    out.print(table)


def print_flag(out: Console, flag: Flag) -> None:
    name, style = SEVERITIES[flag.severity]
    out.print(
        f"[{style}]{name}[/] #{flag.id} {flag.rule}　{escape(flag.message)}　[{STATUSES[flag.status]}]",
        markup=True,
    )
    if flag.calculation:
        out.print(f"　　计算：{escape(flag.calculation['formula'])}", style="dim")
    if flag.excerpt:
        page = f"第{flag.page}页 " if flag.page else ""
        out.print(f"　　{page}“{escape(flag.excerpt)}”", style="dim")
    if flag.reviewer:
        out.print(
            f"　　{escape(flag.reviewer)}：{escape(flag.comment or STATUSES[flag.status])}", style="dim"
        )
