"""Errors put into the indicator table of a consistent paper, one of each kind."""

from __future__ import annotations

from decimal import Decimal

from .forms import OWN, pick, shown
from .paper import Paper, Plant, Want


def _rescore(paper: Paper) -> None:
    form = paper.told()
    form.total = sum((r.score for r in form.rows), Decimal(form.funds.get("score", 0)))
    if form.layout in OWN:
        paper.world.figures["score.total"] = form.total
        paper.world.grade()


def plant_unearned(paper: Paper) -> Want:
    row = pick(paper.world.rng, paper.told())
    row.actual = row.missed if paper.world.rng.random() < 0.75 else ""
    return Want("score.unearned", row.name)


def plant_unexplained(paper: Paper) -> Want:
    row = pick(paper.world.rng, paper.told())
    if not any(c.isdigit() for c in row.target):
        row.target, row.actual = "≥4次", "4次"
    row.score, row.reason = row.weight - 1, ""
    _rescore(paper)
    return Want("score.unexplained", row.name)


def plant_deviation(paper: Paper) -> Want:
    row = pick(paper.world.rng, paper.told())
    row.actual, row.score, row.reason = row.missed, row.weight - 1, paper.world.rng.choice(("", "无", "/"))
    _rescore(paper)
    return Want("deviation.unexplained", row.name)


def plant_bounds(paper: Paper) -> Want:
    row = pick(paper.world.rng, paper.told())
    row.score = row.weight + 2
    if paper.world.rng.random() < 0.5:
        _rescore(paper)
    return Want("score.bounds", row.name, text=shown(row.score))


def plant_weights(paper: Paper) -> Want:
    form = paper.told()
    row = max((r for r in form.rows if r.actual == r.met), key=lambda r: r.weight)
    row.weight -= 3
    row.score = row.weight
    _rescore(paper)
    return Want("sum.weights")


def plant_scores(paper: Paper) -> Want:
    form = paper.told()
    form.total += paper.world.rng.choice((-3, -2, 2)) if form.total < 97 else -2
    if form.layout in OWN:
        paper.world.figures["score.total"] = form.total
        paper.world.grade()
    return Want("sum.scores", None, text=shown(form.total))


def plant_execution(paper: Paper) -> Want:
    form = paper.told()
    if form.layout == "sheet":
        row = form.row("预算执行率")
        row.target = "100%"
        row.score = Decimal("6.5")
        text = "6.5"
    else:
        text = form.funds["score"] = shown(Decimal(form.funds["score"]) - Decimal("2.5"))
    _rescore(paper)
    return Want("score.execution", None, text=text)


def plant_incomplete(paper: Paper) -> Want:
    form = paper.told()
    row = pick(paper.world.rng, form)
    row.target = ""
    return Want("indicator.incomplete", row.name)


def plant_over_achieved(paper: Paper) -> Want:
    row = next(r for r in paper.told().rows if r.subgroup == "数量指标")
    row.target, row.actual, row.score, row.reason = "≥4次", "11次", row.weight, ""
    _rescore(paper)
    return Want("indicator.overachieved", row.name)


def plant_unreadable_cell(paper: Paper) -> Want:
    row = pick(paper.world.rng, paper.told())
    row.target, row.actual = "≥98%", "9X.5%"
    return Want("number.malformed", None, text="9X")


IN_TABLE: dict[str, Plant] = {
    "score.unearned": plant_unearned,
    "score.unexplained": plant_unexplained,
    "deviation.unexplained": plant_deviation,
    "score.bounds": plant_bounds,
    "sum.weights": plant_weights,
    "sum.scores": plant_scores,
    "score.execution": plant_execution,
    "indicator.incomplete": plant_incomplete,
    "indicator.overachieved": plant_over_achieved,
    "number.malformed, cell": plant_unreadable_cell,
}
