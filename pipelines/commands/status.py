"""`jihe status`: what is in the database and how the last runs went."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings
from storage.records import FlagFilter

STATUSES = {"ok": "有效", "superseded": "已被新版本取代", "duplicate": "重复文件", "quarantined": "未能读取"}


@click.command()
def status() -> None:
    """查看库中有多少文件、报告和问题，以及最近几次运行。

    \b
    示例：
      jihe status
    """
    with opened_store(load_settings()) as store:
        counts = {name: store.submissions(statuses=(name,), limit=1).total for name in STATUSES}
        click.echo("文件：" + "，".join(f"{STATUSES[name]}{number}份" for name, number in counts.items()))
        years = "、".join(map(str, store.years())) or "无"
        click.echo(f"部门：{len(store.departments())}个；年度：{years}")
        facets = store.facets(FlagFilter())
        waiting = facets["status"].get("open", 0)
        click.echo(f"问题：{sum(facets['status'].values())}条，其中待核{waiting}条")
        for run in store.runs(5):
            end = (
                f"{(run.finished_at - run.started_at).total_seconds():.0f}秒" if run.finished_at else "未结束"
            )
            said = "，".join(f"{outcome} {count}" for outcome, count in run.counts.items())
            click.echo(f"{run.started_at.astimezone():%Y-%m-%d %H:%M} {run.kind} {run.status} {end} {said}")
