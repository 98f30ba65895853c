"""`jihe status`: what is in the database and how the last runs went."""

from __future__ import annotations

import click

from pipelines.opening import opened_store
from pipelines.settings import load_settings
from pipelines.speech import OUTCOMES
from storage.records import FlagFilter

STATUSES = {"ok": "有效", "superseded": "已被新版本取代", "duplicate": "重复文件", "quarantined": "未能读取"}

KINDS = {"ingest": "读入", "retry": "重试", "reread": "重读", "recheck": "重新核对", "across": "跨报告核对"}
RUNS = {"running": "进行中", "done": "完成", "failed": "失败", "broken": "中断", "mended": "未做完，后已补做"}
COUNTED = OUTCOMES | {"documents": "文件", "gained": "新增问题", "lost": "消除问题"}


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
            said = "，".join(f"{COUNTED.get(name, name)}{count}" for name, count in run.counts.items())
            kind, state = KINDS.get(run.kind, run.kind), RUNS.get(run.status, run.status)
            click.echo(f"{run.started_at.astimezone():%Y-%m-%d %H:%M} {kind} {state} {end} {said}")
            if run.message:
                click.echo(f"  {run.message}")
