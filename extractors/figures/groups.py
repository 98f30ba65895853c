"""Scores of the first-level groups of a score sheet, as prose tells them: name by name or in two rows."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractors.figures.names import vocabulary
from extractors.figures.numerals import fold

#: points, as sheets state them
NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
#: what may stand between a group's name and its points
_KIND = r"(?:一级)?(?:这一?块|这部分|类|部分|方面|维度|环节|指标|层面|板块|阶段|(?:完成|实现|落实)?情况|模块|项目|类指标|一项|分(?=\d)){0,2}[”\"]?"
_GOT = r"(?:拿了|拿到|(?:自评|实际|实|最终|共|合计|综合|评价|应|总)*(?:得分|得到|得|评分|评|计|分数|自评分|自评))(?:情况)?[为是：:]?"
_WEIGHT = rf"(?:[，,：:（(]?(?:权重|满分|分值|标准分|总分|占|共|配分)(?:值)?[为是共：:]?{NUMBER}[分%％]?[）)]?[，,；;]?|[（(]{NUMBER}分[，,](?=自评)|{NUMBER}分(?:[，,（(]|(?=(?:自评|实际|实)?得))|[（(]{NUMBER}分[）)]|(?:以|按照?)(?:满分)?{NUMBER}分(?:制|为满分)?计?(?:算|分)?[，,]?|{NUMBER}分计(?:算|分)?[，,]|{NUMBER}分[里中])"
#: what divides two groups in a list: a mark, after the full marks in brackets
_BETWEEN = re.compile(
    r"(?:[（(][^（）()]{1,14}[）)])?\s?(?:[、，,；;和与及]|。?（[一二三四五六七八九十]）)+\s?(?:以及)?[A-Z]?"
)
#: what says that points are those to be had
WEIGHTS_AHEAD = re.compile(
    r"(?:权重|分值|满分|赋分|配分|标准分)(?:依次|分别|设置|设定|设|值|为|是|如下|各|占)*[：:]?$"
    r"|满分[为是]?\s?100\s?分[，,](?:其中|分别为?|包括)?[：:]?$"  # 评价满分100分，其中预算执行10分、产出50分…
)
#: 分值：预算执行10分，成本20分，产出50分
WEIGHTS_LED = re.compile(r"\s*(?:各项?|指标)?(?:分值|权重|满分)(?:设置|分布|构成)?为?[：:]")
#: 决策和过程各占20分，产出40分、效益20分: behind one that says so, the others are full marks too
SHARES = re.compile(rf"(?:各|均)?占\s?{NUMBER}分?[，,、；;]$")
#: 评价指标体系由决策20分、过程20分…组成
MADE_OF = re.compile(r"体系|指标(?:由|包括|分为|设)|分为|构成|组成|设置")
#: 按市级指标体系，预算编制9.5分、…: what was measured by, not what it is made of
MEASURED = re.compile(
    r"(?:按照?|依据?|根据|对照|参照)[^，。；\d]{0,20}(?:体系|指标|办法|标准|评分表)(?:[（(](?:满分|共)?100分[）)])?[，,]"
)
WEIGHTS_BEHIND = re.compile(
    r"^\s?(?:[（(]?满分)?[）)]?的?(?:权重|分值|满分|标准|比重|计分)|^[、，]其[余他它](?:各项)?指标\s?\d"
)
#: what a group got, right behind its full marks: 产出指标50分，自评得分48分
GOT_BEHIND = re.compile(
    r"(?:计(?:算|分)?)?(?:\s?[，,（(])?\s?(?:自评|实际|实)?得|[，,（(](?:按照?|以)[^，。；]{1,16}?(?:折算|[计折算])"
    r"|[，,（(][不未无]扣分[，,]?(?:自评|实际|实|最终)?得"
    r"|[，,（(][^。；]{0,60}?扣\s?[\d.]+\s?分[，,]?(?:自评|实际|实|最终)?得"
)
#: 预算执行率指标10分按比例得7.46分: full marks, of which so much was got
OF_WHICH = re.compile(r"[，,]?按[^，。；\d]{1,10}[得计]\s?\d")
_ITEM_START = re.compile(r"^[\s—\-（(一二三四五六七八九十\d）).、．是其中：“\"①-⑳]*$")


#: names of groups that are the report's own, too, where no other group stands before them: 部门绩效自评得分80.3分
OF_REPORT = frozenset(("整体绩效", "部门绩效", "项目绩效"))


@cache
def group_names() -> tuple[str, ...]:
    """The groups of score sheets that are known, the longest name first."""
    groups = vocabulary()["groups"]
    return tuple(sorted((*groups["names"], *groups["rates"]), key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(map(re.escape, group_names()))
    name = rf"(?<![^包括其中为是对由和与及看项类含\W\dA-Z①-⑳])(?:其中|我局|我单位|本项目|项目|部门)?(?P<name>(?:{names})(?:[与和及、](?:{names}))?)"
    loose = rf"(?P<name>(?:{names})(?:[与和及](?:{names}))?)"
    got = re.compile(
        rf"{loose}{_KIND}(?:{_WEIGHT}(?!合计|总|共计|综合|最终))?\s?[，,：:]?{_GOT}\s?(?P<score>{NUMBER})\s?分?"
    )
    plain = re.compile(
        rf"{name}{_KIND}分?(?:[（(][^（）()]{{1,14}}[）)])?[为是：:]?\s?(?P<score>{NUMBER})\s?分?"
    )
    rows = re.compile(
        rf"(?P<names>(?:{names}){_KIND}(?:(?:[、，,和与及]“?|“)(?:{names}){_KIND})+)(?:[一二三四五六七八]?[个项类]?(?:维度|方面|部分|指标|环节)?)?(?:进行|开展|构成|组成)?[，,]?(?:各项|各部分)?的?"
        rf"(?:自评|评价)?(?:得分|评分|分数)?[，,]?(?:依次|分别)(?:自评|实际|实)?(?:得分|得|为|是|评分)*[：:]?\s?"
        rf"(?P<scores>{NUMBER}\s?分?(?:\s?[、，,和与及/]\s?{NUMBER}\s?分?)+)"
    )
    return got, plain, rows


#: 效果类26分，自评总得分92.1分: of the whole
TOTAL = re.compile(r"总(?:得)?分[为是：:]?\s?$")


def group_scores(text: str, listed: bool = False) -> dict[int, str]:
    """Where in a paragraph the scores of groups stand, each with its group's name.

    Points that are a group's full marks are none. `listed`: the paragraph may be one item of a list of
    scores, which alone names its group and its points.

    >>> group_scores("四个维度分别是：决策19分（满分20分）、过程23.36分（满分25分）。")
    {10: '决策', 23: '过程'}
    >>> group_scores("按决策15分、过程25分、产出35分、效益25分的权重计分")
    {}
    >>> group_scores("决策、过程依次得19分、18.9分")
    {8: '决策', 12: '过程'}
    """
    folded = fold(text)
    if not re.search(r"\d", folded):
        return {}
    got, plain, rows = _patterns()
    found: dict[int, str] = {}
    for row in rows.finditer(folded):
        names = [part for part in re.split(r"[、，,和与及“”\"]", row["names"]) if part]
        scores = _figures(row)
        weights = WEIGHTS_AHEAD.search(folded[: row.start("scores")].removesuffix("为"))
        if len(names) == len(scores) and not weights:
            found |= {at: _plain_name(name) for at, name in zip(scores, names, strict=True)}
    for match in got.finditer(folded):
        asked = folded[max(folded.rfind(mark, 0, match.start()) for mark in "，。；\n") + 1 : match.start()]
        total = TOTAL.search(folded[: match.start("score")])
        apart = re.search("[，,]", folded[match.end("name") : match.start("score")])
        if apart and Decimal(match["score"]) > MOST_OF_GROUP:
            continue  # 较好地完成了年初设定的绩效目标，自评得分93.5分
        if not total and not re.search(r"问卷|调查|测评|走访|回访|群众|对象|[按据]$|整体绩效目标$", asked):
            found.setdefault(match.start("score"), match["name"])
    parts = folded.find("其中")
    for at in [at for at, name in found.items() if name in OF_REPORT and at < parts]:
        del found[at]  # 部门整体绩效自评得分90.2分，其中…
    if set(found.values()) <= OF_REPORT:
        found = {}  # 整体绩效自评得分93分: the report's own, where no other group stands beside it
    for at, name in (
        *_listed(folded).items(),
        *_typed(folded).items(),
        *_led(folded).items(),
        *_told_of_full(folded).items(),
        *_remarked(folded).items(),
        *_bracketed(folded).items(),
        *_numbered(folded).items(),
        *_reckoned(folded).items(),
        *_in_two_rows(folded).items(),
        *_told_twice(folded).items(),
    ):
        found.setdefault(at, name)
    for chain in _chains(folded, plain):
        first, last = chain[0], chain[-1]
        lead = folded[max(folded.rfind(mark, 0, first.start()) for mark in "。；\n") + 1 : first.start()]
        lead = MEASURED.sub("", lead)
        told = re.search(r"得分|得|自评", lead)
        weighed = (
            WEIGHTS_AHEAD.search(lead)
            or WEIGHTS_LED.match(lead)
            or SHARES.search(folded[: first.start()])
            or WEIGHTS_BEHIND.match(folded[last.end() :])
        )
        whole = sum(Decimal(match["score"]) for match in chain) == 100
        inside = re.search(r"\d分?[（(]$", lead)  # 绩效指标90分（产出50分、效益30分、满意度10分）
        alone = len(chain) == 1 and not (listed and _ITEM_START.match(folded[: first.start()]))
        if weighed or alone or ((MADE_OF.search(lead) or whole or inside) and not told):
            continue
        for match in chain:
            if not OF_WHICH.match(folded, match.end()):
                found.setdefault(match.start("score"), match["name"])
    found = {at: name for at, name in found.items() if name and not _surveyed(name, folded[at:])}
    found |= _extra(folded, found)
    opening = min(found, default=0)
    if found.get(opening) in OF_REPORT:
        del found[opening]  # 本部门整体绩效得分95.6分。预算执行率得19.6分；产出指标得39分
    return found


#: 创新加分2分
EXTRA = re.compile(rf"(?P<name>[一-鿿]{{0,4}}加分)项?(?:得|为|共)*\s?(?P<score>{NUMBER})\s?分")
POINTS = re.compile(rf"(?<![\d.])({NUMBER})\s?分")


def _extra(text: str, found: dict[int, str]) -> dict[int, str]:
    """Points beside those of the groups, where a total is told that counts them in."""
    told = sum((Decimal(match[1]) for at in found if (match := POINTS.match(text, at))), Decimal(0))
    totals = {Decimal(points) for points in POINTS.findall(text)}
    extra = (match for match in EXTRA.finditer(text) if told and told + Decimal(match["score"]) in totals)
    return {match.start("score"): match["name"] for match in extra}


#: what hardly a group of a sheet of 100 has
MOST_OF_GROUP = Decimal(70)
#: what a sheet of 100 gives to satisfaction at most, and a survey's mean exceeds
SATISFIED = Decimal(40)


def _surveyed(name: str, told: str) -> bool:
    """Whether points are a survey's: 居民满意度得分88.7分."""
    points = re.match(NUMBER, told)
    return "满意度" in name and points is not None and Decimal(points[0]) > SATISFIED


#: 分组得分：资金8.4分，产出47分… · 得分情况：执行10分中得9.4分，产出得46分… · 三部分得分依次为当年预算执行情况19.61分、…
LISTED = re.compile(
    r"(?:得分|评分|打分)(?:情况|结果)?(?:分别)?(?:如下|为|是)?[：:]|[三四五六](?:个?部分|大?项|大?块|个?方面|个?维度|大?类)(?:自评)?得分(?:依次|分别)[为是][：:]?"
)
LISTED_ITEM = re.compile(
    rf"\s?[“\"]?(?P<name>[一-鿿]{{2,8}}?)[”\"]?(?:{NUMBER}分(?:中|里|内|，)?|[（(](?:满分)?{NUMBER}分?[）)])?(?:实|自评)?"
    rf"(?:得|得分|评分)?[为是：:]?\s?(?P<score>{NUMBER})\s?分(?:[（(][^（）()]{{1,14}}[）)])?[，,、；;。]?"
)
SUMMED = re.compile(
    r"(?:合|总|共)计?|小计|满分|[累相]加|加[总和起在]|累计|[总综]|.*(?:自评|最终|整体|分值|权重|满分)|.*扣$"
)


def _listed(text: str) -> dict[int, str]:
    """The items of a list that is called scores: groups that the vocabulary does not know among those that it does."""
    found: dict[int, str] = {}
    for lead in LISTED.finditer(text):
        items: list[re.Match[str]] = []
        at = lead.end()
        while (item := LISTED_ITEM.match(text, at)) and not SUMMED.match(item["name"]):
            items.append(item)
            at = item.end()
        known = [item for item in items if item["name"] in group_names()]
        if len(items) >= 3 and len(known) >= 2:
            found |= {item.start("score"): item["name"] for item in items}
    return found


#: 绩效类指标满分60分，自评54.5分: a group by its form, whatever it is called
TYPED = re.compile(
    rf"(?P<name>[一-鿿]{{2,4}}?类(?:一级)?指标)(?:满分|权重|分值|标准分)[为是：:]?{NUMBER}分?[，,、]"
    rf"(?:自评|实际|实|评价)*(?:得分|得|评分)?[为是：:]?\s?(?P<score>{NUMBER})\s?分"
)


def _typed(text: str) -> dict[int, str]:
    """Scores of two groups and more that are called 某类指标 and told with their full marks."""
    told = list(TYPED.finditer(text))
    return {match.start("score"): match["name"] for match in told} if len(told) > 1 else {}


@cache
def _of_full() -> re.Pattern[str]:
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"(?<!\d)(?P<full>{NUMBER})分的(?P<name>(?:项目|部门)?(?:{names})){_KIND}(?:最后|最终|实际|自评|综合|共|合计)*(?:得分|得到|得|评分|评得|计)[为是：:]?\s?(?P<score>{NUMBER})\s?分"
    )


def _told_of_full(text: str) -> dict[int, str]:
    """The scores of groups behind their full marks: 扣2分，30分的产出部分最后得28分."""
    return _within_full(_of_full(), text)


def _within_full(pattern: re.Pattern[str], text: str) -> dict[int, str]:
    """The groups that a pattern tells with full marks and with a score that is no more, and is what is left of them
    where it tells what was taken off."""
    found = {}
    for one in pattern.finditer(text):
        score, full, taken = Decimal(one["score"]), Decimal(one["full"]), one.groupdict().get("taken")
        if score <= full and (not taken or full - Decimal(taken) == score):
            found[one.start("score")] = one["name"]
    return found


@cache
def _in_brackets() -> re.Pattern[str]:
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"[本该此](?:部分|板块|大?类|方面|环节)[（(](?P<name>(?:项目|部门)?(?:{names})){_KIND}[）)](?:满分|权重|分值|标准分)值?[为是：:]?"
        rf"(?P<full>{NUMBER})\s?分?[，,](?:自评|实际|实|评价)*得分?[为是：:]?\s?(?P<score>{NUMBER})\s?分"
    )


def _bracketed(text: str) -> dict[int, str]:
    """The score of the group that a bracket names: 本部分（项目决策）满分20分，自评得19分。"""
    return _within_full(_in_brackets(), text)


@cache
def _by_rule() -> re.Pattern[str]:
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"(?<![一-鿿])(?P<name>(?:项目|部门)?(?:{names})){_KIND}(?:共|满分|分值|权重|总分)?[为是：:]?(?P<full>{NUMBER})\s?分[，,（(]"
        rf"(?:(?:按照?|以)[^，。；]{{1,16}}?(?:折算|计算|计分|[计折算])后?(?:实?得|为)?|[不未无]扣分[，,](?:自评|实际|实|最终)?得分?"
        rf"|[^。；\n]{{0,60}}?扣(?:减)?(?P<taken>{NUMBER})\s?分[，,]?(?:自评|实际|实|最终)?得分?[为是：:]?)\s?(?P<score>{NUMBER})\s?分"
    )


def _reckoned(text: str) -> dict[int, str]:
    """Scores of groups behind what was reckoned by, or what was taken off their full marks, which must leave them:
    预算执行10分，按94.87%计9.4分；产出指标50分，加装电梯未达标，扣4分，得46分。"""
    return _within_full(_by_rule(), text)


#: 得19分 · 该部分为49.5分, as a paragraph ends what it says of one group
ENDS_IN = re.compile(
    rf"[，；。,;](?:因此|故|最终|实际|实|自评|该部分|本部分|此部分|此项|该项|本项|共|合计)*(?:得分|得|计|评分|自评分|为)[为是：:]?\s?(?P<score>{NUMBER})\s?分[。；]?\s*$"
)


@cache
def _with_full() -> re.Pattern[str]:
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"(?<![一-鿿])(?P<name>(?:项目|部门)?(?:{names})){_KIND}[（(](?:满分|权重|分值)?(?P<full>{NUMBER})\s?分[）)]\s?(?P<score>{NUMBER})\s?分"
    )


def _remarked(text: str) -> dict[int, str]:
    """Scores of two groups and more right behind their full marks, with a remark on each between them:
    项目决策（20分）18.5分，目标偏笼统；项目过程（20分）19分，…"""
    told = _within_full(_with_full(), text)
    return told if len(told) > 1 else {}


@cache
def _items() -> re.Pattern[str]:
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"(?:^|[\n。；])\s*[（(]?[一二三四五六\d][）).．、]\s?(?P<name>(?:项目|部门)?(?:{names})){_KIND}(?P<score>{NUMBER})\s?分(?=[，。；：\n])"
    )


def _numbered(text: str) -> dict[int, str]:
    """Scores of three groups and more, each at the head of an item: 1.投入18.0分。…\\n2.过程26.4分。…"""
    told = list(_items().finditer(text))
    whole = sum(Decimal(match["score"]) for match in told) == 100
    return {match.start("score"): match["name"] for match in told} if len(told) > 2 and not whole else {}


@cache
def _leads() -> re.Pattern[str]:
    names = "|".join(map(re.escape, group_names()))
    return re.compile(
        rf"\s*(?:[（(]?[一二三四五六七八九十\d]{{1,2}}[.．、）)]\s?)?在?(?P<name>(?:项目|部门)?(?:{names}))(?:类指标|指标|方面|部分|情况|类)*"
        rf"[（(](?:标准分|满分|权重|分值|共|总分)?值?[为是：:]?(?P<full>{NUMBER})\s?[分%％]?[）)][，,。：:]"
    )


def _led(text: str) -> dict[int, str]:
    """The score at the end of a paragraph that a group with its full marks begins: 1.项目决策（标准分20分）。…，得19分。"""
    led, ends = _leads().match(text), ENDS_IN.search(text)
    if not led or not ends or Decimal(ends["score"]) > Decimal(led["full"]):
        return {}
    return {ends.start("score"): led["name"]}


_ROW = rf"{NUMBER}\s?分?(?:\s?[、，,和与及]\s?{NUMBER}\s?分?)+"
SCORES_ROW = re.compile(
    rf"[，,；](?:(?:自评|实际|评价)?(?:得分|评分)(?:依次|分别)|(?:自评)?(?:依次|分别)?(?:自评|实)?得分?)[为是：:]?\s?(?P<scores>{_ROW})"
)
_NAME = "[一-鿿]{2,14}?"
#: 预算编制、预算执行、履职效能、社会效益四个方面分别得14.5分、22.82分、34.93分、16.5分: some of them known
GOT_ROW = re.compile(
    rf"(?:^|[，,；：:。]|其中)(?P<names>{_NAME}(?:、{_NAME}){{2,}})(?:[三四五六]个?(?:一级)?(?:指标|维度|部分|方面))?(?:分别|依次)(?:自评)?得分?[为是：:]?\s?(?P<scores>{_ROW})"
)
#: 投入、过程、产出、效果四个一级指标的分值依次为15分、25分、30分、30分 · 预算执行、履职效能和社会效应三个部分，权重依次是20分、45分和35分
FULLS_ROW = re.compile(
    rf"(?:^|[，,；：:]|其中)(?P<names>{_NAME}(?:、{_NAME})+)(?:[二三四五六]个?(?:一级)?(?:指标|维度|部分|方面)[，,]?)?的?(?:分值|满分|权重|标准分)(?:依次|分别)[为是：:]?\s?(?P<fulls>{_ROW})$"
)
#: 部门预算管理分值60分、专项预算管理分值30分、绩效结果应用分值10分
FULLS_LIST = re.compile(
    rf"(?:^|[，,；：:]|其中)(?P<items>{_NAME}(?:分值|满分|权重|标准分){NUMBER}\s?分(?:[、，]{_NAME}(?:分值|满分|权重|标准分){NUMBER}\s?分)+)$"
)


def _in_two_rows(text: str) -> dict[int, str]:
    """Scores told in a row behind the names and full marks of their groups, whatever they are called:
    投入、过程、产出、效果四个一级指标的分值依次为15分、25分、30分、30分，自评得分依次为14.5分、23.61分、29分、28.5分."""
    found: dict[int, str] = {}
    for row in GOT_ROW.finditer(text):
        names, scores = row["names"].split("、"), _figures(row)
        if len(names) == len(scores) and sum(name in group_names() for name in names) >= 2:
            found |= dict(zip(scores, names, strict=True))
    for row in SCORES_ROW.finditer(text):
        said = text[: row.start()].rpartition("。")[2]
        if fulls := FULLS_ROW.search(said):
            names, marks = fulls["names"].split("、"), re.findall(NUMBER, fulls["fulls"])
            if len(names) < len(marks):
                names = re.split("[、和与及]", fulls["names"])
        elif listed := FULLS_LIST.search(said):
            items = re.findall(rf"({_NAME})(?:分值|满分|权重|标准分)({NUMBER})", listed["items"])
            names, marks = [name for name, _ in items], [mark for _, mark in items]
        elif (plain := POINTS_ENDING.search(said)) and _hundred(plain["items"]):
            items = POINTS_ITEM.findall(plain["items"])
            names, marks = [name for name, _ in items], [mark for _, mark in items]
        else:
            continue
        scores = _figures(row)
        if len(names) == len(marks) == len(scores) and all(
            score <= Decimal(mark) for score, mark in zip(scores.values(), marks, strict=True)
        ):
            found |= dict(zip(scores, names, strict=True))
    return found


#: 部门履职绩效60分、预算管理绩效30分、资产采购管理10分
_POINTS = rf"(?!满?分|其中|自评|总分|合计|[分得]|依次){_NAME}{NUMBER}\s?分"
POINTS_LIST = re.compile(rf"(?:本部门|我局|其中)*(?P<items>{_POINTS}(?:[、，,]{_POINTS})+)")
POINTS_ITEM = re.compile(rf"(?P<name>{_NAME})(?P<points>{NUMBER})\s?分")
#: 预算执行率10分、产出指标50分、效益指标30分、满意度指标10分, before 自评得分依次为…
POINTS_ENDING = re.compile(
    rf"(?:其中|包括|[，,：:]|^)(?:本部门|我局|本项目)?(?P<items>{_POINTS}(?:[、，,]{_POINTS})+)$"
)


def _hundred(items: str) -> bool:
    """Whether the points of a list are full marks: they make 100."""
    return sum(Decimal(points) for _, points in POINTS_ITEM.findall(items)) == 100


def _told_twice(text: str) -> dict[int, str]:
    """Scores of groups, whatever they are called, that are told by the names by which their full marks of 100 were:
    其中部门履职绩效60分、…、资产采购管理10分。我局自评得分84.36分，其中部门履职绩效48.6分、…；or in a row behind them:
    投入15分、过程25分、产出35分、效果25分，分别得15分、23.6分、34分、23.8分. Full marks are of no group: ""."""
    lists = list(POINTS_LIST.finditer(text))
    told = [list(POINTS_ITEM.finditer(text, *one.span("items"))) for one in lists]
    found: dict[int, str] = {}
    for at, fulls in enumerate(told):
        names, marks = [item["name"] for item in fulls], [Decimal(item["points"]) for item in fulls]
        if sum(marks) != 100:
            continue
        row = SCORES_ROW.match(text, lists[at].end())
        rows = [_figures(row)] if row else []
        rows += [
            {item.start("points"): Decimal(item["points"]) for item in again}
            for again in told[at + 1 :]
            if [item["name"] for item in again] == names
        ]
        for scores in rows:
            if len(scores) == len(marks) and all(s <= m for s, m in zip(scores.values(), marks, strict=True)):
                found |= dict(zip(scores, names, strict=True)) | {item.start("points"): "" for item in fulls}
    return found


def _figures(row: re.Match[str]) -> dict[int, Decimal]:
    """The scores of a row, each by where it stands in the text."""
    at = row.start("scores")
    return {at + score.start(): Decimal(score[0]) for score in re.finditer(NUMBER, row["scores"])}


def _chains(text: str, pattern: re.Pattern[str]) -> list[list[re.Match[str]]]:
    """Matches that follow each other with nothing but a mark between."""
    chains: list[list[re.Match[str]]] = []
    matches = [
        match for match in pattern.finditer(text)
        if "分" in text[match.end("name") : match.end()] and not GOT_BEHIND.match(text, match.end())
    ]  # fmt: skip
    for match in matches:
        if chains and _BETWEEN.fullmatch(text[chains[-1][-1].end() : match.start()]):
            chains[-1].append(match)
        else:
            chains.append([match])
    return chains


def _plain_name(text: str) -> str:
    """A name without 类, 指标 or 部分 behind it, where the vocabulary knows it so."""
    return next((name for name in group_names() if text.startswith(name)), text)
