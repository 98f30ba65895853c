"""`jihe db`: creating, migrating and looking at the database."""

from __future__ import annotations

import click
from sqlalchemy import Engine, make_url

from pipelines.settings import load_settings
from storage.engine import Unavailable, connect
from storage.migration import schema_state, upgrade


@click.group(name="db", invoke_without_command=False)
def db() -> None:
    """建立、升级和查看数据库。

    \b
    示例：
      jihe db upgrade
      jihe db status
    """


@db.command(name="upgrade")
def upgrade_database() -> None:
    """建立数据库，或者升级到本版程序要求的版本；可以随时运行。

    \b
    示例：
      jihe db upgrade
      JIHE_DATABASE_URL=postgresql://jihe@localhost/jihe jihe db upgrade
    """
    settings = load_settings()
    engine = _connected(settings.database_url)
    try:
        before = upgrade(engine)
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()
    if before.ready:
        click.echo(f"数据库已是最新版本 {before.wanted}")
    else:
        click.echo(f"数据库已{'升级' if before.current else '建立'}，版本 {before.wanted}")


@db.command()
def status() -> None:
    """查看数据库的位置、版本和内容多少。

    \b
    示例：
      jihe db status
    """
    from storage.store import Store

    settings = load_settings()
    engine = _connected(settings.database_url)
    try:
        state = schema_state(engine)
        click.echo(f"数据库 {make_url(settings.database_url).render_as_string(hide_password=True)}")
        if not state.ready:
            click.echo(
                f"版本 {state.current or '未建立'}，本版程序要求 {state.wanted}：请运行 jihe db upgrade"
            )
            return
        store = Store(engine, settings.originals)
        filed, files, flags = (
            store.reports(limit=1).total,
            store.submissions(limit=1).total,
            store.flags(limit=1).total,
        )
        click.echo(f"版本 {state.current}；部门年度 {filed} 个，文件 {files} 份，现行问题 {flags} 条")
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
    finally:
        engine.dispose()


def _connected(url: str) -> Engine:
    try:
        return connect(url)
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
