"""Sums over indicator tables: weights and scores of rows, groups and totals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Literal

from schema.finding import Calculation, Operand, Severity, plain
from schema.quantity import HUNDRED, Interval, as_written
from schema.report import Evidence, FundsRow, Indicator, IndicatorTable, Tally
from schema.rules.figures import Book, Figure, Key, at
from schema.rules.kinds import Need, Rule, Trial, not_run

Column = Literal["weight", "score"]
ZH: dict[str, str] = {"weight": "分值", "score": "得分", "target": "指标值", "actual": "实际完成值"}
#: the row of the execution rate, by its name
EXECUTION = re.compile(
    r"^(?:部门|项目)?(?:整体)?(?:预算|资金|预算资金|部门预算|整体预算)?"
    r"(?:(?:支出)?(?:执行|完成)率|支出进度率?|(?:支出|支付)率|(?:支出)?执行进度|支付进度|(?<=资金)使用率|(?<=预算)执行(?:情况)?)(?:（10分）)?$"
)
#: the execution row's share of the marks, where a form does not say it
USUAL = frozenset(map(Decimal, (5, 10, 15, 20, 25, 30)))
NO_REASON = re.compile(r"^(?:无|没有|无偏差|/|—|-|－|——|不涉及|不适用)?$")


def row_key(table: IndicatorTable, index: int, column: Column = "score") -> Key:
    """The score or weight of a row as a figure of its own, so that one that is wrong gives one finding."""
    return Key(f"row.{column}", None, None, f"{table.table}:{index}")


def cell(row: Indicator | FundsRow, name: str) -> Evidence:
    return (row.cells or {}).get(name, row.evidence)


def cells(row: Indicator, *names: str) -> tuple[Evidence, ...]:
    found = [e for name in names if (e := (row.cells or {}).get(name))]
    return tuple(found) or (row.evidence,)


def is_execution(row: Indicator) -> bool:
    return bool(EXECUTION.match(re.sub(r"\s", "", row.name).replace("(", "（").replace(")", "）")))


def summed(values: Sequence[Decimal]) -> Interval:
    total = Interval.exactly(Decimal(0))
    for value in values:
        total += as_written(value).interval
    return total


@dataclass(frozen=True, slots=True)
class Addition:
    """Some rows of one column against what is stated for them."""

    subject: str | None
    label: str
    stated: Decimal
    parts: tuple[Decimal, ...]
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    keys: tuple[Key, ...] = ()
    alternative: Interval | None = None  # another sum that would do
    unsure: bool = False


def table_rule(
    rule_id: str, zh: str, meaning: str, clause: str, engine: Callable[[Book], Iterator[Trial]], formula: str,
    severity: Severity = "error",
) -> Rule:  # fmt: skip
    return Rule(rule_id, zh, severity, "arithmetic", engine, meaning, formula, clause)


def weights(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Rows' weights add up to their group's, and to the full marks (100 where none is stated)."""
    return table_rule(
        rule_id,
        zh,
        meaning,
        clause,
        partial(_sums, column="weight"),
        "Σ 各行分值 = 组分值；Σ 各行分值 = 满分",
    )


def scores(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """Rows' scores add up to their group's, rows' or groups' to the stated total."""
    return table_rule(
        rule_id, zh, meaning, clause, partial(_sums, column="score"), "Σ 各行得分 = 组得分；Σ 各行得分 = 总分"
    )


def _sums(book: Book, column: Column) -> Iterator[Trial]:
    what = ZH[column]
    found = False
    for table in book.report.tables:
        if column not in table.fields and all(getattr(r, column) is None for r in table.rows):
            continue
        additions = [*_groups(table, column), *_totals(book, table, column)]
        found = found or bool(additions)
        yield from (_added(a, what) for a in additions)
    if column == "score" and not any(map(_scores_rows, book.report.tables)):
        prose = _prose_groups(book)
        found = found or prose is not None
        if prose:
            yield prose
    if not found:
        yield not_run(None, f"指标表的{what}及其合计")


def _scores_rows(table: IndicatorTable) -> bool:
    """Whether a table gives its rows scores; one of money, or of targets and results alone, does not."""
    return bool(table.rows) and ("score" in table.fields or any(row.score is not None for row in table.rows))


def _value(row: Indicator | Tally | FundsRow, column: Column) -> Decimal | None:
    return row.weight if column == "weight" else row.score


def _groups(table: IndicatorTable, column: Column) -> Iterator[Addition]:
    for group in table.groups:
        stated = _value(group, column)
        rows = [(i, table.rows[i]) for i in group.rows if i < len(table.rows)]
        values = [_value(row, column) for _, row in rows]
        known = [v for v in values if v is not None]
        if stated is None or not rows or len(known) < len(values):
            continue
        if len(rows) == 1 and known[0] == stated:
            continue
        yield Addition(
            group.name,
            f"“{group.name}”",
            stated,
            tuple(known),
            tuple(row.name for _, row in rows),
            (tally_evidence(group, column), *(cell(row, column) for _, row in rows)),
            tuple(row_key(table, i, column) for i, _ in rows),
        )


def tally_evidence(tally: Tally, column: Column) -> Evidence:
    return (tally.weight_evidence if column == "weight" else tally.score_evidence) or tally.evidence


def _totals(book: Book, table: IndicatorTable, column: Column) -> Iterator[Addition]:
    values = [(i, row, _value(row, column)) for i, row in enumerate(table.rows)]
    if not values:
        return
    known = [(i, row, v) for i, row, v in values if v is not None]
    funds = funds_value(book, table, column)
    stated, evidence, firm = _stated_total(book, table, column)
    if len(known) < len(values) or stated is None:
        yield from _by_groups(table, column, stated, evidence, funds)
        return
    parts = [v for _, _, v in known]
    plain_sum, with_funds = summed(parts), summed([*parts, *([funds] if funds is not None else [])])
    execution = Interval.exactly(Decimal(10)) if column == "weight" and funds is None and not firm else None
    alternative = plain_sum if funds is not None else None
    if execution is not None:
        alternative = plain_sum + execution  # the execution row's 10 points stand in another form
    if column == "score" and funds is None and (unread := _unread_weight(book, table)):
        alternative = plain_sum + Interval(Decimal(0), unread)  # what the execution row got was not read
    split = not firm and (len(book.report.tables) > 1 or abs(with_funds.middle - stated) > 20)
    if column == "score" and not _weighs_up(book, table):
        split = True
    if column == "weight" and funds is None and stated - plain_sum.middle == 10:
        split = split or not any(is_execution(row) for row in table.rows)  # its row was not read, likely
    yield Addition(
        table.subject,
        "合计",
        stated,
        (*parts, *([funds] if funds is not None else [])),
        (*(row.name for _, row, _ in known), *(["预算执行率"] if funds is not None else [])),
        (*((evidence,) if evidence else ()), *(cell(row, column) for _, row, _ in known)),
        tuple(row_key(table, i, column) for i, _, _ in known),
        alternative,
        split,
    )


def funds_value(book: Book, table: IndicatorTable, column: Column) -> Decimal | None:
    """The execution row's weight or score, which stands in the form's funds block. A weight that the
    form left unsaid is what the indicators leave of the full marks."""
    if column == "score":
        return next((row.score for row in table.funds if row.score is not None), None)
    said = next((row.weight for row in table.funds if row.weight is not None), None)
    if said is not None or not any(row.score is not None for row in table.funds):
        return said
    return _unread_weight(book, table)


def _unread_weight(book: Book, table: IndicatorTable) -> Decimal | None:
    """What the rows' weights leave of the full marks, where it is as much as an execution row usually has."""
    known = [row.weight for row in table.rows if row.weight is not None]
    stated, _, _ = _stated_total(book, table, "weight")
    if stated is None or len(known) < len(table.rows):
        return None
    rest = stated - sum(known, Decimal(0))
    return rest if rest in USUAL else None


def _stated_total(
    book: Book, table: IndicatorTable, column: Column
) -> tuple[Decimal | None, Evidence | None, bool]:
    """What the rows must add up to, where that stands, and whether the table itself says it."""
    total = table.total
    stated = _value(total, column) if total else None
    if total and stated is not None:
        return stated, tally_evidence(total, column), True
    if column == "weight":
        return table.full or HUNDRED, None, table.full is not None
    if table.subject is None and len(book.report.tables) == 1:
        figure = next(iter(book.of("score.total")), None)
        if figure and book.open(figure):
            return figure.best.number, figure.evidence, False
    return None, None, False


def _weighs_up(book: Book, table: IndicatorTable) -> bool:
    """Whether the rows' weights make up the full marks: then no row was lost in reading."""
    weights_ = [row.weight for row in table.rows if row.weight is not None]
    extra = funds_value(book, table, "weight")
    funds = [extra] if extra is not None else []
    stated, _, _ = _stated_total(book, table, "weight")
    sums = {sum(weights_, Decimal(0)), sum([*weights_, *funds], Decimal(0))}
    return len(weights_) == len(table.rows) and stated is not None and any(abs(s - stated) <= 1 for s in sums)


def _by_groups(
    table: IndicatorTable,
    column: Column,
    stated: Decimal | None,
    evidence: Evidence | None,
    funds: Decimal | None,
) -> Iterator[Addition]:
    """The total from the groups, where rows have no value of their own and groups cover them all."""
    covered = [i for group in table.groups for i in group.rows]
    if stated is None or sorted(covered) != list(range(len(table.rows))):
        return
    values = [_value(g, column) for g in table.groups]
    known = [v for v in values if v is not None]
    if len(known) < len(values) or not known:
        return
    extra = [funds] if funds is not None else []
    yield Addition(
        table.subject, "合计", stated, (*known, *extra), tuple(g.name for g in table.groups),
        (*((evidence,) if evidence else ()), *(tally_evidence(g, column) for g in table.groups)),
        alternative=summed(known) if extra else None,
        unsure=evidence is None,
    )  # fmt: skip


def _added(addition: Addition, what: str) -> Trial:
    parts = summed(addition.parts)
    stated = as_written(addition.stated).interval
    calculation = Calculation(
        "+".join(plain(p) for p in addition.parts) + f"={plain(parts.middle)}",
        tuple(
            Operand(n, plain(p), as_written(p).interval)
            for n, p in zip(addition.names, addition.parts, strict=False)
        ),
        parts,
    )
    needs = tuple(
        Need(key, stated - summed([p for j, p in enumerate(addition.parts) if j != i]))
        for i, key in enumerate(addition.keys)
    )
    if stated.meets(parts) or (addition.alternative is not None and stated.meets(addition.alternative)):
        return Trial(addition.subject, "held", calculation=calculation)
    steps = [as_written(p).step for p in addition.parts if as_written(p).step]
    miss = abs(addition.stated - parts.middle)
    tail = bool(steps) and miss <= sum(steps, Decimal(0))
    return Trial(
        addition.subject,
        "broken",
        calculation=calculation,
        message=(
            f"{addition.label}{what}写为{plain(addition.stated)}{at(*addition.evidence[:1])}，"
            f"{len(addition.parts)}项相加应为{plain(parts.middle)}，相差{plain(miss)}"
            + ("，在末位尾差以内" if tail else "")
            + ("；表格可能不止一张或有行未计入，请核对" if addition.unsure and not tail else "")
        ),
        stated=plain(addition.stated),
        expected=plain(parts.middle),
        evidence=addition.evidence,
        severity="notice" if tail or addition.unsure else None,
        needs=needs,
    )


#: the first-level indicators of a whole sheet: 财预〔2020〕10号 (projects) and 财预〔2013〕53号
FRAMEWORKS = (
    frozenset({"决策", "过程", "产出", "效益"}),
    frozenset({"投入", "过程", "产出", "效果"}),
    frozenset({"投入", "过程", "产出", "效益"}),
)


def _all_groups(groups: Sequence[Figure]) -> bool:
    """Whether these are all groups of a sheet: 项目决策, 项目过程, 项目产出, 项目效益."""
    return {_plain_name(figure) for figure in groups} in FRAMEWORKS


def _plain_name(group: Figure) -> str:
    """A group's name without what reports put around it: 项目决策, 决策类指标."""
    return re.sub(r"^项目|(?:一级)?(?:指标|部分|类|方面)+$", "", group.subject or "")


def _each_once(groups: Sequence[Figure]) -> list[Figure]:
    """The groups without those told again by another form of their name: 决策类指标得18分; （一）项目决策情况，得18分."""
    told: dict[tuple[str, Decimal], Figure] = {}
    for group in groups:
        told.setdefault((_plain_name(group), group.best.number), group)
    return list(told.values())


#: 管理效率分值30分，自评27.5分 · 得18分（满分20分）: the full marks right before a score, or behind it
FULL_BEFORE = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s?分?[）)，,、；里中]?(?:自评|实际|实|扣[\d.]+分[，,]?|得|分|为|是|[:：])*\s?$"
)
FULL_BEHIND = re.compile(r"\s?分?[（(，,](?:满分|分值|权重|标准分|总分)[为是：:]?\s?(\d{1,3}(?:\.\d+)?)\s?分")


def _full_told(figure: Figure) -> Decimal | None:
    """The full marks that are told beside a group's score."""
    told = figure.evidence
    before, _, behind = told.context.partition(told.text)
    found = FULL_BEFORE.search(before) or FULL_BEHIND.match(behind)
    return Decimal(found[1]) if found else None


def _weigh_up(groups: Sequence[Figure]) -> bool:
    """Whether the full marks that are told beside the groups' scores make 100: then none is left out."""
    fulls = [full for figure in groups if (full := _full_told(figure)) is not None]
    return len(fulls) == len(groups) and sum(fulls) == HUNDRED


def _prose_groups(book: Book) -> Trial | None:
    """Groups' scores in prose against the total: less than it may be an unfinished list; a total among them is their
    weighed mean, each given out of 100 of its own (决策92分、过程86.5分…，加权后88.47分), which their sum is not held against."""
    groups = _each_once([f for f in book.of("score.group") if f.key.period == book.year])
    total = next(iter(book.of("score.total")), None)
    if len(groups) < 2 or total is None:
        return None
    if not all(book.open(f) for f in (*groups, total)):
        return not_run("score.total", "自评总分或各项得分前后不一致")
    scores = [group.best.number for group in groups]
    if sum(scores) > 2 * HUNDRED and min(scores) <= total.best.number <= max(scores):
        return not_run("score.total", "各项得分的权重")
    return _added(
        Addition("score.total", "自评总分", total.best.number, tuple(g.best.number for g in groups),
                 tuple(g.subject or "" for g in groups), (total.evidence, *(g.evidence for g in groups)),
                 unsure=sum(g.best.number for g in groups) < total.best.number
                 and not (_all_groups(groups) or _weigh_up(groups))),
        "",
    )  # fmt: skip
