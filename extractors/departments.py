"""The reporting department: of a label, the title, a form's header, the signature or the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extractors.context import Context
from extractors.covers import covers, is_name, name_of
from extractors.dates import DATE
from extractors.ordinals import number_of
from extractors.places import Span, sure
from schema.document import Block, Document
from schema.report import Fact

#: so many lines at the end and at the front may hold a signature
CLOSING, OPENING = 6, 15


#: an office with its place at the front of a project's name
LED = re.compile(
    r"[\u3400-\u9fff]{1,8}?(?:省|市|县|区|州|旗|盟|镇|乡)[\u3400-\u9fff]{1,16}?(?:局|委员会|厅|联合会|法院|检察院|人民政府|办公室|办事处|总工会|管委会|党校|中心)"
)
#: what parts the entries of a cover's line
GAP = re.compile(r"(?<=\S)(?:[ \u3000\xa0]{2,}|\t)")
#: what a title broken over lines has in its first ones, and no name
TITLE_PART = re.compile(
    r"^(?:关于)?[（(]?(?:20\d\d|二〇..)年(?:度)?[）)]?$|年度?(?:部门|单位|项目|预算|整体|财政|专项).{0,12}$|^(?:部门|单位)?(?:整体)?(?:支出)?(?:预算)?(?:绩效)?$"
)
#: （2023年度）, between the title and the department
YEAR_LINE = re.compile(r"[（(]?\s?20\d\d\s?年度?\s?[）)]?")
#: who carries a project out, as the text tells it
ACTING = (
    re.compile(
        rf"(?:由|单位为|部门为|单位是|部门是)(?P<name>{LED.pattern})(?=[^，。；]{{0,6}}(?:组织|负责|牵头|承担|实施|主管|申报|，|。))"
    ),
    re.compile(
        rf"(?:^|[。；，、）)])(?P<name>{LED.pattern})(?=(?:连续|获得|申报|组织|负责|承担|实施|具体|作为|年初|全年|对|开展))"
    ),
)
#: 某市公安局（科技信息化支队） · 某县殡仪馆（民政局下属） · 综合行政执法局（某县城市管理局）: who within it, whose it is, what else it
#: is called; （本级） is part of a name
WITHIN = re.compile(
    r"(?<=.{4})[（(][^（()）]*(?:支队|大队|[科股处室队]|下属|所属|代章|盖章)[）)]$|(?<=[局委])[（(][^（()）]{4,}局[）)]$"
)


def read_department(context: Context, places: dict[str, list[Span]], titles: list[Block]) -> list[Fact]:
    spans = [span for span in (_named(context.document, s) for s in places.get("department", [])) if span]
    own = [span for span in spans if span.rank == 1 and span.region == 0]
    later = [span for span in spans if span.rank == 1 and span.region in (2, 3)]
    titled = _titled(context.document, titles)
    forms = _of_form(context.document, [span for span in spans if span.rank > 1 and span.region != 4])
    told = [span for span in spans if span.region == 4]
    signed = _signed(context.document)
    led = [span for span in forms if span.region == 0] if context.kind == "project_report" else []
    above = _value(context.document, titled[0]) if titled else ""
    named = [_value(context.document, span) for span in led]
    if above in named[1:] and above != named[0]:
        led = []  # the unit that carries the project out stands over the title, too
    order = (
        (own, led, titled, later, forms, signed)
        if context.kind.endswith("report")
        else (own, forms, later, titled, signed)
    )
    best = next((found for found in order if found), [])
    if not best:
        best = [span for span in told if span.rank == 1] or _of_form(context.document, told)
    if not best:
        best = _introduced(context)
    if not best:
        return []
    if fuller := _with_county(context, _value(context.document, best[0])):
        best = [fuller]
    value = _value(context.document, best[0])
    same = [
        span
        for span in (*best, *(s for group in order for s in group))
        if _value(context.document, span) == value
    ]
    return [
        Fact(
            "department",
            context.evidence(span.block, span.start, span.end),
            text=_value(context.document, span),
            confidence=sure(context, span),
        )
        for span in dict.fromkeys(same)
    ]


#: 石岜镇人民政府, of no county
TOWNSHIP = re.compile(
    r"(?![\u3400-\u9fff]*[县市区旗州])[\u3400-\u9fff]{1,6}?(?:镇|乡|街道|苏木)(?:人民政府|办事处|党工委)?"
)


def _with_county(context: Context, value: str) -> Span | None:
    """Where a township is named with its county, 岑洛县石岜镇人民政府, where the title leaves that out."""
    if not TOWNSHIP.fullmatch(value):
        return None
    full = re.compile(rf"[\u3400-\u9fff]{{1,6}}[县市区旗]{value}")
    for block in context.document.body():
        text = re.sub(
            r"^(?:.*?(?:现将|根据|我镇|我乡|[：:，。]))", lambda lead: " " * len(lead[0]), block.text
        )
        if found := full.search(text):
            return Span(block.index, *found.span(), 4, 1, False)
    return None


def _value(document: Document, span: Span) -> str:
    return re.sub(r"\s+", "", document.blocks[span.block].text[span.start : span.end])


def _named(document: Document, span: Span) -> Span | None:
    """The span narrowed to a department's name, None where it holds none."""
    text = document.blocks[span.block].text
    span = replace(span, end=span.start + _reach(text[span.start : span.end]))
    name = name_of(text[span.start : span.end], strict=span.generic or span.region == 4)
    if name is None:
        return None
    said = text[span.start + name[0] : span.start + name[1]]
    within = WITHIN.search(said)
    return replace(
        span, start=span.start + name[0], end=span.start + name[0] + (within.start() if within else len(said))
    )


def _reach(value: str) -> int:
    """How far the value of a label goes: to the end of its sentence or of the bracket that it stands in."""
    depth = 0
    if dated := DATE.search(value):
        value = value[: dated.start()]  # 报送单位：某县交通运输局  2023年5月16日
    for at, mark in enumerate(value):
        depth += (mark in "（(") - (mark in "）)")
        if depth < 0 or mark in "。；" or (mark == "，" and is_name(value[:at])):
            return at
    return len(value)


#: 关于报送某县民政局2024年度…自评报告的函: what is done with the report, before whose it is
SENT = re.compile("^(?:报送|上报|呈报|呈送|提交|印发|公开)")


def _titled(document: Document, titles: list[Block]) -> list[Span]:
    for block in titles:
        for pattern in covers().title_names:
            for line, offset in _lines(block.text):
                lead = len(line) - len(line.lstrip())
                found = pattern.match(line.lstrip())
                whose = SENT.sub("", found["name"]) if found else ""
                if found and (length := _department_in(whose)):
                    start = offset + lead + found.end("name") - len(whose)
                    span = Span(block.index, start, start + length, 1, 1, False)
                    return [_office_above(document, block) or span] if _placeless(document, span) else [span]
        # the name in the line above: 惠东县工商业联合会 / 2023年度部门整体支出绩效自评报告
        lines = [b for b in reversed(document.blocks[: block.index]) if b.text.strip()][:4]
        # over a title of several lines: 2023年度部门整体支出 / 绩效自评报告
        above = next((b for b in lines if not TITLE_PART.search("".join(b.text.split()))), None)
        if above is not None and _bare_line(above.text):
            text = re.sub(r"^\s*(?:[2２][0０]\d\d\s*年度?)?\s*", lambda m: " " * len(m.group()), above.text)
            name = name_of(text, strict=True)
            if name and is_name(text[name[0] : name[1]]):
                return [Span(above.index, *name, 1, 1, False)]
            # 乌兰旗水利局牧区饮水安全提升工程 / 2021年度项目支出绩效自评报告
            if (start := len(text) - len(text.lstrip())) < len(text) and (led := LED.match(text, start)):
                return [Span(above.index, start, led.end(), 1, 1, False)]
        rest = (b for b in document.blocks[block.index + 1 :] if b.text.strip())
        below = next((b for b in rest if not YEAR_LINE.fullmatch(b.text.strip())), None)
        if below is not None and below.kind == "paragraph":
            text = GAP.split(below.text, maxsplit=1)[0]  # 清江县林业局    填报人：褚明礼
            if dated := DATE.search(text):
                text = text[: dated.start()]  # （清江县林业局 二〇二三年五月）
            name = name_of(text, strict=True) if _bare_line(text) else None
            if name and number_of(text)[0] == "" and is_name(text[name[0] : name[1]]):
                return [Span(below.index, *name, 1, 1, False)]
    return []


#: 渡口坝县供销合作社联合社: a name with its place
PLACED = re.compile(r"[\u3400-\u9fff]{1,8}?(?:省|市|县|区|州|旗|盟|镇|乡|街道)[\u3400-\u9fff]{2,}")


def _placeless(document: Document, span: Span) -> bool:
    """Whether a name in a title says no place, as the name of what is built does: 2023年农产品集配中心建设项目…"""
    return PLACED.match(_value(document, span)) is None


def _office_above(document: Document, title: Block) -> Span | None:
    """The office whose name with its place is all of the line over a title."""
    above = next((b for b in reversed(document.blocks[: title.index]) if b.text.strip()), None)
    name = name_of(above.text, strict=True) if above is not None and _bare_line(above.text) else None
    if above is None or name is None:
        return None
    said = above.text[name[0] : name[1]]
    whole = said == above.text.strip() and is_name(said) and PLACED.match(said)
    return Span(above.index, *name, 1, 1, False) if whole else None


def _bare_line(text: str) -> bool:
    """A short line that may be a name: a label or the person addressed (县财政局：) has a colon."""
    return len(text.strip()) <= 30 and not re.search("[:：]", text)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    at = 0
    for line in text.split("\n"):
        yield line, at
        at += len(line) + 1


def _department_in(name: str) -> int:
    """The length of the department's name at the front of a title's words, 0 for none."""
    for suffix in ("部门单位", "部门", "单位"):
        if name.endswith(suffix) and is_name(name[: -len(suffix)]):
            return len(name) - len(suffix)
    if is_name(name):
        return len(name)
    cut = re.match(
        r".{2,20}?(?:局|委员会|厅|联合会|法院|检察院|人民政府|办公室|办事处|总工会|管委会|党校|中心(?!小学|学校|卫生院|敬老院|幼儿园|医院|血站))",
        name,
    )
    return cut.end() if cut else 0


#: 国家林草局 · 中央 · 青海省林业和草原局, but no city's or county's
OF_PROVINCE = re.compile(r"国家|中央|.{0,3}省(?!.*[市县区州旗])|.{0,6}自治区(?!.*[市县区州旗])")


#: 项目单位：某县文化馆, on the cover above 主管部门：某县文化广电旅游局
OWN_UNIT = re.compile(r"(?<!实施)(?<!建设)项目单位(?:名称)?(?:[（(]\S{1,6}[）)])?\s?[：:]\s*$")


def _of_form(document: Document, spans: list[Span]) -> list[Span]:
    """The reporting department of a project form, of its 主管部门 and 实施单位; the local one of several 主管部门."""
    chiefs = [span for span in spans if span.rank == 2]
    units = [span for span in spans if span.rank == 3]
    lines = [s for s in units if s.region == 0 and OWN_UNIT.search(document.blocks[s.block].text[: s.start])]
    if lines and all(lines[0].block <= chief.block for chief in chiefs if chief.region == 0):
        return [*lines, *chiefs, *units]
    chiefs.sort(key=lambda span: len(chiefs) > 1 and bool(OF_PROVINCE.match(_value(document, span))))
    if chiefs and units:
        chief, unit = _value(document, chiefs[0]), _value(document, units[0])
        above = OF_PROVINCE.match(chief) and not re.match(r"国家|中央|.{2,3}省(?!.*[市县区])", unit)
        if chief in covers().general or (chief != unit and (re.search(r"财政[局厅部]", chief) or above)):
            return [*units, *chiefs]
    chiefs = [span for span in chiefs if _value(document, span) not in covers().general]
    return [*chiefs, *units]


def _signed(document: Document) -> list[Span]:
    """The name above the date at the end, or at the end of a covering letter."""
    paragraphs = [block for block in document.paragraphs() if block.text.strip()]
    pairs = list(pairwise(paragraphs))
    for block, below in (*reversed(pairs[-CLOSING:]), *pairs[:OPENING]):
        if DATE.search(below.text) and len(below.text.strip()) <= 24 and len(block.text.strip()) <= 32:
            name = name_of(block.text, strict=True)
            if name and is_name(block.text[name[0] : name[1]]):
                return [Span(block.index, *name, 2, 1, False)]
    return []


def _introduced(context: Context) -> list[Span]:
    """The department that the text itself presents: X是主管…的工作部门, X部门整体支出…"""
    pattern = re.compile(
        r"(?:^|[。；，：:])(?P<name>[\u3400-\u9fff]{2,24}?(?:局|委员会|厅|联合会|办公室|总工会|法院|检察院|中心|政府|医院|学院|大学|小学|中学|幼儿园|管理处|院|馆|校))"
        r"(?=（以下简称|[是系为][^，。]{0,30}(?:工作部门|组成部门|事业单位|机关|人民团体|单位|医院|学校|院校)|主要(?:职能|职责)|内设)"
    )
    for block in context.document.body():
        if found := pattern.search(block.text):
            return [Span(block.index, found.start("name"), found.end("name"), 4, 1, False)]
    for acting in ACTING:
        for block in context.document.body():
            if found := acting.search(block.text):
                return [Span(block.index, found.start("name"), found.end("name"), 4, 1, False)]
    return []
