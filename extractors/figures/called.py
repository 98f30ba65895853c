"""What a sentence calls the one project that a report is about, where that is not its title's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from extractors.figures.names import KIND_OF_PROJECT, UNNAMED, Names, shortens
from extractors.figures.setting import Decision, Scene

#: names that have more than this of their characters in common differ in their last word
ALIKE = 0.75
#: “雪亮工程”运维项目2023年 · 某项目费用: what stands behind a name and is none of it
BEHIND = re.compile(
    r"(?<=..)(?:20\d\d年?度?|[全本当]年度?|年度|累计|实际|(?<=项目)(?:费用|资金|经费|支出)|的)+$"
)
#: “雪亮工程”项目资金使用规范，预算执行率97%
QUOTED = re.compile(r"“(?P<name>[^“”，。；]{3,20})”(?P<kind>项目|工程|专项)?")

#: 其中省级粮食仓储专项补助520万元: a payer's grant, cut off behind who pays
#: 向困难群众24,130人发放: whom it went to
OF_PART = re.compile(r"级|中央|上级|[向对给为](?![阳口])")
#: 支出构成为：统防统治作业补助142.80万元，药剂和应急物资26.35万元: what a list of parts begins with
IN_PARTS = re.compile(r"(?:构成|组成|包括|用于|明细)[^，。；\d]{0,6}[：:，]\s?$|其中[：:，]?\s?$")


def own_called(scene: Scene) -> str | None:
    """What the words before a figure call the one project of a project's report."""
    before = scene.source[: scene.figure.start - len(scene.clause)]
    part = OF_PART.match(scene.name) or IN_PARTS.search(before) or scene.clause.startswith("其中")
    own = None if part or scene.setting.several else scene.setting.own_name
    return own_name_in(scene.name, own, scene.setting.names) if own and scene.name else None


def own_quoted(scene: Scene) -> str | None:
    """What the quotes in a sentence call that project."""
    quoted = (found["name"] + (found["kind"] or "") for found in QUOTED.finditer(scene.sentence))
    return next((one for one in quoted if scene.setting.calls(one)), None)


def own_name_in(said: str, own: str, names: Names) -> str | None:
    """The name in these words where it is the project's own, cut short or told in full.

    >>> own_name_in("雪亮工程”运维项目2023年", "雪亮工程视频监控租赁及运维项目", Names(""))
    '雪亮工程运维项目'
    >>> own_name_in("退化草原生态修复治理项目", "退化草原修复", Names(""))
    '退化草原生态修复治理项目'
    >>> own_name_in("农村公路日常养护资金", "农村公路日常养护项目", Names("")) is None
    True
    """
    name = BEHIND.sub("", re.sub('[“”"]', "", said))
    same = SequenceMatcher(None, name, own, autojunk=False).ratio() > ALIKE
    tail = own.endswith(KIND_OF_PROJECT.sub("", name))
    if same or tail or name in own or KIND_OF_PROJECT.sub("", own) in name or UNNAMED.fullmatch(name):
        return None  # 农村公路日常养护资金 for 农村公路日常养护项目 is the same name
    if name.endswith(("资金", "经费")) and own.endswith(("项目", "工程")):
        return None  # 码头扩建资金期初1,640万元: the money for 渔港码头扩建项目
    fuller = shortens(own, name) and names.may_end(name)
    return name if fuller or shortens(name, own) else None


def as_called(decisions: Iterable[Decision], own: str | None) -> Iterator[Decision]:
    """The figures of a report's `own` project as those of what their sentences call it."""
    for one in decisions:
        of_own = one.called and one.subject == own and (one.concept or "").startswith("project.")
        yield replace(one, subject=one.called) if of_own else one


def names_of_own(own: str, told: Sequence[str], formal: Sequence[str]) -> tuple[str, ...]:
    """All that a report's `own` project is called: in its title, as sentences `told`, and by the one form on it."""
    if not own:
        return ()
    form = [name for name in formal if len(formal) == 1 and same_project(name, own)]
    return tuple(dict.fromkeys((own, *form, *told)))


def same_project(one: str, other: str) -> bool:
    """Whether two names are of one project: but for its kind, or one short for the other.

    >>> same_project("2023年度送戏下乡项目", "送戏下乡"), same_project("自然村组道路硬化工程", "自然村组通硬化路项目")
    (True, True)
    """
    plain = KIND_OF_PROJECT.sub("", one) == KIND_OF_PROJECT.sub("", other)
    return plain or shortens(one, other) or shortens(other, one)
