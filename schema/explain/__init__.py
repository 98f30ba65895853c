"""What a rule means, with an example that keeps it and one that breaks it, both really run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schema.catalogue import BY_ID as CONCEPTS
from schema.explain.examples import EXAMPLES
from schema.finding import Finding, Severity
from schema.report import Report
from schema.rules import BY_ID, RULES, check
from schema.rules.sections import ROLE_ZH


class NotARule(KeyError):
    """An id that the rule book does not have: the message is one Chinese sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule for people. `holds`, `breaks` are example facts in Chinese, `finding` what the second
    gives; None and "" for rules that need more than one report."""

    rule: str
    zh: str
    severity: Severity
    meaning: str
    formula: str
    clause: str
    holds: str = ""
    held: str = ""  # the calculation of the example that holds
    breaks: str = ""
    finding: Finding | None = None


def explain(rule_id: str) -> Explanation:
    """A rule's meaning, clause, formula and examples. Raises NotARule."""
    if rule_id not in BY_ID:
        raise NotARule(f"没有名为“{rule_id}”的规则，可用的有：{'、'.join(BY_ID)}")
    rule = BY_ID[rule_id]
    formula = in_chinese(rule.formula)
    plain = Explanation(rule.id, rule.zh, rule.severity, rule.meaning, formula, rule.clause)
    example = EXAMPLES.get(rule_id)
    if example is None:
        return plain
    held = next(o for o in check(example.holds).outcomes if o.rule == rule_id and o.outcome == "held")
    return Explanation(
        *(rule.id, rule.zh, rule.severity, rule.meaning, formula, rule.clause),
        holds=told(example.holds),
        held=held.calculation.formula if held.calculation else "",
        breaks=told(example.breaks),
        finding=next(f for f in check(example.breaks).findings if f.rule == rule_id),
    )


def in_chinese(formula: str) -> str:
    """A formula with the concepts' printed names.

    >>> in_chinese("rate.total ≥ 80%")
    '整体预算执行率 ≥ 80%'
    """
    return re.sub(
        r"[a-z_]+(?:\.[a-z_]+)*", lambda m: CONCEPTS[m[0]].zh if m[0] in CONCEPTS else m[0], formula
    )


SEVERITY_ZH = {"error": "错误", "warning": "需说明", "notice": "提示"}


def rule_table() -> str:
    """The rule book as a Markdown table, for the README."""
    lines = ["| 规则 | 名称 | 级别 | 含义 |", "| --- | --- | --- | --- |"]
    lines += [f"| `{r.id}` | {r.zh} | {SEVERITY_ZH[r.severity]} | {r.meaning} |" for r in RULES]
    return "\n".join(lines)


def told(report: Report) -> str:
    """An example report in a line of Chinese."""
    words = [
        (f"{f.period}年" if f.period not in (None, report.fiscal_year) else "")
        + f"{CONCEPTS[f.concept].zh}{f'（{in_chinese(f.subject)}）' if f.subject else ''}{f.evidence.text}"
        for f in report.facts
    ]
    for table in report.tables:
        words += [_row(r.name, r.target, r.actual, r.weight, r.score, r.reason) for r in table.rows]
        words += [
            _row(f.name, None, None, f.weight, f.score, None, f"执行率{f.rate.value}%" if f.rate else "")
            for f in table.funds
        ]
        if table.total and table.total.score is not None:
            words.append(f"总分{table.total.score}")
        elif table.total and table.total.weight is not None:
            words.append(f"分值合计{table.total.weight}")
    words += [f"文中写有“{r.evidence.text}”" for r in report.remarks]
    words += [f"《{c.title}》（{c.number}）" for c in report.citations]
    words += [f"{i.stated}{i.noun}：{'、'.join(i.items)}" for i in report.listings]
    words += [f"项目明细：{'、'.join(p.evidence.text for p in x.parts)}" for x in report.project_lists]
    if report.sections:
        shown = (ROLE_ZH[s.role] + ("" if s.text else "（空）") for s in report.sections if s.role)
        words.append(f"章节：{'、'.join(shown)}")
    return "；".join(words) or "没有此类内容"


def _row(
    name: str, target: object, actual: object, weight: object, score: object, reason: object, more: str = ""
) -> str:
    pairs = (("指标值", target), ("实际完成值", actual), ("分值", weight), ("得分", score), ("原因", reason))
    said = [f"{label}{value}" for label, value in pairs if value not in (None, "")]
    return f"“{name}”{'，'.join([*said, *([more] if more else [])])}"
