"""The command `jihe`: a table of lazy subcommands, so that --help answers at once."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from pipelines.speech import ChineseHelp, sentence

#: command: (module:attribute, what it does). Text stands here so that --help imports no command.
COMMANDS = {
    "extract": ("pipelines.commands.extract:extract", "读取文件，打印数据、章节、指标和问题，不动数据库"),
    "ingest": ("pipelines.commands.ingest:ingest", "把文件、文件夹、ZIP压缩包读入数据库并核对"),
    "flags": ("pipelines.commands.flags:flags", "列出各部门报告中前后不符、算不拢的问题"),
    "show": ("pipelines.commands.show:show", "查看一个部门的报告：数据、出处和问题"),
    "review": ("pipelines.commands.review:review", "对一条问题给出审核结论"),
    "db": ("pipelines.commands.db:db", "建立、升级和查看数据库"),
    "profiles": ("pipelines.commands.profiles:profiles", "列出已知的报告模板和规则设置"),
    "export": ("pipelines.commands.export:export", "导出汇总表、审核意见书和数据"),
    "schedule": ("pipelines.commands.schedule:schedule", "每夜定时读取收件夹"),
    "serve": ("pipelines.commands.serve:serve", "在浏览器里审核"),
    "user": ("pipelines.commands.user:user", "管理审核台的用户"),
    "roster": ("pipelines.commands.roster:roster", "导入应报部门名册"),
    "ledger": ("pipelines.commands.ledger:ledger", "导入财政台账，与报告数字比对"),
    "recheck": ("pipelines.commands.recheck:recheck", "按现在的规则重新核对库中报告，不重读文件"),
    "reread": ("pipelines.commands.reread:reread", "用保存的原件重新读取并核对"),
    "retry": ("pipelines.commands.retry:retry", "再试一次未能读取的文件"),
    "diff": ("pipelines.commands.diff:diff", "列出一个部门重新报送前后的变化"),
    "stats": ("pipelines.commands.stats:stats", "比较各部门的执行率和得分：分布、名次、离群、同比"),
    "status": ("pipelines.commands.status:status", "查看库中有多少报告、问题和最近的运行"),
    "verify": ("pipelines.commands.verify:verify", "检查保存的原件是否完好"),
    "backup": ("pipelines.commands.backup:backup", "把数据库和原件备份成一个文件"),
    "restore": ("pipelines.commands.backup:restore", "从备份文件恢复"),
    "explain": ("pipelines.commands.explain:explain", "说明一条规则：查什么、何时不查、依据"),
}


class Lazy(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, name="jihe", invoke_without_command=True, context_settings={"max_content_width": 100})
@click.version_option(package_name="jihe", message="绩核 %(version)s")
@click.pass_context
def jihe(ctx: click.Context) -> None:
    """绩核：读取部门绩效自评报告，逐项重新计算，指出对不上的数字。

    \b
    示例：
      jihe extract 报告.docx
      jihe ingest 2023年报送/
      jihe flags --severity error
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with 0, 1 (some files were quarantined) or 2 (the call is wrong)."""
    click.Context.formatter_class = ChineseHelp
    try:
        code = jihe.main(args=arguments, prog_name="jihe", standalone_mode=False)
    except click.ClickException as error:
        click.echo(sentence(error), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断", err=True)
        sys.exit(130)
    except BrokenPipeError:  # `jihe flags | head`: the reader has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
