"""One error of each kind, put into a consistent paper: which finding must come, and what it must point at."""

from __future__ import annotations

import random
from decimal import Decimal

from .paper import Paper, Plant, Want
from .table_plants import IN_TABLE
from .world import World, times

LOW_REASON = "项目支出执行率偏低的主要原因是部分合同尾款未到支付节点，结转下年支付。"


def off(rng: random.Random) -> int:
    """A change in percent that no rounding explains."""
    return rng.choice((62, 71, 83, 88, 112, 119, 127, 134))


def _moved(rule: str, keys: tuple[str, ...], stated: tuple[str, ...], *groups: str) -> Plant:
    def plant(paper: Paper) -> Want:
        world = paper.world
        key = world.rng.choice(keys)
        world.told[key] = times(world.figures[key], off(world.rng))
        paper.ask(*groups)
        return Want(rule, None, (key,), stated=(*stated, key))

    return plant


def plant_public(paper: Paper) -> Want:
    world = paper.world
    world.told["three_public.spending"] = times(world.figures["three_public.spending"], 88)
    paper.ask("public")
    return Want("sum.three_public", None, ("three_public.spending",))


def plant_staff(paper: Paper) -> Want:
    rng = paper.world.rng
    whole = "staff.authorized"
    paper.world.told[whole] = paper.world.figures[whole] + rng.choice((2, 3, 10))
    paper.ask("staff")
    return Want("sum.staff", whole, (whole,))


def plant_staff_over(paper: Paper) -> Want:
    f = paper.world.figures
    more = f["staff.authorized"] - f["staff.actual"] + paper.world.rng.randint(1, 5)
    f["staff.actual"] += more
    f["staff.actual.admin"] += more
    paper.ask("staff")
    return Want("staff.over", "staff.actual", ("staff.actual",))


def plant_balance(paper: Paper) -> Want:
    paper.world.told["carryover.closing"] = paper.world.figures["carryover.closing"] + 310_000
    paper.ask("balance")
    return Want("sum.balance", None, ("carryover.closing",))


def _rate(key: str, *groups: str, subject: str | None = None) -> Plant:
    def plant(paper: Paper) -> Want:
        world = paper.world
        name = key.replace("*", world.projects[0])
        paper.form = None  # the forms state the true rate
        step = Decimal(world.rng.choice(("2.7", "3.4", "6.18", "8.05")))
        world.told[name] = world.figures[name] + (-step if world.figures[name] > 60 else step)
        paper.ask(*groups)
        needs = (name,)
        if key in ("rate.basic", "rate.project"):
            needs = (name, f"budget.{key[5:]}", f"spending.{key[5:]}")
        return Want(
            "rate.execution", subject or (world.projects[0] if "*" in key else key), (name,), stated=needs
        )

    return plant


def plant_share(paper: Paper) -> Want:
    key = "share#基本支出 / 总支出"
    world = paper.world
    step = Decimal("7.3")
    world.told[key] = world.figures[key] + (-step if world.figures[key] > 50 else step)
    paper.ask("share")
    return Want("rate.share", None, (key,), stated=(key,))


def _changed(key: str) -> Plant:
    def plant(paper: Paper) -> Want:
        world = paper.world
        if key == "change.rate":
            world.told[key] = world.figures[key] + Decimal("6.5")
        else:
            world.told[key] = times(world.figures[key], off(world.rng))
        paper.ask("change")
        return Want("rate.change", None, (key,), stated=(key, "spending.total/prior"))

    return plant


AGAIN = {
    "spending.total": (
        "本年度部门整体支出{again}，有力保障了各项工作开展。",
        "{I}全年支出总额{again}，取得了良好的社会效益。",
    ),
    "spending.project": (
        "本年度项目支出{again}，主要用于专项业务。",
        "全年项目支出{again}，惠及群众1.2万人。",
    ),
    "spending.basic": ("基本支出{again}，保障了机构正常运转。",),
    "budget.total": ("{Y}年{B}总额{again}，编制科学合理。",),
}


def plant_conflict(paper: Paper) -> Want:
    world = paper.world
    key = world.rng.choice(list(AGAIN))
    world.figures["again"] = times(world.figures[key], off(world.rng))
    paper.ask(lines=(("benefit", world.rng.choice(AGAIN[key])),))
    return Want("duplicate.conflict", key, ("again", key))


def plant_annex(paper: Paper) -> Want:
    """The attached table says something else."""
    world = paper.world
    key = world.rng.choice(("spending.basic", "spending.project", "budget.basic"))
    world.annex[key] = times(world.figures[key], off(world.rng))
    paper.annex = True
    return Want("duplicate.conflict", key, (key,), stated=(key,))


def plant_unit_twice(paper: Paper) -> Want:
    world = paper.world
    key = world.rng.choice(list(AGAIN))
    world.figures["again"] = world.figures[key]
    _wrong_unit(world, "again")
    paper.ask(lines=(("benefit", world.rng.choice(AGAIN[key])),))
    return Want("unit.magnitude", key, ("again", key))


def _wrong_unit(world: World, key: str) -> None:
    unit = world.style[0]
    world.units[key] = "元" if unit in ("万元", "亿元") else "万元"


def plant_unit_once(paper: Paper) -> Want:
    world = paper.world
    key = world.rng.choice(("spending.total", "spending.project", "budget.total", "budget.basic"))
    _wrong_unit(world, key)
    return Want("unit.magnitude", key, (key,), stated=(key,))


def plant_grade(paper: Paper) -> Want:
    world = paper.world
    world.words["rating"] = world.words["rating4"] = world.rng.choice(
        [g for g in "优良中差" if g != world.words["rating"]]
    )
    return Want("rating.band", None, text=world.words["rating"])


def plant_filed(paper: Paper) -> Want:
    if paper.outline not in ("hunan", "yunnan"):  # the others' covers have no date
        paper.outline = "guangdong"
        paper.world.words["bands"] = "five"
        paper.world.grade()
    paper.world.words["filed"] = f"{paper.world.year}年6月30日"
    return Want("period.mismatch", None, text=str(paper.world.year))


def plant_year(paper: Paper) -> Want:
    wrong = paper.world.year - 1
    line = f"{wrong}年度{paper.world.words['I']}部门整体支出绩效自评得分{{score.total}}分，绩效等级为“{{rating}}”。"
    paper.ask(instead=(("conclusion", line),))
    return Want("period.mismatch", None, text=str(wrong))


def plant_identity(paper: Paper) -> Want:
    other = paper.world.rng.choice(("红岩县民政局", "东陵市文化馆"))
    line = f"{other}是同级政府组成部门，主要职责是贯彻执行有关法律法规，拟订发展规划并组织实施。内设办公室、业务股2个股室。"
    paper.ask(instead=(("duty", line),))
    return Want("identity.mismatch", other, text=other)


def _slow(paper: Paper) -> None:
    """The projects spend about half of their budgets."""
    for p in paper.world.projects:
        spent = paper.world.figures[f"project.spending#{p}"]
        paper.world.figures[f"project.budget#{p}"] = times(spent, paper.world.rng.randint(190, 240))
    paper.world.derive()
    paper.form = None


PRAISE = (
    "项目支出严格按照预算执行，预决算差异不大。", "项目支出执行情况良好。", "各项目资金支付及时，项目支出预算执行较好。", "项目支出预算已全部执行完毕。",
)  # fmt: skip
RATE_LINE = "基本支出{b}{budget.basic}，实际支出{spending.basic}，执行率{rate.basic}；项目支出{b}{budget.project}，实际支出{spending.project}，执行率{rate.project}。"


def plant_praise(paper: Paper) -> Want:
    _slow(paper)
    praise = paper.world.rng.choice(PRAISE)
    paper.ask(instead=(("rates", RATE_LINE), ("good", praise), ("problem", LOW_REASON), ("done", "")))
    return Want("narrative.rate", None, ("rate.project",))


def plant_low(paper: Paper) -> Want:
    _slow(paper)
    instead = (("rates", RATE_LINE), ("good", "下一步将加快资金支付。"), ("change", ""), ("done", ""))
    paper.ask(instead=instead)
    return Want("deviation.unexplained", "rate.project", ("rate.project",))


def plant_over(paper: Paper) -> Want:
    f = paper.world.figures
    if paper.world.rng.random() < 0.5:
        f["procurement.spending"] = times(f["procurement.budget"], 131)
        paper.ask("procurement")
        return Want("spending.over", "procurement.spending", ("procurement.spending",))
    f["spending.basic"] = f["spending.personnel"] + f["spending.operating"]
    f["budget.basic"] = times(f["spending.basic"], 87)
    paper.form = None
    paper.world.derive()
    part = "total" if f["spending.total"] > f["budget.total"] else "basic"
    return Want("spending.over", f"spending.{part}", (f"spending.{part}", f"budget.{part}"))


def plant_missing(paper: Paper) -> Want:
    role = paper.world.rng.choice(("functions", "annual_work", "benefits", "improvements", "budgeting"))
    paper.outline = "guangdong"
    paper.ask(without=role)
    return Want("section.missing", role)


def plant_empty(paper: Paper) -> Want:
    role = paper.world.rng.choice(("problems", "improvements", "functions", "goals"))
    if paper.outline in ("yunnan", "anhui", "plain"):
        role = "problems"
    paper.ask(empty=role)
    return Want("section.empty", role)


def plant_no_grade(paper: Paper) -> Want:
    paper.outline = "guangdong"
    paper.world.words["bands"] = "five"
    paper.ask(instead=(("conclusion", "对照评分标准逐项自评，自评得分{score.total}分。"),))
    return Want("fact.missing", "rating")


def plant_malformed(paper: Paper) -> Want:
    world = paper.world
    key = world.rng.choice(("spending.project", "budget.basic", "spending.total"))
    text = world.rng.choice(("7,00.0,77万元", "3M.8万元", "1,2.45.6万元", "53*.72万元"))
    world.texts[key] = text
    return Want("number.malformed", None, text=text[:4])


def plant_residue(paper: Paper) -> Want:
    line = paper.world.rng.choice(
        (
            "XX局负责××县的行业管理工作，承担公共服务职责。",
            "本部门内设____个股室，负责行业管理工作。",
            "（填写说明：简要说明部门主要职责。）负责行业管理。",
        )
    )
    paper.ask(lines=(("duty", line),))
    return Want("template.residue")


def plant_count(paper: Paper) -> Want:
    paper.ask("work", lines=(("work", "全年实施4个项目：灌区改造、设备购置、人才培训。"),))
    return Want("count.mismatch")


def plant_citation(paper: Paper) -> Want:
    lines = (
        ("duty", "依据《项目支出绩效评价管理办法》（财预〔2020〕10号）开展工作。"),
        ("benefit", "按照《项目支出绩效评价管理办法》（财预〔2011〕285号）的要求开展自评。"),
    )
    paper.ask(lines=lines)
    return Want("citation.conflict", text="285")


BUDGET = ("budget.total", "budget.basic", "budget.project")
SPENDING = ("spending.total", "spending.basic", "spending.project")
PLANTS: dict[str, Plant] = {
    "sum.budget": _moved("sum.budget", BUDGET, BUDGET),
    "sum.spending": _moved("sum.spending", SPENDING, SPENDING),
    "sum.basic": _moved(
        "sum.basic", ("spending.personnel", "spending.operating"), ("spending.basic",), "basic"
    ),
    "sum.three_public": plant_public,
    "sum.staff": plant_staff,
    "sum.balance": plant_balance,
    "rate.execution, total": _rate("rate.total"),
    "rate.execution, basic": _rate("rate.basic"),
    "rate.execution, project": _rate("rate.project"),
    "rate.execution, one project": _rate("project.rate#*", "projects"),
    "rate.share": plant_share,
    "rate.change": _changed("change.rate"),
    "rate.change, amount": _changed("change.amount"),
    "duplicate.conflict": plant_conflict,
    "duplicate.conflict, annex": plant_annex,
    "unit.magnitude, stated twice": plant_unit_twice,
    "unit.magnitude, operand": plant_unit_once,
    "rating.band": plant_grade,
    "period.mismatch, filed": plant_filed,
    "period.mismatch, year": plant_year,
    "identity.mismatch": plant_identity,
    "staff.over": plant_staff_over,
    "spending.over": plant_over,
    "narrative.rate": plant_praise,
    "deviation.unexplained, rate": plant_low,
    "section.missing": plant_missing,
    "section.empty": plant_empty,
    "fact.missing": plant_no_grade,
    "number.malformed": plant_malformed,
    "template.residue": plant_residue,
    "count.mismatch": plant_count,
    "citation.conflict": plant_citation,
    **IN_TABLE,
}
