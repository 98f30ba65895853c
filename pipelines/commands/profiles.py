"""`jihe profiles`: the templates and rule settings known."""

from __future__ import annotations

import click

from pipelines.settings import load_settings


@click.command()
@click.argument("name", metavar="[模板]", required=False)
def profiles(name: str | None) -> None:
    """列出已知的报告模板和规则设置；写上模板名称则列出它的各项设置和依据。

    \b
    示例：
      jihe profiles
      jihe profiles guangdong
    """
    from rich.markup import escape
    from rich.table import Table

    from pipelines.rendering import console
    from schema.finding import plain
    from schema.profile import NotAProfile, load_profile, profile_names

    home = load_settings().home
    own = tuple(sorted(path.stem for path in (home / "profiles").glob("*.toml")))
    out = console()
    try:
        if name is None:
            table = Table("名称", "适用", "文号或标题", "日期")
            for each in dict.fromkeys((*profile_names(), *own)):
                profile = load_profile(each, home)
                table.add_row(
                    each, escape(profile.zh), escape(profile.number or profile.title), profile.dated
                )
            out.print(table)
            out.print(f"自己的模板放在 {home / 'profiles'}，用 --profile 名称 指定")
            return
        profile = load_profile(name, home)
    except NotAProfile as error:
        raise click.UsageError(str(error)) from error
    from schema.catalogue import BY_ID
    from schema.rules.sections import ROLE_ZH

    out.rule(escape(f"{profile.name} {profile.zh}"))
    bands = "，".join(f"{grade} ≥ {plain(low)}%" for grade, low in profile.bands)
    for label, value, source in (
        ("必备章节", "、".join(ROLE_ZH[role] for role in profile.outline) or "无", profile.outline_source),
        ("必填数据", "、".join(BY_ID[concept].zh for concept in profile.facts) or "无", profile.facts_source),
        ("等级（占满分）", bands or "无", profile.bands_source),
        ("执行率提示线", f"{plain(profile.execution_line)}%", profile.execution_source),
    ):
        doubt = "" if source.confirmed else "（未核实）"
        out.print(f"{label}：{escape(value)}\n　　依据：{escape(source.clause)}{doubt}")
