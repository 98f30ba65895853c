"""Names for people: what codes of the database are called on pages and papers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from schema.catalogue import BY_ID as CONCEPTS
from schema.finding import plain
from schema.rules.table import BY_ID as RULES

SEVERITIES = {"error": "错误", "warning": "疑点", "notice": "提示"}
STATUSES = {"open": "待核", "confirmed": "属实", "dismissed": "排除"}
SUBMISSIONS = {"ok": "已读入", "quarantined": "未能读取", "duplicate": "重复", "superseded": "旧版本"}
RUNS = {"running": "进行中", "done": "完成", "failed": "失败", "broken": "中断", "mended": "未做完，后已补做"}
KINDS = {
    "department_report": "部门整体自评报告", "department_table": "部门整体自评表",
    "project_report": "项目自评报告", "project_table": "项目支出自评表", "other": "其他",
}  # fmt: skip
OUTCOMES = {
    "new": "新读入", "version": "新版本", "reread": "重新读取", "unchanged": "未变", "duplicate": "重复",
    "quarantined": "未能读取",
}  # fmt: skip
ACTIONS = {
    "review": "审核结论", "login": "登录", "login.refused": "登录被拒", "logout": "退出", "user.add": "新增用户",
    "user.change": "修改用户", "token.issue": "发放令牌", "upload": "上传文件", "export": "导出",
    "bulk": "批量结论", "bulk.undo": "撤销批量结论", "correct": "更正数据", "file": "更正部门年度", "template": "更换意见书模板",
}  # fmt: skip
DETAILS = {"query": "筛选", "count": "条数", "bulk": "批次", "role": "角色", "active": "在用"}
CORRECTIONS = {
    "correct": "更正",
    "drop": "剔除",
    "restore": "恢复原读数",
    "file": "改归",
    "unfile": "恢复原读的部门和年度",
}
DEPARTMENT_STATES = {
    "pending": "有待核问题",
    "confirmed": "有属实问题",
    "clean": "没有问题",
    "missing": "应报未报",
}
UNITS = {"money": "万元", "percent": "%", "points": "分"}
GROUPS = {"cover": "封面", "staff": "人员", "money": "收支", "rates": "比率", "score": "得分"}
STAGES = {"initial": "年初", "adjusted": "调整后"}


def rule_name(rule: str) -> str:
    return RULES[rule].zh if rule in RULES else rule


def concept_name(concept: str | None) -> str:
    return CONCEPTS[concept].zh if concept in CONCEPTS else concept or ""


def moment(at: datetime | None) -> str:
    """In the time of this machine, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else ""


def amount(value: Decimal | None, unit: str = "money") -> str:
    """Money in 万元 with two decimals, all else as it is; a dash where there is nothing."""
    if value is None:
        return "—"
    return f"{value / 10000:,.2f}" if unit == "money" else plain(value)


def value_of(kind: str, value: str) -> str:
    """A fact's value as a table shows it.

    >>> value_of("money", "1356400"), value_of("percent", "97.23"), value_of("text", "甲局")
    ('135.64万元', '97.23%', '甲局')
    """
    if kind == "money":
        return f"{plain(Decimal(value) / 10000)}万元"
    return f"{value}%" if kind == "percent" else value


def dated(department: str, year: int | None) -> str:
    """A chart's label: the year stays where a long name is cut.

    >>> dated("某某县农业农村和水利局", 2023), dated("某县财政局", None)
    ('某某县农业农… 2023', '某县财政局')
    """
    name = department if len(department) <= 7 else f"{department[:6]}…"
    return f"{name} {year}" if year else name


def said_of(subject: str) -> str:
    """What a line of the audit trail is about, with a rule's id at its end by its name."""
    rest, _, last = subject.rpartition(" ")
    return f"{rest} {RULES[last].zh}" if last in RULES else subject
