"""The grade that a report gives itself: not a scale's that it quotes, not a project's, not last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.figures.names import vocabulary
from extractors.figures.numerals import fold
from extractors.figures.whose import of_other_evaluation, of_others, of_projects
from extractors.grades import bands_in

#: 综合评价等级为“良好” · 评定结果：优 · 自评等次为优秀
GRADE = re.compile(
    r"""(?:等级|等第|自认|够得上|称得上|评价结果|评定结果|自评结果|评级|等次|档次|评定|评价结论|自评结论|评价|结论|结果|级别|级次|档位|[应可拟]评|评为|定为|属于|属|自评|对应|归入|列入|列为|[列归](?=[“\"][优良中低差])|[属列](?:为|入|于|在)?第[一二三四][档等](?=[“\"]?[优良中低差])|落在|分制下|判定|确定|认定|(?:按|据|依)(?:分数|得分|评分)?区间)
    (?:[^，。；、“”"\d]{0,6}?)(?:为|是|：|:|达到|属于|评为|定为|等级|对应|在)?\s?
    [“”"「『（(]?(?P<grade>优秀|良好|较好|中等|合格|不合格|较差|一般|优|良|(?<![程作动期其当查审])中|低|差)(?P<close>[“”"」』）)]|等级|等次|档次|级|档)?
    (?=[，。；、：！\s（(）)]|\.(?!\d)|等级|等次|等[，。；]|(?:这?一)?档|级|的?区间|的(?:档次|等次|等级)|$|并|且|较)""",
    re.X,
)
#: 得分：88.92分，“优秀” · 98分（优）
BESIDE = re.compile(
    r"\d分?[，,、]?\s?(?:[（(]|为|是|算是?|够得上|称得上|属于?|等级为?|评为|达到|(?:刚好|正好|恰好|已)?(?:进入|跨入))?\s?[“”\"「『（(](?P<grade>优秀|良好|中等|合格|较差|优|良|中|低|差)[”“\"」』）)]"
    r"|\d分[，,、]\s?(?:为|属于?|算|系|达到|评为|评)?(?P<bare>优秀|良好|优|良)(?:等次|档次|等级|级|档|等)?(?=[。；，,]|$)"
)
BAND = re.compile(
    r"\d\s?分?\s?(?:[（(]\S{1,2}[）)])?\s?(?:及?以上|以下|[-—~～至到]\s?\d+\s?分?|＞|≥|≤)|[≥≤＞＜><]\s?\d|分为[“”\"优]|[\[（(]\d+[,，]\d+[\])）]"
)


#: 所以我们是“优”。
WE_ARE = re.compile(
    r"(?:^|[。；，])(?:所以|因此|故|按此)?(?:我们|[我本](?:单位|部门|项目|[局站院馆场所会校办委镇乡]))(?:就|应)?(?:是|算|属于?|为)"
    r"[“\"]?(?P<grade>优秀|良好|中等|优|良|中|差)(?:等|等级|等次|档)?[”\"]?(?=[，。；])"
)
#: 优为对应等级
REVERSED = re.compile(
    r"(?:^|[，。；])[“\"]?(?P<grade>优秀|良好|中等|优|良|中|差)[”\"]?为(?:其|对应|自评|评价|评定|绩效)+的?(?:等级|等次|档次)"
)
#: 90分以上为“优”，本单位属“优”: behind the band the grade itself
OWN_GRADE = re.compile(
    r"^(?:因此|故|据此|所以)?(?:我|本)(?:局|单位|部门|项目|委|办|院|校|中心|镇|乡|次)(?:自评|评价|绩效|整体|结果|等级|等次)*(?:属于?|为|是|评为|达到|列为|归入|自认为|(?<=等[级次]))[“\"]?$"
    r"|^(?:因此|因而|由此|故|据此|所以|遂)(?:自评|评定?|定|判定|认定)(?:等级|等次)?(?:定|评)?为[“\"]?$"
)
#: 得分落在80（含）—90分区间，等次为“良”: the band is the one that the report's own score is in
FALLS_IN = re.compile(
    r"(?:落在|落入|处于|处在|位于|属于|在)[^，。；]{0,4}\d[^，。；]{0,14}(?:区间|范围|之间|档次?|段)内?，(?:评定|绩效|自评|评价|对应)*(?:等级|等次|档次|评级|结果|评定)?[定评]?[为是：]?[“\"]?$"
    # 在“优（90分以上）、良（80-90分）”两档中属优
    r"|[两三四][档等]中属于?[“\"]?$"
)
#: 自评得分93.5分（百分制），属“优”等次（≥90分）: right behind the report's own score
SCORED_AS = re.compile(
    r"(?:得分?|自评|总分|总计|合计|共)[^，。；\d]{0,8}\d[\d.]*\s?分(?:[（(][^（()）]*[）)])?[，,、]?(?:属于?|达到|评为|等级为?|等级评定)[“\"]?$"
)
#: the lowest band of a scale that is quoted
LOWEST = re.compile(
    r"以下\S{0,4}[差中低]|[差低][”“]?\s?[（(](?:得分|分数|总分)?\s?[<＜≤]\s?\d+|[差中低][”“]?[（(]?\d+分?以下|[<＜≤]\s?\d+分?(?:的|者)?[为是：:]?[“\"]?[差低]|(?:不足|低于|不满|不到)\s?\d+分?\S{0,4}[差低]"
)


#: 等次为“优”（90分及以上为优，80—89分为良） · 按照“90分以上为优”的分档，评为优: a scale in brackets, or what is judged by
SCALE = re.compile(
    r"[（(][^（()）]*\d\s?分?[^（()）]*[优良中][^（()）]*\d\s?分?[^（()）]*[优良中差][^（()）]*[）)]"
    r"|[“\"][^“”\"]*\d[^“”\"]*[优良中差][^“”\"]*[”\"](?=的|这一?|分档|档次|标准|规定|等级|区间)"
    r"|(?:按照?|[对参依]照|根据|依据)[^，。；“”]{0,10}\d\s?分[^，。；“”]{0,40}[优良中差][^，。；“”]{0,8}的(?:分档|档次|标准|规定|划分|等级|区间)"
)


#: 省厅公共文化效能评估中我县得81.3分，列全省第42位，等次为良
IN_CONTEST = re.compile(
    r"(?:评估|考核|考评|评比|测评|创建)中[，,]?我[省市县区州旗]|[列居排][^，。；]{0,8}第\s?\d+\s?[位名]"
)


@dataclass(frozen=True, slots=True)
class Rating:
    """text[start:end] is the grade of the report; `grade` as one of 优 良 中 低 差."""

    start: int
    end: int
    grade: str


def find_ratings(text: str, year: int | None = None, whole: bool = True) -> Iterator[Rating]:
    """The grades that a sentence gives the department for `year`; none from a sentence that quotes
    bands, none of another year or by another body, in a report of the `whole` none of a project.

    >>> [(r.grade, r.start) for r in find_ratings("评价等级为“良好”。")]
    [('良', 6)]
    """
    scored = (
        re.search(
            r"分|档次|等级|等次|评定|评级|自评|绩效|(?:据此|因此|由此|故|最终|[我本](?:项目|局|单位|部门|院|校|中心|镇|乡|街道|委|办|会|馆|站))(?:自|被|应|可)?[评定]为",
            text,
        )
        is not None
    )
    text = SCALE.sub(lambda scale: "　" * len(scale[0]), text)
    banded = list(LOWEST.finditer(text))
    after_bands = banded[-1].end() if banded else 0
    listed = list(re.finditer(r"[“”\"]?(优秀?|良好?|中等?|低|较?差)[“”\"]?(?=[、，；）)])", text))
    list_at = 0
    # 90分以上“优”，75分至90分“良”，60分至75分“中”，我局自评等级为优
    if not banded and len({one[1] for one in listed}) >= 3:
        list_at, after_bands = listed[0].start(), listed[-1].end()
    folded = fold(text)
    aside = _bracket_around(folded, banded[-1].start()) if banded else -1
    grades = {word: grade for grade, words in vocabulary()["grades"].items() for word in words}
    seen: set[int] = set()
    for pattern in (GRADE, BESIDE, WE_ARE, REVERSED):
        for match in pattern.finditer(folded):
            name = "grade" if match["grade"] else "bare"
            start, end = match.span(name)
            before = re.split("[）；。]", folded[max(0, start - 14) : start])[-1]
            clause = before.rpartition("，")[2]
            if re.search(r"等级|等次|评[为定]|结果|结论|属于?", clause):
                before = clause
            own = (
                OWN_GRADE.search(clause)
                or FALLS_IN.search(folded[:start])
                or SCORED_AS.search(folded[:start])
            )
            opens = start < aside or start < list_at or folded.startswith(("，即", "”，即", "（即"), end)
            behind = 0 if opens else after_bands  # 等次为“优”（90分及以上为优，80—90分为良…）
            window = max(0, start - (len(clause) if own else 16), behind)
            if (
                start < behind
                or not (scored or pattern is WE_ARE)
                or start in seen
                or BAND.search(folded[window : end + 1])
            ):
                continue
            if not own and any(band.start < start < band.end for band in bands_in(text)):
                continue  # 综合得分达到95分定为优，达到85分定为良
            if folded[start - 1 : start] in tuple("偏较过最很更略降"):
                continue  # 对方言类节目评价偏低
            if match["grade"] == "中" and folded[start - 1] in "评价定果论次":
                continue  # 自评中，…
            foreign = re.search(
                r"考核|获|目标|力争|先进|信用|质量|档案|等级评定$|满意|环境|安全|分[为成]?[三四五]个?[档等级]",
                before,
            )
            if (foreign and not own) or (
                match["grade"] in ("较好", "一般") and not match.groupdict().get("close")
            ):
                continue
            spoken = folded[max(folded.rfind(m, 0, start) for m in "。；") + 1 : start]
            if (
                IN_CONTEST.search(spoken)
                or of_other_evaluation(spoken)
                or of_others(spoken, year)
                or (whole and of_projects(spoken))
            ):
                continue
            seen.add(start)
            yield Rating(start, end, grades[match[name]])


def _bracket_around(text: str, at: int) -> int:
    """Where the outermost bracket opens that holds the character at `at`; -1 where none does."""
    opened: list[int] = []
    for place, char in enumerate(text[:at]):
        if char in "（([［【":
            opened.append(place)
        elif char in "）)]］】" and opened:
            opened.pop()
    return opened[0] if opened else -1
