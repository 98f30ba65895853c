"""`jihe user`: who may use the console."""

from __future__ import annotations

import getpass
import secrets
import sys
from typing import TYPE_CHECKING

import click

from pipelines.settings import load_settings

if TYPE_CHECKING:
    from storage.accounts import Accounts


@click.group()
def user() -> None:
    """管理审核台的用户。

    \b
    示例：
      jihe user add 张三 --role admin
      jihe user token 张三 --label 报表系统
    """


@user.command()
@click.argument("name", metavar="用户名")
@click.option("--role", type=click.Choice(["viewer", "reviewer", "admin"]), default="reviewer", show_default=True,
              help="viewer查看，reviewer审核，admin管理。")  # fmt: skip
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码，供脚本使用。")
def add(name: str, role: str, password_stdin: bool) -> None:
    """新增用户，随后输入密码（至少10个字符）。

    \b
    示例：
      jihe user add 张三 --role admin
    """
    from review.access import NotAPassword, hashed
    from storage.accounts import Exists

    if not name.strip() or len(name) > 80:
        raise click.UsageError("用户名不能为空，最多80个字符")
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("密码", hide_input=True, confirmation_prompt="再输一遍")
    try:
        _accounts().add(name, role, hashed(password), _operator())  # type: ignore[arg-type]
    except (NotAPassword, Exists) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已新增用户 {name}")


@user.command()
@click.argument("name", metavar="用户名")
@click.option("--label", metavar="用途", default="", help="这个令牌给谁用。")
def token(name: str, label: str) -> None:
    """发放程序用的令牌；只显示这一次。

    \b
    示例：
      jihe user token 张三 --label 报表系统
    """
    from review.access import digest
    from storage.records import Missing

    made = secrets.token_urlsafe(32)
    try:
        _accounts().issue(name, digest(made), label, _operator())
    except Missing as error:
        raise click.ClickException(str(error)) from error
    click.echo(made)


def _operator() -> str:
    return f"命令行 {getpass.getuser()}"


def _accounts() -> Accounts:
    from storage.accounts import Accounts
    from storage.engine import Unavailable
    from storage.store import Store

    settings = load_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        return Accounts(Store.open(settings.database_url, settings.originals, upgrade=True))
    except Unavailable as error:
        raise click.ClickException(str(error)) from error
