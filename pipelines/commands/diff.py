"""`jihe diff`: what a resubmission changed."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings


@click.command()
@click.argument("department", metavar="部门")
@click.argument("year", metavar="年度", type=int)
def diff(department: str, year: int) -> None:
    """列出一个部门某年度最新一版与上一版相比，数据和问题的变化。

    \b
    示例：
      jihe diff 民政局 2023
    """
    from pipelines.nightly import differences

    with opened_store(load_settings()) as store:
        for line in differences(store, department, year):
            click.echo(line)
