"""The catalogue of concepts: one line each. Ids are public (docs/interface.md) and change only with a
major version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["money", "percent", "count", "points", "grade", "text", "date", "year"]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a fact may be about. `zh` is its name in findings and in the console.

    kind     value in the output
    money    yuan        percent  in percent (97.23% -> 97.23)      count  persons or units
    points   of a score  grade    优 良 中 低 差      date  ISO 8601     year, text
    """

    id: str
    kind: Kind
    zh: str
    group: Literal["cover", "staff", "money", "rates", "score"]


CONCEPTS = (
    Concept("department", "text", "部门名称", "cover"),
    Concept("subordinate_units", "count", "下属二级预算单位数量", "cover"),
    Concept("preparer", "text", "填报人", "cover"),
    Concept("phone", "text", "联系电话", "cover"),
    Concept("filed_on", "date", "填报日期", "cover"),
    Concept("fiscal_year", "year", "评价年度", "cover"),
    Concept("staff.authorized", "count", "编制总数", "staff"),
    Concept("staff.authorized.admin", "count", "行政编制", "staff"),
    Concept("staff.authorized.institution", "count", "事业编制", "staff"),
    Concept("staff.authorized.support", "count", "工勤编制", "staff"),
    Concept("staff.actual", "count", "实有在职人数", "staff"),
    Concept("staff.actual.admin", "count", "实有行政人员", "staff"),
    Concept("staff.actual.institution", "count", "实有事业人员", "staff"),
    Concept("staff.actual.support", "count", "实有工勤人员", "staff"),
    Concept("staff.contract", "count", "编外人员", "staff"),
    Concept("staff.retired", "count", "离退休人员", "staff"),
    Concept("income.total", "money", "收入合计", "money"),
    Concept("income.fiscal", "money", "财政拨款收入", "money"),
    Concept("budget.total", "money", "预算总额", "money"),
    Concept("budget.basic", "money", "基本支出预算", "money"),
    Concept("budget.project", "money", "项目支出预算", "money"),
    Concept("spending.total", "money", "支出总额", "money"),
    Concept("spending.basic", "money", "基本支出", "money"),
    Concept("spending.personnel", "money", "人员经费", "money"),
    Concept("spending.operating", "money", "公用经费", "money"),
    Concept("spending.project", "money", "项目支出", "money"),
    Concept("carryover.opening", "money", "年初结转结余", "money"),
    Concept("carryover.closing", "money", "年末结转结余", "money"),
    Concept("three_public.budget", "money", "三公经费预算", "money"),
    Concept("three_public.spending", "money", "三公经费支出", "money"),
    Concept("three_public.overseas.spending", "money", "因公出国（境）费", "money"),
    Concept("three_public.vehicles.spending", "money", "公务用车购置及运行维护费", "money"),
    Concept("three_public.hospitality.spending", "money", "公务接待费", "money"),
    Concept("procurement.budget", "money", "政府采购预算", "money"),
    Concept("procurement.spending", "money", "政府采购支出", "money"),
    Concept("project.budget", "money", "单个项目预算", "money"),
    Concept("project.spending", "money", "单个项目支出", "money"),
    Concept("rate.total", "percent", "整体预算执行率", "rates"),
    Concept("rate.basic", "percent", "基本支出执行率", "rates"),
    Concept("rate.project", "percent", "项目支出执行率", "rates"),
    Concept("project.rate", "percent", "单个项目执行率", "rates"),
    Concept("share", "percent", "占比", "rates"),
    Concept("change.amount", "money", "比上年增减额", "rates"),
    Concept("change.rate", "percent", "比上年增减率", "rates"),
    Concept("score.total", "points", "自评总分", "score"),
    Concept("score.full", "points", "满分", "score"),
    Concept("score.group", "points", "一级指标得分", "score"),
    Concept("rating", "grade", "绩效等级", "score"),
)

BY_ID = {concept.id: concept for concept in CONCEPTS}
