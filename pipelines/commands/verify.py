"""`jihe verify`: the kept originals are what they were."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings


@click.command()
def verify() -> int:
    """逐份检查保存的原件：内容是否与收到时一致，是否缺失。有问题时返回 1。

    \b
    示例：
      jihe verify
    """
    with opened_store(load_settings()) as store:
        kept = set(store.originals.contents())
        damaged = set(store.originals.damaged())
        listed = {s.sha256: s for s in store.submissions(statuses=("ok", "superseded"), limit=1_000_000).rows}
        missing = set(listed) - kept
    for sha256 in sorted(damaged):
        click.echo(f"已损坏：{listed[sha256].name if sha256 in listed else sha256}", err=True)
    for sha256 in sorted(missing):
        click.echo(f"已缺失：{listed[sha256].name}", err=True)
    click.echo(f"检查原件{len(kept | set(listed))}份：损坏{len(damaged)}份，缺失{len(missing)}份。")
    return 1 if damaged or missing else 0
