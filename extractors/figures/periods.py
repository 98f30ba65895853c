"""The year that a figure belongs to: by its own clause, by what was said before it in its sentence."""

from __future__ import annotations

import re

from extractors.figures.segments import has, tagged, year_in
from extractors.figures.setting import Scene
from extractors.figures.turns import (
    ACQUIRED,
    ARROW,
    CARRIED,
    CARRIED_ON,
    CAUSED,
    COMPARED_WITH,
    THIS_YEAR,
    became,
    comes_by_trend,
    comes_from,
    dates_event,
    levelled,
    settles_year,
)
from extractors.language import Token

#: 与34,105万元的上年年初预算比
BEHIND = re.compile(r"\s?的(?:上年|去年|上一年)度?[^，。；\d]{0,10}(?:相?比|相较|对比)")
#: what last year's money is called behind 较上年: 较上年控制数7.5万元压减…
KINDS = frozenset({
    "实支", "实际", "实际数", "支出", "收入", "支出数", "预算", "预算数", "控制数", "决算", "决算数", "实际支出", "开支", "实际开支",
    "采购支出", "采购额", "采购金额", "执行数", "批复数", "发生额", "安排数", "数", "额",
})  # fmt: skip

#: 因公出国（境）费0万元，上年亦为0万元；公务用车…: of that item alone
ALIKE = re.compile(r"(?:上一?年度?|去年)(?:亦|也|同样|同)[为是][^，。；]{0,8}；[^，。；]*$")
#: …，上年7.15万元；公务接待4.12万元，上年4.93万元: this year's, last year's stands behind it
LAST_YEAR_NEXT = re.compile(r"\s?[，,（(](?:上年度?|去年)(?:为|是|支出|决算)*\s?\d")
#: 加上专款和上年结转，全年预算8,815.55万元 · 加上年初数，…: what the year began with
OPENING = re.compile(r"度?结[转余](?:结余)?(?:资金)?，|(?<=加上年)[初中内底末]")
#: 另有上年结转215,600元，为2022年第四季度已结业的学员补贴，…，调整后预算合计…
DESCRIBED = re.compile(r"元，(?:主要)?[为系是]$")
#: 新进人员自上年11月起领薪
MONTH = re.compile(
    r"度?\s?(?:[春夏秋冬]季|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)(?!份?(?:支出|预算|执行))"
)
#: 以上年实际签约数为基数，批复862.00万元: what this year's was reckoned from
#: 年初部门预算按照上年面积测算，批复本项目1,900万元
BASED_ON = re.compile(
    r"(?:[至—-]20\d\d年?)?[^，。；\d]{0,16}为(?:基数|基础|依据|标准|参考|参照|准)|[^，。；\d]{2,8}(?:测算|推算|匡算)(?=[，。、；])"
)
#: 到去年年底共支出772.99万元: the year's end, told in the spring after it
UP_TO = re.compile(r"(?:到|至|截止|截至)\s?$")
#: 去年底区财政给的年初数是1,085万元: given ahead for this year
GIVEN_AHEAD = re.compile(r"年?[底末][^，。；\d]{0,12}年初(?:数|预算|指标)")
#: 因增发2022年度绩效考核奖励，预算调整为…: the year of what is paid
REWARD = re.compile(r"度?(?:年度)?的?(?:绩效|年终|综合|目标)*(?:考核|一次性)?(?:奖|绩效工资)")
#: 当年和上年均无因公出国（境）安排，费用为0万元: of both years
BOTH_YEARS = re.compile(r"(?:当年|本年度?|今年)[和与及、]\s?$")
#: 较上年执行率94.20%提高2.31个百分点: behind last year's rate how far this year's is from it
MOVED_ON = re.compile(
    r"\s?[，,]?\s?(?:(?:提高|上升|提升|下降|降低|回落|增加|减少|高出|低)了?\s?\d|(?:略有|有所|稍有|略|小幅|明显|大幅)(?:提高|上升|提升|下降|降低|回落))"
)


#: 接待91.7万人次，为2022年的1.4倍；…预算265万元
OF_TIMES = re.compile(r"的\s?\d[\d.]*\s?倍")
#: 回看上年，项目预算270.00万元，支出262.71万元
LOOKS_BACK = re.compile(r"(?:^|[。；\n])\s?(?:再?回[看顾过]头?来?看?|对照|再看|说到|看看)$")


def _of_last_year(token: Token, near: list[Token]) -> bool:
    """Whether a comparison opens what its own clause says of last year: 较上年实支; not 同比, 与上年相比."""
    return token in near and token.text.startswith(("较上", "比上", "较去", "比去"))


#: 上年无结转，年末结转38.48万元: last year's is that there was none
NONE_BEFORE = re.compile(
    r"(?:上年度?|去年)(?:并?无|没有|未有)[^，。；\d]{0,12}[，；](?:本年|当年|年末|年底|全年)[^，。；\d]{0,12}$"
)
#: 第七届艺术节（2023年）财政支出为402.18万元
BRACKETED = re.compile(r"[一-鿿](?<![年度])[（(](20\d\d)年度?[）)][^，。；、（）\d]{0,10}$")


def _said_aside(token: Token, said: int, scene: Scene) -> bool:
    """Whether a year is that of a bonus, of a comparison (为2022年的1.4倍), of what something is, or of what came only in the next year."""
    between = scene.source[token.end : scene.figure.start]
    if REWARD.match(scene.source, token.end) or OF_TIMES.match(scene.source, token.end):
        return True
    if DESCRIBED.search(scene.source[: token.start]) and "，" in between:
        return True
    later = said > (scene.setting.fiscal_year or 9999) and scene.figure.kind in ("money", "percent")
    return later and "；" in between


def period_of(scene: Scene) -> tuple[int | None, bool]:
    """The year that a figure belongs to, and whether its own clause makes it last year's.

    A year said once holds to the end of the sentence, as 上年 does at its start; elsewhere 上年 holds
    for its figure and its parts.
    """
    year, talk, segment, figure = scene.setting.fiscal_year, scene.talk, scene.segment, scene.figure
    heard = segment.all
    years = [said for token in heard if (said := year_in(token, year))]
    if len(years) >= 2 and has(heard, "turn.each"):
        span = range(years[0], years[-1] + 1)  # 2021年至2023年…分别为三个数
        talk.years = list(span) if len(years) == 2 and scene.row == len(span) else years
        talk.year_row = list(talk.years)
    elif not years and scene.row == len(talk.year_row) >= 2 and _of_one(heard):
        talk.years = list(talk.year_row)  # 2023年、2022年整体支出分别为…；基本支出分别为2,106万元、2,051万元
    elif year and scene.row >= 2 and has(heard, "turn.each") and has(heard, "period.prior"):
        talk.years = [year - 1] * scene.row  # 上年同口径分别为1,006万元、2,118万元
    elif heard and [t for t in heard if t.text not in "、和与，及"]:
        talk.years = []
    if talk.years:
        return talk.years.pop(0), False
    aside = BRACKETED.search(scene.source[: figure.start])
    if aside and year and not years and int(aside[1]) < year:
        return int(aside[1]), False
    if THAT_YEAR.search(scene.clause) and (named := _named_before(scene)):
        talk.period = named  # 与2022年相比——该年预算5,400万元、支出4,184.60万元
    prior = (
        talk.prior
        and not ALIKE.search(scene.source[max(0, figure.start - 60) : figure.start])
        and not LAST_YEAR_NEXT.match(scene.source, figure.end)
        and (has(heard, "turn.among") or talk.among)
        and not (has(heard, "period.this", "turn.compare") or levelled(heard))
    )
    for at, token in enumerate(heard):
        said = year_in(token, year)
        beside = at and (
            heard[at - 1].text in ("较", "比", "与", "同", "跟", "由", "从")
            or (
                has(heard[at - 1 : at], "turn.compare")
                and "，" not in scene.source[heard[at - 1].end : token.start]
            )
            or scene.source[: token.start].endswith(
                ("低于", "高于", "少于", "多于", "超过", "不及", "相比", "相较")
            )
        )
        onward = CARRIED_ON.search(scene.source[: token.start])  # 结转至2024年的资金
        carried = CARRIED.match(scene.source[token.end : token.end + 20])
        aged = said and year and said < year - 1 and ACQUIRED.match(scene.source, token.end)
        settled = settles_year(token, scene) or dates_event(token, scene)
        based = BASED_ON.match(scene.source, token.end)  # 以2022年至2023年实际增长趋势为准，年初批复326万元
        apart = said is not None and _said_aside(token, said, scene)
        if said is not None and (onward or carried or aged or settled or based or apart):
            continue  # 加上2023年结转的32.40万元，全年可用预算为…
        if said is not None and beside and year and said < year - 1 and not has(heard, "turn.change"):
            return said, False  # 同2021年的1.43亿元相比: that year's, and no other figure's
        if said is not None and beside and year and said < year:
            talk.compare = said == year - 1
            prior = said == year - 1
        elif said is not None and year and said < year and _in_passing(scene, token):
            return said, False  # 基本支出1,046万元，2022年为1,014万元；项目支出…
        elif (
            said is not None and year and said == year - 1 and talk.series and _bare_year(token, segment.near)
        ):
            prior = True  # 2023年7.2万元，2022年7.6万元，压减0.4万元
        elif said is not None and year and said < year and CAUSED.search(scene.source[: token.start]):
            return said, False  # 减幅12.12%，主因是2021年有尾款36万元: that year's, and no other figure's
        elif said is not None:
            talk.period, prior = said, False
        elif (
            has([token], "period.prior")
            and (
                BOTH_YEARS.search(scene.source[: token.start])
                or (token.text == "去年" and scene.setting.looks_back)
                or MONTH.match(scene.source, token.end)  # 新进人员自上年11月起领薪
                or BASED_ON.match(scene.source, token.end)
                or OPENING.match(scene.source, token.end)
                or (token.text.startswith("去年") and UP_TO.search(scene.source[: token.start]))
                or GIVEN_AHEAD.match(scene.source, token.end)
                or "；" in scene.source[token.end : figure.start]  # 与上年持平；二是公务接待费1.2万元
            )
        ):
            prior = False
        elif has([token], "period.prior"):
            prior = True
            led = scene.source[: token.start].rstrip()
            if year and (led[-1:] in ("", "。", "；") or COMPARED_WITH.search(led) or LOOKS_BACK.search(led)):
                talk.period = year - 1  # 上年预算178万元，支出166.30万元，执行率93.43%
        elif token.text.startswith("当年") and year and _of_named_year(scene, token, year):
            prior = False
        elif (
            at
            and token.text.startswith(("本年支出", "本年收入"))
            and ((prior and has([heard[at - 1]], "period.prior")) or year_in(heard[at - 1], year))
        ):
            pass  # 上年度本年支出44.90万元 · 2022年本年收入合计: what the accounts call it
        elif (has([token], "period.this") or token.text.startswith(THIS_YEAR)) and not beside:
            talk.period, prior = (token.text.startswith("当年") and _headed_year(scene)) or year, False
            talk.compare = talk.compare or talk.earlier  # 上年支出310万元；今年少19万元
        elif has([token], "period.same"):
            prior = False
        elif has([token], "turn.compare"):
            # 较上年5.2万元减少… · 较上年实支1.83万元减少…: no more than its kind before the figure
            kinds = heard[at + 1 :] if _of_last_year(token, segment.near) else []
            after = [t.text for t in heard[at + 1 :] if t not in kinds or t.text not in KINDS]
            grew = has(heard[at + 1 :], "aspect.budget") and GREW.match(scene.source, figure.end)
            rate = has(heard[at + 1 :], "aspect.rate") and MOVED_ON.match(scene.source, figure.end)
            prior = bool(after in ([], ["的"]) or rate or grew) and not has([token], "period.this")
    if NONE_BEFORE.search(scene.source[: figure.start]):
        prior, talk.period = False, year
    prior = prior or BEHIND.match(scene.source, figure.end) is not None
    planned = has(segment.near, "aspect.budget") and not ARROW.match(scene.source, figure.end)
    came = comes_from(scene.source, figure.start, figure.end) and not has(segment.near, "stage")
    if came and not planned:
        sentence = scene.source[: figure.start].rpartition("。")[2]
        named = figure.kind == "money" and has(segment.near, "topic", "aspect")
        trend = named and comes_by_trend(scene.source, figure.start, figure.end)
        prior = (
            prior
            or talk.compare
            or trend
            or bool(year and re.search(rf"上年|去年|同比|{year - 1}年", sentence))
        )
    moved = figure.direction or (figure.kind == "percent" and scene.text[0] in "+-＋－−")  # 同比-10.43%
    prior = prior and not moved and not has(segment.near, "turn.change")
    prior = prior and not (talk.prior and became(scene.source, figure.start))
    talk.prior = prior
    if prior:
        return (year - 1 if year else None), True
    return (talk.period if talk.period is not None else _headed_year(scene) or year), False


THAT_YEAR = re.compile(r"(?:^|[，——])该年")


def _named_before(scene: Scene) -> int | None:
    """The last year that is named before the figure."""
    said = re.findall(r"(?<!\d)(20\d\d)年", scene.source[: scene.figure.start])
    return int(said[-1]) if said else None


def _of_one(heard: list[Token]) -> bool:
    """Whether a row of figures is of one thing: 基本支出分别为2,106万元、2,051万元."""
    return has(heard, "turn.each") and len(tagged(heard, "topic")) <= 1


#: （二）2022年支出: over what a report on two years tells of the first
OF_ONE_YEAR = re.compile(
    r"(?P<year>20\d\d)年度?的?(?:资金|项目|预算)?(?:支出|执行|使用|支付|安排|预算|投入|实施)*(?:情况)?"
)


def _headed_year(scene: Scene) -> int | None:
    """The year before the report's that the heading of a project's report names alone."""
    headings, year = scene.setting.headings, scene.setting.fiscal_year
    found = OF_ONE_YEAR.fullmatch(headings[-1].strip(" 。：:")) if headings and scene.setting.single else None
    return year - 1 if found and year and int(found["year"]) == year - 1 else None


def _of_named_year(scene: Scene, token: Token, year: int) -> bool:
    """Whether 当年 is an earlier year that its sentence has named: 上年（2022年）支出90万元，当年基本支出40万元."""
    named = scene.talk.period
    said = scene.source[: token.start].rpartition("。")[2]
    return named is not None and named < year and f"{named}年" in said and f"{year}年" not in said


#: 比上年年初预算10,080万元减少720万元
GREW = re.compile(r"\s?(?:增加|减少|下降|增长|压减|压缩|调减|多|少)")
#: 三公经费15.26万元，下降4.92%；2021年为17.90万元，连续三年只减不增。
TOLD_BEFORE = re.compile(r"[元%％][^。]*[，,；;、]\s?$")
PART_OVER = re.compile(r"[^\d。；]*(?:[。；]|$)")


def _in_passing(scene: Scene, token: Token) -> bool:
    """Whether an earlier year is told of in one bare clause behind this year's figures, and not after it."""
    return (
        _bare_year(token, scene.segment.near)
        and TOLD_BEFORE.search(scene.source[: token.start]) is not None
        and PART_OVER.match(scene.source, scene.figure.end) is not None
    )


def _bare_year(token: Token, near: list[Token]) -> bool:
    """Whether a clause says no more than the year: 2022年为35.4万元 · 2022年对应数为35.4万元."""
    said = near[1:] if near and near[0].text in ("而", "而在") else near  # 支出984万元，而2022年为1,120万元
    return token is said[0] and all("fill" in t.tags for t in said[1:]) if said else False
