"""The indicator tables of seeded reports: rows, funds and total that agree, in the layouts of many places."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from fixtures.build.paper import Block, Cell

from .world import CENT, World, money, times, write_money

C = Cell
#: target, a value that meets it, one that misses it
TARGETS: tuple[tuple[str, str, str], ...] = (
    ("≥95%", "97%", "90%"), ("95%以上", "96.5%", "80%"), ("≤5天", "4天", "9天"), ("=12期", "12期", "7期"), ("100%", "100%", "85%"),
    ("{Y}年12月底前", "{Y}年11月30日", "{N}年3月5日"), ("不少于4次", "5次", "2次"), ("3个工作日内", "3个工作日", "8个工作日"),
    ("90%-95%", "93%", "70%"), ("有效提升", "达成预期指标", "未达成"), ("≤20万元", "18.5万元", "23.5万元"), ("0起", "0起", "2起"),
    ("4期", "完成培训4期", "完成培训3期"), ("≧90%", "92%", "71%"), (">=200人次", "215人次", "140人次"), ("明显改善", "明显改善", "部分达成预期指标"),
    ("≥3.5公里", "3.8公里", "2.1公里"), ("10场", "11场", "6场"), ("1次/年", "1次", "0次"), ("及时", "及时", "未及时，部分达成"),
)  # fmt: skip
NAMES = {
    "产出指标": (("数量指标", ("培训班期数", "新建改造长度", "宣传活动场次", "检查次数", "资料印制数量")), ("质量指标", ("验收合格率", "设备完好率", "资料归档率")),
             ("时效指标", ("任务完成时限", "资金支付及时率", "办结时限")), ("成本指标", ("成本控制情况", "预算控制"))),
    "效益指标": (("社会效益指标", ("服务能力提升", "公众知晓率", "安全事故数")), ("可持续影响指标", ("长效机制健全", "后续管护"))),
    "满意度指标": (("服务对象满意度指标", ("群众满意度", "参训人员满意度")),),
}  # fmt: skip
#: forms of the department itself, whose total is the report's score
OWN = ("sheet", "self")
REASONS = (
    "受汛期影响，工期顺延，已督促施工方加快进度",
    "报名人数不足，下年提前组织",
    "第三方检测延迟，尾款未付",
)


@dataclass
class Row:
    group: str
    subgroup: str
    name: str
    target: str
    actual: str
    missed: str
    met: str
    weight: Decimal
    score: Decimal
    reason: str


@dataclass
class Form:
    """`funds` holds budget, spending, rate and score of the execution row; None: it is one of `rows`."""

    layout: str
    rows: list[Row]
    total: Decimal
    full: Decimal
    project: str | None = None
    funds: dict[str, str] = field(default_factory=dict)

    def row(self, name: str) -> Row:
        return next(r for r in self.rows if r.name == name)


def draw_form(world: World, layout: str, project: str | None) -> Form:
    """A form of 100 points: 10 for execution, 50, 30 and 10 for the groups."""
    rng = world.rng
    rows: list[Row] = []
    for group, points in (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)):
        rows += _group(world, group, points)
    if project and f"project.spending#{project}" in world.figures:
        spent, planned = (
            world.figures[f"project.spending#{project}"],
            world.figures[f"project.budget#{project}"],
        )
    else:
        spent = money(rng, 50_000, 800_000)
        planned = times(spent, rng.randint(100, 118))
    if layout in OWN:
        spent, planned = world.figures["spending.total"], world.figures["budget.total"]
    rate = (spent * 100 / planned).quantize(CENT, ROUND_HALF_UP)
    earned = (rate / 10).quantize(rng.choice((CENT, Decimal("0.1"))), ROUND_HALF_UP)
    form = Form(layout, rows, Decimal(0), Decimal(100), project)
    if layout == "sheet":
        rows.insert(0, Row("过程", "预算执行", "预算执行率", "≥90%" if rng.random() < 0.3 else "100%", f"{rate:f}%", "", "", Decimal(10),
                           Decimal(10) if rows[0] is None else earned, "部分尾款未付"))  # fmt: skip
        if rows[0].target == "≥90%":
            rows[0].score = Decimal(10) if rate >= 90 else earned
    else:
        unit = rng.choice(("万元", "元"))
        digits = 2
        form.funds = {"budget": write_money(planned, unit, digits).removesuffix(unit), "unit": unit, "rate": f"{rate:f}%",
                      "spending": write_money(spent, unit, digits).removesuffix(unit), "score": f"{earned:f}"}  # fmt: skip
    form.total = sum((r.score for r in rows), Decimal(form.funds.get("score", 0)))
    return form


def _group(world: World, group: str, points: int) -> list[Row]:
    rng = world.rng
    picked = [
        (sub, name)
        for sub, names in NAMES[group]
        for name in rng.sample(names, rng.randint(1, min(2, len(names))))
    ]
    cuts = sorted(rng.sample(range(2, points - 1), len(picked) - 1)) if len(picked) > 1 else []
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, points], strict=True)]
    return [_row(world, group, sub, name, size) for (sub, name), size in zip(picked, sizes, strict=True)]


def _fitting(name: str, target: str) -> bool:
    """Whether a target reads sensibly under an indicator's name."""
    if name.endswith("率") or "满意度" in name or "合格" in name:
        return "%" in target
    if "事故" in name:
        return target == "0起"
    if "时限" in name:
        return "天" in target or "日" in target or "月底" in target
    if "成本" in name or "控制" in name:
        return target == "≤20万元"
    if "长度" in name:
        return "公里" in target
    if any(word in name for word in ("期数", "场次", "次数", "数量")):
        return any(word in target for word in ("期", "次", "场")) and "人次" not in target
    return target in ("有效提升", "明显改善", "及时")


def _row(world: World, group: str, sub: str, name: str, weight: int) -> Row:
    rng = world.rng
    fitting = [t for t in TARGETS if _fitting(name, t[0])] or list(TARGETS[:1])
    target, met, missed = (
        t.replace("{Y}", str(world.year)).replace("{N}", str(world.year + 1)) for t in rng.choice(fitting)
    )
    row = Row(group, sub, name, target, met, missed, met, Decimal(weight), Decimal(weight), "")
    if rng.random() < 0.12:
        row.actual, row.reason = missed, rng.choice(REASONS)
        row.score = (row.weight * Decimal("0.8")).normalize()
    row.reason = row.reason or rng.choice(("无", "", "", "/"))
    return row


def blocks(world: World, form: Form) -> list[Block]:
    """The form as it is printed."""
    title = {
        "sheet": f"附件：{world.year}年度部门整体支出绩效自评评分表",
        "self": f"{world.year}年度部门整体支出绩效自评表",
    }.get(form.layout, f"{world.year}年度项目支出绩效自评表")
    return [Block("para", title), Block("table", rows=tuple(LAYOUTS[form.layout](world, form)))]


def shown(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _merged(rows: list[Row], attribute: str) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    start = 0
    for i in range(1, len(rows) + 1):
        here = (rows[start].group, getattr(rows[start], attribute))
        if i == len(rows) or (rows[i].group, getattr(rows[i], attribute)) != here:
            cells[start] = C(getattr(rows[start], attribute), rows=i - start)
            start = i
    return cells


def _lines(form: Form, tail: Callable[[Row], list[Cell]], name_cols: int = 1) -> list[tuple[Cell, ...]]:
    groups, subs = _merged(form.rows, "group"), _merged(form.rows, "subgroup")
    lines = []
    for i, row in enumerate(form.rows):
        line = [*([groups[i]] if i in groups else []), *([subs[i]] if i in subs else [])]
        lines.append((*line, C(row.name, cols=name_cols), *tail(row)))
    return lines


def _project(world: World, form: Form) -> list[tuple[Cell, ...]]:
    """The Ministry's project form."""
    f = form.funds
    heads = world.rng.choice(
        (("年初预算数", "全年预算数", "全年执行数"), ("年初预算数", "全年预算数（A）", "全年执行数（B）"))
    )
    none = world.rng.choice(("0", "0.00", "—", ""))
    return [
        (C("项目名称"), C(form.project or "综合业务管理", cols=8)),
        (C("主管部门"), C(world.words["dept"], cols=3), C("实施单位"), C(world.words["dept"], cols=4)),
        (C(f"项目资金（{f['unit']}）", rows=5), C("", cols=2), *map(C, heads), C("分值"), C("执行率"), C("得分")),
        (C("年度资金总额", cols=2), C(f["budget"]), C(f["budget"]), C(f["spending"]), C("10"), C(f["rate"]), C(f["score"])),
        (C("其中：当年财政拨款", cols=2), C(f["budget"]), C(f["budget"]), C(f["spending"]), C("—"), C(f["rate"]), C("—")),
        (C("上年结转资金", cols=2), C(none), C(none), C(none), C("—"), C(""), C("—")),
        (C("其他资金", cols=2), C(none), C(none), C(none), C("—"), C(""), C("—")),
        (C("年度总体目标", rows=2), C("预期目标", cols=4), C("实际完成情况", cols=4)),
        (C("完成年度建设任务，提升服务水平。", cols=4), C("按计划推进，服务水平得到提升。", cols=4)),
        (C("一级指标"), C("二级指标"), C("三级指标", cols=2), C("年度指标值"), C("实际完成值"), C("分值"), C("得分"), C("偏差原因分析及改进措施")),
        *_lines(form, lambda r: [C(r.target), C(r.actual), C(shown(r.weight)), C(shown(r.score)), C(r.reason)], 2),
        (C("总分", cols=6), C(shown(form.full)), C(shown(form.total)), C("")),
    ]  # fmt: skip


def _sheet(world: World, form: Form) -> list[tuple[Cell, ...]]:
    """A department's score sheet, the execution rate one of its rows."""
    return [
        (C("一级指标"), C("二级指标"), C("三级指标"), C("分值"), C("目标值"), C("完成值"), C("自评得分"), C("扣分原因")),
        *_lines(form, lambda r: [C(shown(r.weight)), C(r.target), C(r.actual), C(shown(r.score)), C(r.reason)]),
        (C("合计", cols=3), C(shown(form.full)), C(""), C(""), C(shown(form.total)), C("")),
    ]  # fmt: skip


def _split(world: World, form: Form) -> list[tuple[Cell, ...]]:
    """Yunnan's form: the target in three cells, 性质 | 指标值 | 度量单位, where it can be cut so."""
    f = form.funds
    heads = (
        *map(
            C,
            (
                "一级指标",
                "二级指标",
                "三级指标",
                "指标性质",
                "指标值",
                "度量单位",
                "实际完成值",
                "分值",
                "得分",
            ),
        ),
        C("偏差原因分析及改进措施"),
    )
    return [
        (C("项目名称"), C(form.project or "综合业务管理", cols=9)),
        (C(f"项目资金（{f['unit']}）", rows=4), C("", cols=2), C("年初预算数", cols=2), C("全年预算数"), C("全年执行数"), C("分值"), C("执行率"), C("得分")),
        (C("年度资金总额", cols=2), C(f["budget"], cols=2), C(f["budget"]), C(f["spending"]), C("10"), C(f["rate"]), C(f["score"])),
        (C("其中：财政拨款", cols=2), C(f["budget"], cols=2), C(f["budget"]), C(f["spending"]), C("—"), C(f["rate"]), C("—")),
        (C("其他资金", cols=2), C("0", cols=2), C("0"), C("0"), C("—"), C(""), C("—")),
        heads,
        *_lines(form, lambda r: [*map(C, _cut(r.target)), C(r.actual), C(shown(r.weight)), C(shown(r.score)), C(r.reason)]),
        (C("总分", cols=7), C(shown(form.full)), C(shown(form.total)), C("")),
    ]  # fmt: skip


def _cut(target: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(≥|≤|=|>=|≧)?(\d+(?:\.\d+)?)(%|天|期|次|起|场|公里|万元|人次)?", target)
    return (found[1] or "=", found[2], found[3] or "") if found else ("定性", target, "")


def _self(world: World, form: Form) -> list[tuple[Cell, ...]]:
    """A department's own form: funds by basic and project spending, then the indicators."""

    def line(name: str, part: str, weight: str, score: str) -> tuple[Cell, ...]:
        budget, spent = (world.value(f"{of}.{part}") for of in ("budget", "spending"))
        rate = f"{world.value(f'rate.{part}').quantize(CENT, ROUND_HALF_UP):f}%"
        plain = [write_money(v, "万元", 2).removesuffix("万元") for v in (budget, budget, spent)]
        return (C(name, cols=2), *map(C, plain), C(weight), C(rate), C(score))

    return [
        (C("部门名称"), C(world.words["dept"], cols=8)),
        (C("年度预算执行情况（万元）", rows=4), C("", cols=2), *map(C, ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"))),
        line("部门整体支出", "total", "10", form.funds["score"]),
        line("其中：基本支出", "basic", "—", "—"),
        line("项目支出", "project", "—", "—"),
        (*map(C, ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值")), C("分值"), C("得分"), C("未完成原因分析", cols=2)),
        *[(*row[:-1], C(row[-1].text, cols=2)) for row in
          _lines(form, lambda r: [C(r.target), C(r.actual), C(shown(r.weight)), C(shown(r.score)), C(r.reason)])],
        (C("总分", cols=5), C(shown(form.full)), C(shown(form.total)), C("", cols=2)),
    ]  # fmt: skip


def money_table(world: World, written: dict[str, list[str]]) -> list[Block]:
    """What was budgeted and spent, in 万元 to the cent: an annex that repeats the report's figures."""

    def cells(part: str) -> list[Cell]:
        keys = (f"budget.{part}", f"spending.{part}")
        told = [write_money(world.annex.get(k, world.value(k)), "万元", 2).removesuffix("万元") for k in keys]
        rate = world.value(f"rate.{part}").quantize(CENT, ROUND_HALF_UP)
        for key, text in zip((*keys, f"rate.{part}"), (*told, f"{rate:f}%"), strict=True):
            written[key].append(text)
        return [*map(C, told), C(f"{rate:f}%")]

    title = f"附表：{world.year}年度收支情况表（单位：万元）"
    return [
        Block("para", title),
        Block("table", rows=(
            tuple(map(C, ("项目", f"{world.words['b']}数", "决算支出数", "执行率"))),
            (C("基本支出"), *cells("basic")), (C("项目支出"), *cells("project")), (C("合计"), *cells("total")),
        )),
    ]  # fmt: skip


LAYOUTS: dict[str, Callable[[World, Form], list[tuple[Cell, ...]]]] = {
    "project": _project,
    "sheet": _sheet,
    "split": _split,
    "self": _self,
}


def pick(rng: random.Random, form: Form) -> Row:
    """A row that was met and scores in full."""
    return rng.choice([r for r in form.rows if r.met and r.score == r.weight >= 2 and r.actual == r.met])
