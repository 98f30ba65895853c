"""`jihe review`: a reviewer's verdict on one finding."""

from __future__ import annotations

import getpass

import click

from pipelines.opening import opened_store
from pipelines.rendering import STATUSES
from pipelines.settings import load_settings
from storage.records import Status


@click.command()
@click.argument("finding", metavar="问题编号")
@click.option("--confirm", "status", flag_value="confirmed", help="认定问题属实。")
@click.option("--dismiss", "status", flag_value="dismissed", help="排除：不是问题。")
@click.option("--reopen", "status", flag_value="open", help="撤回结论，重新待核。")
@click.option("--comment", "-c", default="", metavar="意见", help="写下理由，留在记录里。")
@click.option("--who", metavar="姓名", help="审核人，不写则用登录名。")
def review(finding: str, status: Status | None, comment: str, who: str | None) -> None:
    """对一条问题给出审核结论，留下人、时间和意见。编号见 jihe flags。

    \b
    示例：
      jihe review 17 --dismiss --comment "口径不同，已核对决算表"
    """
    if status is None:
        raise click.UsageError("请写明结论：--confirm 属实、--dismiss 排除、--reopen 重新待核")
    with opened_store(load_settings()) as store:
        seen = store.flag(finding)
        flag = store.review(seen.id, status, who or getpass.getuser(), comment, seen.state)
    click.echo(f"#{flag.id} {flag.department} {flag.rule}：{STATUSES[seen.status]} → {STATUSES[flag.status]}")
