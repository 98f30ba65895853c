"""`jihe recheck`: the rules in force over stored reports, without reading files again."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings


@click.command()
def recheck() -> None:
    """按现在的规则重新核对库中全部报告，列出新增和消除的问题；审核结论随同一问题保留。

    \b
    示例：
      jihe recheck
    """
    from pipelines.nightly import recheck_all

    settings = load_settings()
    with opened_store(settings) as store:
        lines, documents = recheck_all(store, settings)
    for line in lines:
        click.echo(line)
    gained = sum(line.startswith("新增") for line in lines)
    click.echo(f"重新核对{documents}份：新增{gained}条，消除{len(lines) - gained}条。")
