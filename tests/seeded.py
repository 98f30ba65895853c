"""Consistent reports at random, and one error planted in each: what the rules must and must not say.

    python tests/seeded.py [COUNT] [SEED]     SEED "today" is another one each night

A draft holds true values (yuan to the cent) and how each is written; a plant changes one thing and
says which finding must come. Run as a program it prints figures per rule.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from schema.explain.examples import TITLES
from schema.explain.making import fact, funds, place, remark, report, row, section, table, tally
from schema.report import Band, Citation, Fact, Listing, ProjectList, Report
from schema.rules import check
from schema.rules.sections import ROLE_ZH

CENT = Decimal("0.01")
DEPARTMENTS = ("某某市水务局", "广州市某某局", "四川省某某中心", "某某县图书馆", "惠州市某某协会")
PROJECTS = ("灌区改造", "设备购置", "宣传教育", "系统运维", "人才培训")
SUBJECTS = {"该项目执行良好": "信息化建设"}
PRAISE = ("整体预算执行情况较好", "预算执行情况良好", "严格按预算执行")


@dataclass
class Said:
    """One statement: a true value and how it is written."""

    concept: str
    value: Decimal
    unit: str
    digits: int
    subject: str | None = None
    stage: str | None = None
    period: int | None = None
    slip: int = 1  # what the written figure is multiplied by, for planted unit slips


@dataclass
class Draft:
    """A report before it is written down."""

    random: random.Random
    said: list[Said] = field(default_factory=list)
    grade: str | None = None
    score: Decimal = Decimal(0)
    rows: list[dict[str, str | None]] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    totals: list[Decimal] = field(default_factory=list)
    funds: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=lambda: dict.fromkeys(ROLE_ZH, "本节正文。"))
    filed: str = "2024-03-15"
    remarks: list[tuple[str, str, str | None]] = field(default_factory=list)
    praise: bool = False
    department: str = ""
    citations: tuple[str, str] = ("财预〔2020〕10号", "财预〔2020〕10号")
    listed: int = 3
    complete: bool = False
    bands: bool = False

    def find(self, concept: str, stage: str | None = None) -> Said | None:
        return next(
            (s for s in self.said if s.concept == concept and (stage is None or s.stage == stage)), None
        )


def written(value: Decimal, unit: str, digits: int, random_: random.Random | None = None) -> str:
    size = {"万元": 10_000, "元": 1, "%": 1, "人": 1, "分": 1, "亿元": 100_000_000}[unit]
    return f"{(value / size).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}{unit}"


def money(rng: random.Random, low: int, high: int) -> Decimal:
    return Decimal(rng.randint(low * 100, high * 100)) / 100


def draft(rng: random.Random) -> Draft:
    """A report whose every figure follows from the same true values."""
    made = Draft(rng, department=rng.choice(DEPARTMENTS))
    style = rng.choice(
        (("万元", 2), ("万元", 2), ("万元", 4), ("元", 2), ("元", 0), ("万元", 1), ("亿元", 6))
    )

    def say(concept: str, value: Decimal, **more: str | int | None) -> None:
        unit, digits = style if rng.random() < 0.7 else rng.choice((("万元", 2), ("元", 2), ("万元", 3)))
        made.said.append(Said(concept, value, unit, digits, **more))  # type: ignore[arg-type]
        if rng.random() < 0.3:  # the same thing again, as precisely or less
            unit, digits = rng.choice((("万元", 2), ("元", 2), ("万元", 3), (unit, digits)))
            made.said.append(Said(concept, value, unit, digits, **more))  # type: ignore[arg-type]

    personnel, operating = money(rng, 300_000, 5_000_000), money(rng, 100_000, 900_000)
    names = rng.sample(PROJECTS, rng.randint(2, 4))
    spent = [money(rng, 50_000, 2_000_000) for _ in names]
    planned = [(s * Decimal(rng.randint(101, 118)) / 100).quantize(CENT) for s in spent]
    basic, project = personnel + operating, sum(spent, Decimal(0))
    basic_budget = (basic * Decimal(rng.randint(101, 112)) / 100).quantize(CENT)
    project_budget = sum(planned, Decimal(0))
    stage = rng.choice((None, "adjusted", "initial"))
    for concept, value, of in (
        ("spending.basic", basic, None), ("spending.project", project, None),
        ("spending.total", basic + project, None), ("spending.personnel", personnel, None),
        ("spending.operating", operating, None), ("budget.basic", basic_budget, stage),
        ("budget.project", project_budget, stage), ("budget.total", basic_budget + project_budget, stage),
    ):  # fmt: skip
        say(concept, value, stage=of)
    opening, closing = money(rng, 1000, 100_000), money(rng, 1000, 90_000)
    if rng.random() < 0.5:
        say("carryover.opening", opening)
        say("carryover.closing", closing)
        say("income.total", basic + project + closing - opening)
    items = [money(rng, 0, 30_000) if rng.random() < 0.8 else Decimal(0) for _ in range(3)]
    for item, value in zip(("overseas", "vehicles", "hospitality"), items, strict=True):
        made.said.append(Said(f"three_public.{item}.spending", value, "元", 2))
    say("three_public.spending", sum(items, Decimal(0)))
    for name, cost, plan in zip(names, spent, planned, strict=True):
        say("project.spending", cost, subject=name)
        say("project.budget", plan, subject=name)
        made.said.append(Said("project.rate", cost / plan * 100, "%", rng.randint(0, 2), subject=name))
    made.complete = True
    for concept, part, whole in (
        ("rate.basic", basic, basic_budget), ("rate.project", project, project_budget),
        ("rate.total", basic + project, basic_budget + project_budget),
    ):  # fmt: skip
        made.said.append(Said(concept, part / whole * 100, "%", rng.randint(1, 2)))
    before = (basic + project) * Decimal(rng.randint(80, 120)) / 100
    before = before.quantize(CENT)
    made.said.append(Said("spending.total", before, "万元", 2, period=2022))
    change = (basic + project - before) / before * 100
    made.said.append(Said("change.rate", change, "%", rng.randint(0, 2), subject="spending.total"))
    made.said.append(
        Said("share", basic / (basic + project) * 100, "%", 2, subject="spending.basic / spending.total")
    )
    _staff(made, rng)
    _form(made, rng)
    made.remarks.append(("good_execution", rng.choice(PRAISE), "rate.total"))
    made.remarks.append(("year", "2023年度", "2023"))
    made.remarks.append(("reason", "主要原因是部分合同跨年结算", None))
    made.remarks.append(("department", made.department, made.department))
    return made


def _staff(made: Draft, rng: random.Random) -> None:
    most = [rng.randint(3, 30), rng.randint(2, 40), rng.randint(1, 5)]
    real = [rng.randint(1, m) for m in most]
    for whole, parts in (("staff.authorized", most), ("staff.actual", real)):
        for kind, count in zip(("admin", "institution", "support"), parts, strict=True):
            made.said.append(Said(f"{whole}.{kind}", Decimal(count), "人", 0))
        made.said.append(Said(whole, Decimal(sum(parts)), "人", 0))


def _form(made: Draft, rng: random.Random) -> None:
    """An indicator table of three groups and 100 points, the execution row in its funds block."""
    spent, planned = money(rng, 10_000, 800_000), Decimal(0)
    planned = (spent * Decimal(rng.randint(101, 150)) / 100).quantize(CENT)
    rate = (spent / planned * 100).quantize(CENT, ROUND_HALF_UP)
    earned = (rate / 10).quantize(CENT, ROUND_HALF_UP)
    made.funds = {
        "budget": written(planned, "元", 2),
        "spending": written(spent, "元", 2),
        "rate": f"{rate}%",
    }
    made.funds["score"] = str(earned)
    for points in (50, 30, 10):
        cuts = sorted(rng.sample(range(2, points - 1), rng.randint(1, 3)))
        sizes = [b - a for a, b in zip([0, *cuts], [*cuts, points], strict=True)]
        made.groups.append(list(range(len(made.rows), len(made.rows) + len(sizes))))
        made.rows += [_row(rng, len(made.rows) + i, size) for i, size in enumerate(sizes)]
    made.score = earned + sum(Decimal(str(r["score"])) for r in made.rows)
    made.grade = grade(made.score)


TARGETS: tuple[tuple[str, str, str], ...] = (  # target, a value that meets it, one that misses it
    ("≥95%", "97%", "90%"), ("95%以上", "96.5%", "80%"), ("≤5天", "4天", "9天"), ("=12期", "12期", "7期"),
    ("100%", "100%", "85%"), ("2023年12月底前", "2023年11月30日", "2024年3月5日"), ("不少于4次", "5次", "2次"),
    ("3个工作日内", "3个工作日", "8个工作日"), ("90%-95%", "93%", "70%"), ("有效提升", "达成预期指标", "未达成"),
    ("控制在20万元以内", "185000元", "23.5万元"), ("0起", "0起", "2起"), ("4期", "完成培训4期", "完成培训3期"),
)  # fmt: skip


def _row(rng: random.Random, index: int, weight: int) -> dict[str, str | None]:
    target, met, missed = rng.choice(TARGETS)
    made: dict[str, str | None] = {"name": f"指标{index}", "target": target, "actual": met, "reason": "无"}
    made |= {"weight": str(weight), "score": str(weight), "missed": missed, "met": met}
    if rng.random() < 0.15:  # honest: missed, scored below, explained
        less = Decimal(weight) * Decimal("0.8")
        made |= {"actual": missed, "score": f"{less.normalize():f}", "reason": "受汛期影响，工期顺延"}
    return made


def grade(score: Decimal) -> str:
    lows = (("优", 90), ("良", 80), ("中", 70), ("低", 60))
    return next((name for name, low in lows if score >= low), "差")


def render(made: Draft) -> Report:
    """The report that a draft describes; each statement has a block of its own."""
    found: list[Fact] = []
    for block, s in enumerate(made.said):
        text = written(s.value * s.slip if s.slip > 0 else s.value / -s.slip, s.unit, s.digits)
        found.append(fact(s.concept, text, block, subject=s.subject, stage=s.stage, period=s.period))
    found.append(fact("score.total", f"{made.score}分", 500))
    if made.grade:
        found.append(fact("rating", made.grade, 501))
    found.append(fact("filed_on", made.filed, 502))
    rows = tuple(
        row(str(r["name"]), **{k: v for k, v in r.items() if k not in ("name", "missed", "met")})
        for r in made.rows
    )
    groups = []
    for index, members in enumerate(made.groups):
        weight = sum(Decimal(str(made.rows[i]["weight"])) for i in members)
        score = sum(Decimal(str(made.rows[i]["score"])) for i in members)
        groups.append(tally(f"一级指标{index}", str(weight), str(score), members))
    line = funds(
        "年度资金总额", "10", made.funds["score"], **{k: v for k, v in made.funds.items() if k != "score"}
    )
    form = table(
        *rows,
        funds=(line,),
        groups=tuple(groups),
        total=tally("总分", "100", str(made.score), range(len(rows))),
    )
    parts = tuple(f for f in found if f.concept == "project.spending")
    unique = {f.subject: f for f in parts}
    lists = (
        (ProjectList(None, tuple(unique.values()), "project.spending", place("明细")),)
        if made.complete
        else ()
    )
    remarks = [
        remark(kind, text, f"本年{text}。", 600 + i, about=about, subject=SUBJECTS.get(text))
        for i, (kind, text, about) in enumerate(made.remarks)
    ]  # type: ignore[arg-type]
    bands = tuple(Band(g, Decimal(low), None, place(g)) for g, low in (("优", 85), ("良", 75), ("中", 60)))  # type: ignore[arg-type]
    return report(
        *found,
        department=made.department,
        tables=(form,),
        project_lists=lists,
        remarks=tuple(remarks),
        sections=tuple(
            section(r, text, TITLES.get(r, "标题"), block=700 + i)
            for i, (r, text) in enumerate(made.sections.items())
        ),
        citations=tuple(
            Citation("预算绩效管理办法", n, place(n, 800 + i)) for i, n in enumerate(made.citations)
        ),
        listings=(
            Listing("个项目", made.listed, ("甲", "乙", "丙"), place("3", 810), place("甲、乙、丙", 810)),
        ),
        bands=bands if made.bands else (),
    )


# ---- plants -----------------------------------------------------------------------------------

Want = tuple[str, str | None]
Plant = Callable[[Draft, random.Random], Want]


def factor(rng: random.Random) -> Decimal:
    """A change that no rounding explains: a fifth to two fifths, up or down."""
    return Decimal(rng.choice((60, 65, 70, 75, 80, 125, 130, 140))) / 100


def move(made: Draft, concept: str, rng: random.Random, by: Decimal | None = None) -> None:
    change = by or factor(rng)
    for s in made.said:
        if s.concept == concept and s.period is None:
            s.value = (s.value * change).quantize(CENT)


def _sum(rule: str, concept: str) -> Plant:
    def plant(made: Draft, rng: random.Random) -> Want:
        for said in made.said:  # what moves must be larger than any rounding, and not be 0
            if said.concept == concept and said.value == 0:
                said.value = Decimal(5000)
        move(made, concept, rng, Decimal("1.3") if concept.startswith("three") else None)
        return rule, None

    return plant


def plant_balance(made: Draft, rng: random.Random) -> Want:
    for said in made.said:
        if said.concept == "carryover.closing":
            said.value += 200_000  # beyond any rounding, in 亿元 too
    return "sum.balance", None


def plant_conflict(made: Draft, rng: random.Random) -> Want:
    s = rng.choice([s for s in made.said if s.unit != "%" and s.period is None and s.value > 1000])
    made.said.append(replace(s, value=s.value * factor(rng)))
    return "duplicate.conflict", s.subject or s.concept


def plant_unit_twice(made: Draft, rng: random.Random) -> Want:
    s = rng.choice(
        [s for s in made.said if s.unit in ("万元", "元") and s.period is None and s.value > 20_000]
    )
    # the other unit's name with this unit's figure
    other = (
        replace(s, unit="元", slip=-10_000, digits=2)
        if s.unit == "万元"
        else replace(s, unit="万元", slip=10_000)
    )
    made.said.append(other)
    return "unit.magnitude", s.subject or s.concept


def plant_unit_once(made: Draft, rng: random.Random) -> Want:
    concept = rng.choice(
        ("spending.basic", "spending.project", "spending.total", "budget.basic", "budget.total")
    )
    found = [s for s in made.said if s.concept == concept and s.period is None]
    made.said = [s for s in made.said if not any(s is other for other in found[1:])]
    s = found[0]
    s.slip, s.digits = (-10_000, 6) if s.unit == "万元" else (10_000, s.digits)
    return "unit.magnitude", concept


def plant_staff(made: Draft, rng: random.Random) -> Want:
    said = made.find("staff.authorized")
    assert said is not None
    said.value += rng.randint(2, 6)
    return "sum.staff", "staff.authorized"


def plant_staff_over(made: Draft, rng: random.Random) -> Want:
    total, part = made.find("staff.actual"), made.find("staff.actual.admin")
    most = made.find("staff.authorized")
    assert total
    assert part
    assert most
    more = most.value - total.value + rng.randint(1, 5)
    total.value, part.value = total.value + more, part.value + more
    return "staff.over", "staff.actual"


def _rate(concept: str, rule: str = "rate.execution") -> Plant:
    def plant(made: Draft, rng: random.Random) -> Want:
        said = rng.choice([s for s in made.said if s.concept == concept])
        said.value += rng.choice((-1, 1)) * Decimal(rng.randint(3, 9))
        return rule, said.subject or concept

    return plant


def plant_over(made: Draft, rng: random.Random) -> Want:
    """One project above its budget; everything else follows from it."""
    said = [s for s in made.said if s.concept == "three_public.spending"]
    made.said = [s for s in made.said if not any(s is other for other in said[1:])]
    made.said.append(Said("three_public.budget", (said[0].value * Decimal("0.7")).quantize(CENT), "元", 2))
    if said[0].value <= 1000:
        made.said.append(Said("procurement.budget", Decimal(50_000), "元", 0))
        made.said.append(Said("procurement.spending", Decimal(70_000), "元", 0))
        return "spending.over", "procurement.spending" if said[0].value == 0 else None
    return "spending.over", "three_public.spending"


def _some_row(made: Draft, rng: random.Random) -> dict[str, str | None]:
    return rng.choice([r for r in made.rows if r["score"] == r["weight"] and int(str(r["weight"])) >= 2])


def plant_unearned(made: Draft, rng: random.Random) -> Want:
    r = _some_row(made, rng)
    r["actual"] = r["missed"] if rng.random() < 0.7 else None
    return "score.unearned", r["name"]


def _below(made: Draft, r: dict[str, str | None]) -> None:
    made.score -= 1
    r["score"] = str(int(str(r["weight"])) - 1)
    made.grade = grade(made.score)


def plant_unexplained(made: Draft, rng: random.Random) -> Want:
    r = _some_row(made, rng)
    if r["target"] == "有效提升":
        r |= {"target": "≥4期", "actual": "4期"}
    _below(made, r)
    return "score.unexplained", r["name"]


def plant_deviation(made: Draft, rng: random.Random) -> Want:
    r = _some_row(made, rng)
    _below(made, r)
    r["actual"] = r["missed"]
    return "deviation.unexplained", r["name"]


def plant_bounds(made: Draft, rng: random.Random) -> Want:
    r = _some_row(made, rng)
    r["score"] = str(int(str(r["weight"])) + rng.randint(1, 5)) if rng.random() < 0.8 else "-1"
    made.score += Decimal(str(r["score"])) - Decimal(str(r["weight"])) if rng.random() < 0.5 else 0
    made.grade = grade(made.score)
    return "score.bounds", r["name"]


def plant_weights(made: Draft, rng: random.Random) -> Want:
    r = next((r for r in made.rows if r["score"] != r["weight"]), None)
    if r is None:
        r = _some_row(made, rng)
        r |= {"actual": r["missed"], "reason": "受汛期影响"}
        _below(made, r)
    r["weight"] = str(int(str(r["weight"])) + rng.randint(3, 9))
    return "sum.weights", None


def plant_scores(made: Draft, rng: random.Random) -> Want:
    made.score += rng.choice((-1, 1)) * Decimal(rng.randint(1, 3))
    made.score = min(made.score, Decimal(100) - 1) if made.score > 99 else made.score
    if made.score == sum(Decimal(str(r["score"])) for r in made.rows) + Decimal(made.funds["score"]):
        made.score -= 2
    made.grade = grade(made.score)
    return "sum.scores", None


def plant_execution_score(made: Draft, rng: random.Random) -> Want:
    wrong = Decimal(made.funds["score"]) - rng.randint(2, 4)
    made.score += wrong - Decimal(made.funds["score"])
    made.funds["score"] = str(wrong)
    made.grade = grade(made.score)
    return "score.execution", "年度资金总额"


def plant_grade(made: Draft, rng: random.Random) -> Want:
    made.grade = rng.choice([g for g in "优良中差" if g != made.grade])
    return "rating.band", None


def plant_year(made: Draft, rng: random.Random) -> Want:
    if rng.random() < 0.5:
        made.filed = "2023-06-30"
    else:
        made.remarks.append(("year", "2022年度", "2022"))
    return "period.mismatch", None


def plant_identity(made: Draft, rng: random.Random) -> Want:
    made.remarks.append(("department", "另一市民政局", "另一市民政局"))
    return "identity.mismatch", "另一市民政局"


def plant_praise(made: Draft, rng: random.Random) -> Want:
    """A low rate that nothing else contradicts, praised by name."""
    name = "信息化建设"
    made.complete = False
    made.said += [
        Said("project.spending", Decimal(31_500), "元", 0, subject=name),
        Said("project.budget", Decimal(90_000), "元", 0, subject=name),
        Said("project.rate", Decimal(35), "%", 1, subject=name),
    ]
    made.remarks.append(("good_execution", "该项目执行良好", "project.rate"))
    return "narrative.rate", name


def plant_missing(made: Draft, rng: random.Random) -> Want:
    made.department = "惠州市某某协会"
    made.remarks = [r for r in made.remarks if r[0] != "department"]
    role = rng.choice([r for r in made.sections if r != "other"])
    del made.sections[role]
    return "section.missing", role


def plant_empty(made: Draft, rng: random.Random) -> Want:
    role = rng.choice(list(made.sections))
    made.sections[role] = ""
    return "section.empty", role


def plant_no_grade(made: Draft, rng: random.Random) -> Want:
    made.department = "惠州市某某协会"
    made.remarks = [r for r in made.remarks if r[0] != "department"]
    made.grade = None
    return "fact.missing", "rating"


def plant_incomplete(made: Draft, rng: random.Random) -> Want:
    r = rng.choice(made.rows)
    if r["score"] == r["weight"]:
        r["target"] = None
    else:
        r["actual"] = None
    return "indicator.incomplete", r["name"]


def _said(kind: str, text: str, rule: str) -> Plant:
    def plant(made: Draft, rng: random.Random) -> Want:
        made.remarks.append((kind, text, None))
        return rule, None

    return plant


PLANTS: dict[str, Plant] = {
    "duplicate.conflict": plant_conflict,
    "unit.magnitude, stated twice": plant_unit_twice,
    "unit.magnitude, operand": plant_unit_once,
    "sum.budget": _sum("sum.budget", "budget.total"),
    "sum.spending": _sum("sum.spending", "spending.total"),
    "sum.basic": _sum("sum.basic", "spending.personnel"),
    "sum.three_public": _sum("sum.three_public", "three_public.spending"),
    "sum.balance": plant_balance,
    "sum.staff": plant_staff,
    "rate.execution, total": _rate("rate.total"),
    "rate.execution, project": _rate("project.rate"),
    "rate.share": _rate("share", "rate.share"),
    "rate.change": _rate("change.rate", "rate.change"),
    "staff.over": plant_staff_over,
    "spending.over": plant_over,
    "score.unearned": plant_unearned,
    "score.unexplained": plant_unexplained,
    "deviation.unexplained": plant_deviation,
    "score.bounds": plant_bounds,
    "sum.weights": plant_weights,
    "sum.scores": plant_scores,
    "score.execution": plant_execution_score,
    "rating.band": plant_grade,
    "period.mismatch": plant_year,
    "identity.mismatch": plant_identity,
    "narrative.rate": plant_praise,
    "section.missing": plant_missing,
    "section.empty": plant_empty,
    "fact.missing": plant_no_grade,
    "indicator.incomplete": plant_incomplete,
    "number.malformed": _said("malformed", "7,00.0,77", "number.malformed"),
    "template.residue": _said("residue", "XX局", "template.residue"),
}


#: findings about what is not there: they have no place to show
ABSENT = ("section.missing", "section.empty", "fact.missing")


def loud(made: Report) -> list[Want]:
    """The findings above notice; one without its proof is told as another rule's."""
    found = [f for f in check(made).findings if f.severity != "notice"]
    return [
        (f.rule if f.evidence or f.rule in ABSENT else f"{f.rule} without evidence", f.subject) for f in found
    ]


def planted(name: str, seed: int) -> tuple[Want, list[Want]]:
    """What must be found and what is found, for one plant in one random report."""
    rng = random.Random(f"{name}{seed}")
    made = draft(rng)
    if name == "sum.balance" and made.find("carryover.closing") is None:
        made.said += [
            Said("carryover.opening", Decimal(0), "元", 2),
            Said("carryover.closing", Decimal(50_000), "元", 2),
        ]
        total = next(s for s in made.said if s.concept == "spending.total")
        made.said.append(Said("income.total", total.value + 50_000, "元", 2))
    want = PLANTS[name](made, rng)
    return want, loud(render(made))


def right(want: Want, got: list[Want]) -> bool:
    return len(got) == 1 and got[0][0] == want[0] and want[1] in (None, got[0][1])


def main(count: int, seed: int) -> int:
    clean = [i for i in range(seed, seed + count) if loud(render(draft(random.Random(i))))]
    print(f"{count} clean reports, {len(clean)} with a false finding {clean[:5]}")
    hits: Counter[str] = Counter()
    each = max(count // len(PLANTS), 1)
    for name in PLANTS:
        for index in range(each):
            want, got = planted(name, seed + index)
            hits[name] += right(want, got)
            if not right(want, got) and hits[name] + 4 > index:
                print(f"  {name} seed {seed + index}: wanted {want}, got {got}")
    for name in PLANTS:
        print(f"{name:<32}{hits[name]:>6} of {each}")
    found = sum(hits.values()) / (each * len(PLANTS))
    print(f"planted errors found: {found:.4f}")
    return 0 if not clean and found >= 0.99 else 1


if __name__ == "__main__":
    count, seed = [*sys.argv[1:], *["2000", "1"][len(sys.argv) - 1 :]][:2]
    raise SystemExit(main(int(count), date.today().toordinal() if seed == "today" else int(seed)))
