"""What a row's result earned: targets against actual values, scores and reasons; blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from schema.finding import Calculation, Operand, Severity, plain
from schema.quantity import HUNDRED, Interval
from schema.report import Indicator, IndicatorTable
from schema.rules.additions import NO_REASON, ZH, cells, is_execution, row_key
from schema.rules.comparison import Judgement, blank, judge
from schema.rules.figures import Book, at
from schema.rules.kinds import Need, Rule, Trial, not_run
from schema.rules.ratios import Rate
from schema.rules.reasons import reasons
from schema.rules.standards import forgiven

#: a reason within the cell of the result
TOLD = re.compile(
    r"因|由于|受.{1,10}影响|原因|导致|[，,；;（(].{0,12}(?:未到位|推迟|延期|滞后|取消|跨年|不足)"
)
#: 六、偏离目标的原因 · 指标偏差说明: a section on why results fell short
ON_DEVIATIONS = re.compile(r"偏差|偏离|未完成|未达|差异|有差距")
#: what ends the name of a thing that is measured: 标段当年完工率 is 完工率
MEASURED = re.compile(r"[\u4e00-\u9fff]{2}[率度]$")
#: a row's name of fewer characters may stand in a sentence on something else
NAMED = 4
#: rows beside the full marks: what they give or take has no target
EXTRA = re.compile(r"加分|扣分|附加|减分|奖励分")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its place and what can be said of it."""

    table: IndicatorTable
    index: int
    row: Indicator
    judgement: Judgement | None

    @property
    def place(self) -> tuple[int, int]:
        return (self.table.table, self.index)

    @property
    def reasoned(self) -> bool:
        said = self.row.actual or ""  # 98%，因县级配套资金未到位: told beside the result
        return not NO_REASON.match((self.row.reason or "").strip()) or bool(TOLD.search(said))

    @property
    def asks_reason(self) -> bool:
        """Whether the form has a column for reasons."""
        return "reason" in self.table.fields

    @property
    def full(self) -> bool:
        row = self.row
        return row.score is not None and row.weight is not None and row.score >= row.weight > 0

    @property
    def below(self) -> bool:
        row = self.row
        return row.score is not None and row.weight is not None and row.score < row.weight

    def said(self) -> str:
        return f"指标值“{self.row.target}”，实际完成值“{self.row.actual}”"


def _rows(book: Book) -> Iterator[Row]:
    for table in book.report.tables:
        for index, row in enumerate(table.rows):
            verdict = judge(
                row.target, row.actual, name=row.name, subgroup=row.subgroup or "", year=book.year
            )
            yield Row(table, index, row, verdict)


def judged(
    rule_id: str, *, zh: str, meaning: str, clause: str, severity: Severity, rates: tuple[Rate, ...] = ()
) -> Rule:
    """Each row's result against its score and its reason; `rates` adds the rates below the line."""
    each: dict[str, Callable[[Book, Row], Trial]] = {
        "score.unearned": _unearned,
        "score.unexplained": _unexplained,
        "deviation.unexplained": _deviated,
        "indicator.overachieved": _overachieved,
    }

    def engine(book: Book) -> Iterator[Trial]:
        ran = False
        for row in _rows(book):
            ran = True
            yield each[rule_id](book, row)
        if rates:
            found = list(reasons(book, rates))
            ran = ran or bool(found)
            yield from found
        if not ran:
            yield not_run(None, "指标表")

    formula = {
        "score.unearned": "未达指标值 → 得分 < 分值",
        "score.unexplained": "达到指标值且得分 < 分值 → 有原因",
        "deviation.unexplained": "未达指标值 → 有原因",
        "indicator.overachieved": "实际完成值 ÷ 指标值 < 150% 或有原因",
    }[rule_id]
    return Rule(rule_id, zh, severity, "consistency", engine, meaning, formula, clause)


def _unearned(book: Book, each: Row) -> Trial:
    row = each.row
    if row.weight is None or row.score is None or is_execution(row):
        return not_run(row.name, "分值和得分" if not is_execution(row) else "执行率行由“执行率不符”核对")
    empty = (
        "actual" in each.table.fields and blank(row.actual) and (row.cells is None or "actual" in row.cells)
    )
    if empty and each.full and _used(each.table, "actual"):
        return _row_broken(
            each, f"“{row.name}”的实际完成值为空，却得满分{plain(row.score)}", f"低于{plain(row.weight)}"
        )
    if each.judgement is None:
        return not_run(row.name, "可以比较的指标值和实际完成值")
    missed = each.judgement.verdict == "missed" and each.full
    if missed and not forgiven(row, each.judgement, each.table, book.report.sections):
        text = f"“{row.name}”{each.said()}，没有达到，却得满分{plain(row.score)}"
        return _row_broken(each, text, f"低于{plain(row.weight)}")
    return Trial(row.name, "held")


def _used(table: IndicatorTable, field: str) -> bool:
    """Whether a column is filled in most rows: an unused one is no one row's omission."""
    filled = sum(_filled(row, field) for row in table.rows)
    return filled * 2 >= len(table.rows)


def _filled(row: Indicator, field: str) -> bool:
    value = getattr(row, field)
    if value is not None and not blank(str(value)):
        return True
    there = (row.cells or {}).get(field)
    return there is not None and not blank(there.text)


def _unexplained(book: Book, each: Row) -> Trial:
    row = each.row
    if row.weight is None or row.score is None:
        return not_run(row.name, "分值和得分")
    if each.judgement is None:
        return not_run(row.name, "可以比较的指标值和实际完成值")
    lost = each.judgement.verdict == "met" and each.below and not is_execution(row)
    if lost and not each.reasoned and not _told_in_prose(book, row):
        text = f"“{row.name}”{each.said()}，已经完成，得分{plain(row.score)}低于分值{plain(row.weight)}，没有说明扣分原因"
        mild: Severity | None = None if each.asks_reason and each.judgement.sure else "notice"
        key = row_key(each.table, each.index)
        return _row_broken(each, text, plain(row.weight), mild, (Need(key, Interval.exactly(row.weight)),))
    return Trial(row.name, "held")


#: （一）更换管网长度差4千米，系国道改线 · 评定未达计划，原因是15家撤并 · 档案完整率自扣1分，系抽查的3份缺照片
GIVES_REASON = re.compile(
    r"原因(?!分析)|由于|因(?![此而素公])|[，,](?:主要)?(?:系|是因)|受[^。；]{2,16}影响|所致|缘于|主要是"
)

#: 标准化农贸市场创建少1个：城南市场业主方变更，…: a note on a row that fell short
SHORTFALL = re.compile(r"(?:[少低差欠]|未达|未完成|没有达到|不足)[^。；]{0,16}[：:，,]")


def _told_in_prose(book: Book, row: Indicator) -> bool:
    """Whether the text gives the reason of a row in a sentence that names it, or a section on deviations speaks of a
    row that fell short: 四、指标偏差说明 （二）见习期满留用率。目标40%，…"""
    texts = [section.text for section in book.report.sections]
    texts += [note for table in book.report.tables for note in table.notes]
    if len(row.name) >= NAMED and any(
        row.name in sentence and GIVES_REASON.search(sentence, sentence.index(row.name))
        for text in texts
        if row.name in text
        for sentence in re.split("[。\n]", text)
    ):
        return True
    if any(_falls_short(line, row) for text in texts for line in text.split("\n")):
        return True
    notes = (line for table in book.report.tables for note in table.notes for line in note.split("\n"))
    if any(row.name in line and SHORTFALL.search(line, line.index(row.name)) for line in notes):
        return True
    measured = MEASURED.search(row.name)
    short = re.compile(re.escape(measured[0]) + r"(?:没有?|未)(?:达|完成|实现)") if measured else None
    told = (one.text for one in book.report.sections if ON_DEVIATIONS.search(one.title))
    return any(row.name in text or bool(short and short.search(text)) for text in told)


#: what keeps a result behind its target
CAUSES = re.compile(
    r"[上高]?涨|压减|推迟|[拖顺延]延|延[期后误]|停[工产业]|不足|短缺|缺[少乏货]|天气|汛|[暴多降]雨|雪|疫情|变更|调整|取消|到位|审批|招标|退出|下[滑降]|减少|滞后"
)


def _falls_short(paragraph: str, row: Indicator) -> bool:
    """Whether a paragraph tells a row's result beside its target and goes on with why: 小修工程量完成8.9万平方米，比目标
    9.5万平方米少0.6万平方米。5月以来沥青涨价，压减了…"""
    target, actual = (row.target or "").lstrip("≥≤=＞＜><＝ "), row.actual or ""
    if not actual or len(target) < 3 or target == actual or not re.search(r"\d", target):
        return False
    for sentence in paragraph.split("。"):
        if actual in sentence and target in sentence:
            behind = paragraph[paragraph.index(sentence) + sentence.index(actual) :]
            return bool(GIVES_REASON.search(behind) or CAUSES.search(behind))
    return False


def _explained(book: Book, row: Indicator) -> bool:
    """Whether a sentence of the text gives the row's actual value and why it came so: 带动就业512人，主要因两家企业落户."""
    if len(row.actual or "") < 3:
        return False  # too short to be known again
    told = re.compile(rf"(?<!\d){re.escape(str(row.actual))}[^。；]{{0,40}}(?:因|由于|[，,]系|所致)")
    return any(told.search(one.text) for one in book.report.sections)


def _deviated(book: Book, each: Row) -> Trial:
    row = each.row
    if each.judgement is None:
        return not_run(row.name, "可以比较的指标值和实际完成值")
    missed = each.judgement.verdict == "missed" and not is_execution(row)
    if missed and not each.reasoned and not _told_in_prose(book, row):
        text = f"“{row.name}”{each.said()}，没有达到，且没有说明偏差原因"
        return _row_broken(each, text, "说明偏差原因", None if each.asks_reason else "notice")
    return Trial(row.name, "held")


def _overachieved(book: Book, each: Row) -> Trial:
    row, line = each.row, book.profile.overachieved
    times = each.judgement.times if each.judgement else None
    if times is None:
        return not_run(row.name, "可以相除的指标值和实际完成值")
    told = each.reasoned or _explained(book, row) or _told_in_prose(book, row)
    if times * HUNDRED >= line and not told:
        share = plain((times * HUNDRED).quantize(Decimal("0.1")))
        text = f"“{row.name}”{each.said()}，达到指标值的{share}%，指标值可能定得偏低，且没有说明原因"
        return _row_broken(each, text, f"低于指标值的{plain(line)}%")
    return Trial(row.name, "held")


def _row_broken(
    each: Row, message: str, expected: str, severity: Severity | None = None, needs: tuple[Need, ...] = ()
) -> Trial:
    row = each.row
    reading = each.judgement.reading if each.judgement else "实际完成值为空"
    operands = tuple(
        Operand(ZH[c], e.text, Interval.exactly(Decimal(0)), e)
        for c in ("target", "actual")
        if (e := (row.cells or {}).get(c))
    )
    evidence = cells(row, "actual", "target", "score", "weight", "reason")
    return Trial(
        row.name,
        "broken",
        calculation=Calculation(reading, operands, Interval.exactly(Decimal(0))) if operands else None,
        message=f"{message}{at(*evidence)}",
        stated=row.actual or "",
        expected=expected,
        evidence=evidence,
        severity=severity,
        needs=needs,
        row=each.place,
    )


def complete(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Each row fills the columns that its table has and uses."""
    return Rule(rule_id, zh, "warning", "completeness", _complete, meaning, "表中已有的栏逐行填写", clause)


def _complete(book: Book) -> Iterator[Trial]:
    tables = [t for t in book.report.tables if t.rows]
    if not tables:
        yield not_run(None, "指标表")
    for table in tables:
        columns = [
            c for c in ("target", "actual", "weight", "score") if c in table.fields and _used(table, c)
        ]
        for index, row in enumerate(table.rows):
            lacking = [c for c in columns if not _filled(row, c) and _has_cell(row, c)]
            if not lacking:
                yield Trial(row.name, "held")
                continue
            names = "、".join(ZH[c] for c in lacking)
            alone = all(not _filled(row, c) for c in columns)
            extra = EXTRA.search(f"{row.group or ''}{row.subgroup or ''}{row.name}")
            if extra and not _filled(row, "weight"):
                yield Trial(row.name, "held")
                continue
            # an empty result with full marks is score.unearned; here it only asks to be filled in
            earned = "actual" in lacking and row.score is not None and row.score == row.weight
            yield Trial(
                row.name,
                "broken",
                message=f"“{row.name}”没有填{names}{at(row.evidence)}；不涉及的请写“/”或“无”",
                stated="",
                expected=names,
                evidence=(row.evidence, *(e for c in lacking if (e := (row.cells or {}).get(c)))),
                severity="notice" if alone or earned else None,
                row=None if earned else (table.table, index),
            )


def _has_cell(row: Indicator, column: str) -> bool:
    """A row without that cell at all (merged away, a subtitle) lacks nothing of its own."""
    return row.cells is None or column in row.cells
