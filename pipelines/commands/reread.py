"""`jihe reread`: every document again from its kept original."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings


@click.command()
@click.option("--department", "-d", metavar="部门", help="只重读这个部门。")
def reread(department: str | None) -> int:
    """用保存的原件重新读取并核对，程序升级后使用；读取程序没有变化的文件不会重读。

    \b
    示例：
      jihe reread --department 民政局
    """
    from pipelines.commands.ingest import print_summary
    from pipelines.nightly import again

    settings = load_settings()
    with opened_store(settings) as store:
        listed = store.submissions((department,) if department else (), statuses=("ok", "superseded"),
                                   limit=1_000_000).rows  # fmt: skip
    lines, seconds = again(settings, listed, "reread")
    print_summary(lines, seconds)
    return 1 if any(line.outcome == "quarantined" for line in lines) else 0
