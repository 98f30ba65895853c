"""Points and grades: the report's own score, not the rule's bands, not an indicator's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.figures.names import vocabulary
from extractors.figures.numerals import fold
from extractors.figures.segments import has, tagged
from extractors.figures.setting import Decision, Scene

GROUP = re.compile(
    r"(?P<name>[一-鿿、]{2,16}?)(?:部分|方面|类|指标)?(?:自评)?(?:得分|得|评分|分数|自评分?)?[为是：:]?$"
)
FULL = re.compile(r"(?:满分|总分值|分值合计)(?:值|共计?|为|是|[:：])*\s?$")
#: 综合评价等级为“良好” · 评定结果：优 · 自评等次为优秀
GRADE = re.compile(
    r"""(?:等级|评价结果|评定结果|自评结果|评级|等次|档次|评定|评价结论|自评结论|评价|结论|结果|级别|评为|定为|属于|属|自评|对应)
    (?:[^，。；、“”"\d]{0,6}?)(?:为|是|：|:|达到|属于|评为|定为|等级|对应|在)?\s?
    [“”"「『（(]?(?P<grade>优秀|良好|较好|中等|合格|不合格|较差|一般|优|良|中|低|差)(?P<close>[“”"」』）)]|等级|等次|档次|级|档)?
    (?=[，。；、！\s（(）)]|等级|等次|档|级|$|并|且|较)""",
    re.X,
)
#: 得分：88.92分，“优秀” · 98分（优）
BESIDE = re.compile(
    r"\d分?[，,、]?\s?(?:[（(]|为|属于?|等级为?|评为|达到)?\s?[“”\"「『（(](?P<grade>优秀|良好|中等|合格|较差|优|良|中|低|差)[”“\"」』）)]"
)
BAND = re.compile(
    r"\d\s?分?\s?(?:[（(]\S{1,2}[）)])?\s?(?:及?以上|以下|[-—~～至到]\s?\d+\s?分?|＞|≥|≤)|[≥≤＞＜><]\s?\d|分为[“”\"优]|[\[（(]\d+[,，]\d+[\])）]"
)


@dataclass(frozen=True, slots=True)
class Rating:
    """text[start:end] is the grade of the report; `grade` as one of 优 良 中 低 差."""

    start: int
    end: int
    grade: str


def find_ratings(text: str) -> Iterator[Rating]:
    """The grades that a sentence gives the department; none from a sentence that quotes bands.

    >>> [(r.grade, r.start) for r in find_ratings("评价等级为“良好”。")]
    [('良', 6)]
    """
    banded = list(re.finditer(r"以下\S{0,4}[差中低]|[差中低][”“]?[（(]?\d+分?以下", text))
    after_bands = banded[-1].end() if banded else 0
    if (
        not banded
        and len(set(re.findall(r"[“”\"]?(优秀?|良好?|中等?|低|较?差)[“”\"]?(?=[、，；）)])", text))) >= 3
    ):
        return
    folded = fold(text)
    grades = {word: grade for grade, words in vocabulary()["grades"].items() for word in words}
    scored = re.search(r"分|等级|等次|评定|评级|自评|绩效", folded) is not None
    seen: set[int] = set()
    for pattern in (GRADE, BESIDE):
        for match in pattern.finditer(folded):
            start, end = match.span("grade")
            before = folded[max(0, start - 14) : start]
            if (
                start < after_bands
                or not scored
                or start in seen
                or BAND.search(folded[max(0, start - 16) : end + 1])
            ):
                continue
            if re.search(r"考核|获|目标|力争|先进|信用|质量|档案|等级评定$|满意|环境|安全", before) or (
                match["grade"] in ("较好", "一般") and not match.groupdict().get("close")
            ):
                continue
            seen.add(start)
            yield Rating(start, end, grades[match["grade"]])


def decide_points(scene: Scene) -> Decision:
    """The decision for a number of points."""
    figure = scene.figure
    if figure.quantity is None or figure.upper or figure.bound:
        return scene.none("评分标准")
    near, everything = scene.segment.near, scene.segment.all
    if has(near, "not.deduct", "not.quote", "not.target") or (
        re.search(r"(?:扣|加|计|得|每\S{0,4}|减)$", scene.before)
        and not has(near, "score")
        and not _group(scene)
    ):
        return scene.none("评分标准")
    spoken = "".join(t.text for t in near)
    if re.match(
        r"[（(]?(?:含|不含)?[）)]?(?:以上|以下|及以上|及以下|为[优良中差]|的?评为[“”]?[优良中差])",
        scene.after.replace(" ", ""),
    ) and not has(near, "score"):
        return scene.none("评分标准")
    marks = [key for _, key in tagged(scene.labels, "score")]
    if has(everything, "turn.each") and "total" in marks:
        scene.talk.percent = "score"
    if scene.talk.percent == "score" and not near and not marks:
        return Decision(figure, "score.total", figure.quantity, None, scene.setting.fiscal_year)
    group = _group(scene)
    if FULL.search(fold(scene.before)) or (marks and marks[-1] == "full"):
        if scene.talk.group and not has(near, "topic.total") and figure.value != 100:
            return scene.none("分值")
        if figure.value < 50:
            return scene.none("分值")
        return Decision(figure, "score.full", figure.quantity, None, scene.setting.fiscal_year)
    if group is not None and not re.search(r"总分|总得分|综合得分|自评总|绩效自评得分|合计", spoken):
        scene.talk.group = group
        if re.search(r"分值|权重|满分|共\S{0,2}$", spoken):
            return scene.none("分值")
        return Decision(figure, "score.group", figure.quantity, group, scene.setting.fiscal_year)
    if scene.talk.group and not marks:
        return scene.none("评分标准")
    if "total" not in marks:
        return scene.none("评分标准") if not everything or marks else Decision(figure)
    if _prior(scene):
        return scene.none("其他年度得分")
    words = [t.text for t, key in tagged(scene.labels, "score") if key == "total"]
    if (
        words
        and words[-1] == "总分"
        and figure.value == Decimal(100)
        and re.search(r"得分?|自评", scene.source[scene.figure.end :])
    ):
        return Decision(figure, "score.full", figure.quantity, None, scene.setting.fiscal_year)
    if scene.name and not scene.setting.names.is_own(scene.name) and _stranger(scene.name):
        return scene.none("其他得分")
    scene.talk.group = None
    return Decision(figure, "score.total", figure.quantity, None, scene.setting.fiscal_year)


def _prior(scene: Scene) -> bool:
    year = scene.setting.fiscal_year
    return year is not None and scene.period is not None and scene.period < year


def _stranger(name: str) -> bool:
    return bool(
        re.search(r"满意|指标|考核|问卷|测评|复评|抽查|复核|考试|竞赛|评比|第三方|财政局|学员|企业", name)
    )


def _group(scene: Scene) -> str | None:
    """The first-level group that the clause names, as printed."""
    spoken = scene.source[scene.segment.near[0].start : scene.figure.start] if scene.segment.near else ""
    spoken = spoken or (
        scene.source[scene.segment.far[0].start : scene.figure.start] if scene.segment.far else ""
    )
    if not re.search(r"得分?|评分|自评|分数|：|:|[一-鿿]$", spoken):
        return None
    names = sorted(vocabulary()["groups"]["names"], key=len, reverse=True)
    plain = re.sub(
        r"^(?:其中|我(?:单位|局|部门|办|委)|本(?:单位|部门|级)|，|：|、)+", "", fold(spoken).strip()
    )
    plain = re.sub(r"^[\s（(一二三四五六七八九十\d）)、.．是其中：:“”\"]+", "", plain)
    if not scene.talk.group and not re.search(r"得|评|分数", plain):
        return None
    name: str
    for name in names:
        if plain.startswith(name):
            rest = plain[len(name) :]
            if re.fullmatch(
                r"[“”\"]?(?:（\S{1,6}）)?(?:部分|方面|类|一级指标|指标|情况|维度)?(?:自评|实际|共|合计|综合)?(?:得分|得|评分|分数|自评分|自评得分|分)?(?:情况)?[为是：:]?\s?",
                rest,
            ):
                return name
    return None
