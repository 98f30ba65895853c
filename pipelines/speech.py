"""The command line in Chinese: click's help layout and every error as one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoSuchCommand

#: what becomes of a file in a run
OUTCOMES = {
    "new": "新读入",
    "version": "新版本",
    "reread": "重新读取",
    "unchanged": "未变",
    "duplicate": "重复文件",
    "quarantined": "未能读取",
}
HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
WORDS = {
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本号。",
    "[required]": "[必填]",
    "[default: ": "[默认：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
}


def _chinese(text: str) -> str:
    for english, chinese in WORDS.items():
        text = text.replace(english, chinese)
    return text


class ChineseHelp(click.HelpFormatter):
    """click's help page with Chinese headings, whatever room the command comes from."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _chinese(args), "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_chinese(term), _chinese(text)) for term, text in rows], col_max, col_spacing)


def sentence(error: click.ClickException) -> str:
    """What click complains about, as one Chinese sentence without a full stop at odd places."""
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {error.possibilities[0]}？" if error.possibilities else "，"
        return f"没有 {error.option_name} 这个选项{near}{_hint(error)}"
    if isinstance(error, NoSuchCommand):
        return f"没有 {error.command_name} 这个命令，用 jihe --help 看全部命令"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_parameter(error)}，{_hint(error)}"
    if any("\u4e00" <= letter <= "\u9fff" for letter in error.message):
        return error.message
    if isinstance(error, click.BadParameter):
        return f"{_parameter(error)}的值不对：{_expectation(error)}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的写法不对，{_hint(error)}"
    if isinstance(error, click.FileError):
        return f"打不开文件 {error.ui_filename}"
    if isinstance(error, click.UsageError):
        return f"命令的写法不对，{_hint(error)}（{error.message}）"
    return f"出错了：{error.message}"


def _hint(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "jihe"
    return f"用 {command} --help 看用法"


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "参数")
    if isinstance(error.param, click.Option):
        return f"选项 {max(error.param.opts, key=len)} "
    return f"参数 {error.param.human_readable_name.strip('.')} "


def _expectation(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))} 之一"
    if isinstance(kind, click.IntRange):
        low = f"不小于 {kind.min} " if kind.min is not None else ""
        return f"应为{low}的整数" if low else "应为整数"
    if kind is click.INT:
        return "应为整数"
    return error.message


class ExistingPath(click.ParamType[Path, Path]):
    """A file or folder that is there and may be read."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if not path.exists():
            self.fail(f"找不到文件或文件夹：{value}", param, ctx)
        if not os.access(path, os.R_OK):
            self.fail(f"没有权限读取：{value}", param, ctx)
        return path


EXISTING = ExistingPath()
