"""A document's result for people at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schema.catalogue import BY_ID
from schema.errors import NotReadable
from schema.examination import Examined
from schema.finding import Finding, Verdicts, plain
from schema.report import Evidence, Fact, Report
from schema.rules.sections import ROLE_ZH

SEVERITIES = {"error": ("错误", "bold red"), "warning": ("需说明", "yellow"), "notice": ("提示", "cyan")}
STATUSES = {"open": "待核", "confirmed": "属实", "dismissed": "排除"}
STAGES = {"initial": "年初", "adjusted": "调整后", None: ""}
KINDS = {
    "department_report": "部门整体自评报告",
    "department_table": "部门整体自评表",
    "project_report": "项目自评报告",
    "project_table": "项目支出绩效自评表",
    "other": "其他",
}
OUTCOMES = {"held": "相符", "broken": "不符", "not_run": "未查"}


def console() -> Console:
    """Where results go; a pipe gets plain lines that nothing cuts off."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=200)


def render_refusal(shown: str, error: NotReadable) -> None:
    Console(stderr=True, highlight=False).print(f"[red]未读取[/] {escape(shown)}：{escape(error.message)}")


def render_result(examined: Examined) -> None:
    """Facts, sections, indicators, findings and checks of one document."""
    out, report = console(), examined.report
    out.rule(escape(report.source.name))
    out.print(
        f"[bold]{escape(report.department or '未识别单位')}[/]　{report.fiscal_year or '年度不明'}　"
        f"{KINDS[report.kind]}　规则模板 {escape(examined.verdicts.profile)}"
    )
    for table in (facts_table(report), sections_table(report), indicators_table(report)):
        if table.row_count:
            out.print(table)
    render_findings(out, examined.verdicts.findings)
    render_checks(out, examined.verdicts)
    coverage = report.coverage
    out.print(f"正文数字 {coverage.numbers} 个，已解释 {coverage.explained} 个", style="dim")
    for loss in report.ledger.losses:
        out.print(f"未读出：{escape(loss.what)}（{loss.characters}字）", style="yellow")


def place(evidence: Evidence) -> str:
    """Where to look in the paper: page and section, as far as known."""
    parts = [f"第{evidence.page}页" if evidence.page else "", evidence.section or ""]
    if evidence.table is not None:
        parts.append(
            f"表{evidence.table + 1}" + (f"第{evidence.row + 1}行" if evidence.row is not None else "")
        )
    return " ".join(part for part in parts if part)


def amount(fact: Fact) -> str:
    kind = BY_ID[fact.concept].kind
    if kind == "money":
        return f"{fact.number:,.2f}元"
    return f"{fact.value}%" if kind == "percent" else fact.value


def facts_table(report: Report) -> Table:
    table = Table("数据", "对象", "年度", "阶段", "数值", "原文", "位置", title="数据", title_justify="left")
    for fact in report.facts:
        table.add_row(
            BY_ID[fact.concept].zh, escape(fact.subject or ""), str(fact.period or ""), STAGES[fact.stage],
            escape(amount(fact)), escape(fact.evidence.text), place(fact.evidence),
        )  # fmt: skip
    return table


def sections_table(report: Report) -> Table:
    table = Table("章节", "编号", "标题", "内容", "字数", title="章节", title_justify="left")
    for section in report.sections:
        table.add_row(
            section.path,
            section.number,
            escape(section.title),
            ROLE_ZH[section.role] if section.role else "",
            str(len(section.text)),
        )
    return table


def indicators_table(report: Report) -> Table:
    table = Table(
        "一级", "二级", "指标", "目标值", "实际值", "分值", "得分", title="指标", title_justify="left"
    )
    for row in report.indicators:
        cells = (row.group, row.subgroup, row.name, row.target, row.actual)
        points = (plain(number) if number is not None else "" for number in (row.weight, row.score))
        table.add_row(*(escape(cell or "") for cell in cells), *points)
    return table


def render_findings(out: Console, findings: tuple[Finding, ...]) -> None:
    if not findings:
        out.print("没有发现问题", style="green")
    for finding in findings:
        name, style = SEVERITIES[finding.severity]
        out.print(f"[{style}]{name}[/] {finding.rule}　{escape(finding.message)}")
        if finding.calculation:
            out.print(f"　　计算：{escape(finding.calculation.formula)}", style="dim")
        for evidence in finding.evidence[:4]:
            out.print(f"　　{place(evidence)}　“{escape(evidence.context or evidence.text)}”", style="dim")


def render_checks(out: Console, verdicts: Verdicts) -> None:
    counts = {name: sum(o.outcome == key for o in verdicts.outcomes) for key, name in OUTCOMES.items()}
    out.print("核对：" + "，".join(f"{name} {count} 项" for name, count in counts.items()))
    for outcome in verdicts.outcomes:
        if outcome.outcome == "held" and outcome.calculation:
            out.print(f"　　相符 {outcome.rule}　{escape(outcome.calculation.formula)}", style="dim")
