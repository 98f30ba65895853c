"""`jihe explain`: what a rule means."""

from __future__ import annotations

import click


@click.command()
@click.argument("rule", metavar="[规则]", required=False)
def explain(rule: str | None) -> None:
    """说明一条规则：查什么、怎么算、依据、相符和不符的例子；不写规则则列出全部。

    \b
    示例：
      jihe explain
      jihe explain rate.execution
    """
    from rich.markup import escape
    from rich.table import Table

    from pipelines.rendering import SEVERITIES, console
    from schema.explain import NotARule
    from schema.explain import explain as explanation_of
    from schema.rules.table import RULES

    out = console()
    if rule is None:
        table = Table("规则", "名称", "级别", "含义")
        for each in RULES:
            table.add_row(each.id, each.zh, SEVERITIES[each.severity][0], escape(each.meaning))
        out.print(table)
        return
    try:
        found = explanation_of(rule)
    except NotARule as error:
        raise click.UsageError(f"没有名为“{rule}”的规则，用 jihe explain 看全部规则") from error
    out.print(f"[bold]{found.rule}[/] {found.zh}（{SEVERITIES[found.severity][0]}）")
    for label, text in (
        ("含义", found.meaning), ("算法", found.formula), ("依据", found.clause),
        ("相符的例子", found.holds), ("算式", found.held), ("不符的例子", found.breaks),
        ("查出的问题", found.finding.message if found.finding else ""),
    ):  # fmt: skip
        if text:
            out.print(f"{label}：{escape(text)}")
