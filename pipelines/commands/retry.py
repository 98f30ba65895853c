"""`jihe retry`: quarantined files once more."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings


@click.command()
def retry() -> int:
    """再读一次未能读取的文件，例如程序升级或装好了缺少的软件之后。

    \b
    示例：
      jihe retry
    """
    from pipelines.commands.ingest import print_summary
    from pipelines.nightly import again

    settings = load_settings()
    with opened_store(settings) as store:
        listed = store.submissions(statuses=("quarantined",), limit=1_000_000).rows
    if not listed:
        click.echo("没有未能读取的文件")
        return 0
    lines, seconds = again(settings, listed, "retry")
    print_summary(lines, seconds)
    return 1 if any(line.outcome == "quarantined" for line in lines) else 0
