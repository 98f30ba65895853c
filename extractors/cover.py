"""The cover: who reports, for which year, who filled it in and when.

Labels stand in lines, in text boxes, in the header of a form or at the end; what is not labelled is
looked for in the title and in the signature. The department of a project form is its 主管部门 (see
data/cover.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.context import Context
from extractors.covers import COVER_LINE, bare_person, is_name
from extractors.dates import counted, find_dates
from extractors.departments import read_department
from extractors.figures.numerals import fold
from extractors.places import CLOSING_LINES, COVER_LINES, Span, labelled, sure, title_lines
from extractors.years import read_year, year_before
from schema.document import Block, Document
from schema.quantity import Quantity
from schema.report import DocumentKind, Fact, Section

DASH = r"[-—－–―‐‑−~～·.]"
PHONE = re.compile(
    rf"""(?<![\d.])(?:
      [（(]?\+?(?:00)?86[）)]?[-\s]?1[3-9][\d*]{{9}}
    | 1[3-9]\d(?:\s|{DASH})?[\d*]{{4}}(?:\s|{DASH})?[\d*]{{4}}                            # mobile
    | (?:\+?86[-\s]?)?(?:[（(〔\[]\s?0\d{{2,3}}\s?[）)〕\]]|0\d{{2,3}})\s?(?:{DASH}|[/\s]){{0,2}}\s?       # 0752-8822912转8012
      (?:\d{{7,8}}|\d{{3,4}}(?:\s|{DASH})\d{{4}}|\d{{4}}\s\d{{3}})(?:\s?(?:转|[-—－])\s?\d{{1,6}})?
    | [2-8]\d{{6,7}}(?:\s?(?:转|[-—－])\s?\d{{1,6}})?                                 # 8822912
    | [2-8]\d{{2,3}}[-\s]\d{{4}}                                                      # 8623 5517
    | [48]00[-—－]?\d{{3}}[-—－]?\d{{4}}
    )(?!\d)""",
    re.VERBOSE,
)
PERSON = re.compile(r"[\u3400-\u9fff](?:[\s\u3000]{0,6}[\u3400-\u9fff·]){1,12}")
COUNT = re.compile(
    r"(?P<figure>\d{1,3})|(?P<han>[一二两三四五六七八九十]{1,3})(?=\s*(?:个|家|所|$|[，。（(]))|(?P<none>^\s*(?:无|没有|零|/|—)\s*)"
)
#: what may stand between 下属 and 单位
_ADDED = r"(?:的|独立核算|独立编制|独立编报|财政(?:全额|差额|补助|供养|拨款|核拨)*(?:拨款|补助|供养)?|全额|差额|全额拨款|公益一类|公益|参公|二级|预算|核算|事业|法人|行政)*"
_UNITS = rf"{_ADDED}(?:单位|机构)"
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_BELOW = r"(?:下属|下设|下辖|所属|直属|局属|归口管理|所辖|管辖)"
#: no number of units: 抽查2个下属单位开展核查, 核定下属单位编制
_NOT_ACTING = (
    r"(?![^，。；]{0,4}(?:开展|进行|实施|接受|被|参加|参与|抽查|核查|未|存在|项目|人员|经费|的(?!预算)))"
)
#: 下属二级单位5个 · 4个下属事业单位 · 下辖甲中心、乙大队、丙所3个二级机构 · 后八家为二级预算单位 ·
#: 下属有甲中心和乙院2家 · 所属2家：甲中心、乙院 · 合计3个基层预算单位 · 纳入自评范围的预算单位共27个
COUNT_IN_PROSE = re.compile(
    rf"""(?<![拟撤并到导扶助个])(?:
      (?:{_BELOW}的?|二级){_UNITS}(?:数量|总数)?[\s共有计为是：:]{{0,4}}(?P<figure>{_NUMBER})\s*[个家](?!百分)
    | (?<![\d等抽对])(?P<figure2>{_NUMBER})\s*[个家](?:{_BELOW}(?:的)?|二级){_UNITS}{_NOT_ACTING}
    | (?:{_BELOW}|辖)(?:有)?(?:[^。；：:\d]{{2,80}}?)?(?P<figure3>{_NUMBER})\s*[个家](?:[（(]\d{{1,3}}[个家]?[）)])?(?:独立核算的?|独立编制的?|独立编报的?|财政[补全差拨供][\u3400-\u9fff]{{1,3}}?)?(?:正?副?[科股处]级)?(?:二级(?:预算|核算|事业)?|预算|核算|事业)(?:单位|机构)
    | (?:{_BELOW}|范围)(?:的)?(?:二级)?(?:预算|事业|核算)?(?:单位|机构)(?:有|为|是|包括|[：:])[^。；：:\d]{{2,120}}?[，,]?\s*共(?:计)?(?P<figure7>{_NUMBER})\s*[个家]
    | 纳入[^，。；]{{0,24}}(?:决算|预算|编报|汇编|自评)[^，。；]{{0,10}}范围的?(?:二级)?(?:预算)?单位(?:共计|共有|共|有|数|是|为)*\s?(?P<figure8>{_NUMBER})\s*[个家户]
    | (?:后|上述|以上|前述|这)(?P<figure4>{_NUMBER})\s*[个家](?:单位|机构)?(?:均|都|同)?[为是](?:独立核算的?)?(?:下属|所属)?(?:的)?二级{_UNITS}
    | {_BELOW}(?:单位|机构)?(?:有|包括|为)?(?:(?![一两二三四五六七八九十]家)[^。；：:\d]){{2,60}}?(?:中心|[院所站队馆校处局园场])(?P<figure5>{_NUMBER})\s*家(?:单位|机构)?(?=[，。；])
    | {_BELOW}(?:共|有|共有)?(?P<figure9>{_NUMBER})\s*家(?=[：:])
    | (?:合计|共计|共有?)(?P<figure10>{_NUMBER})\s*[个家](?:基层|所属)的?(?:独立核算|二级)?预算单位
    | (?:共有|纳入[^，。；]{{0,20}}的|所有|汇总|编报)(?:独立编制|独立核算)?的?(?:预算|独立核算)单位(?:共有|共计|共|有)?\s?(?P<figure6>{_NUMBER})\s*[个家户]
    | (?:{_BELOW}|辖)(?:有)?[^。；：:\d]{{2,60}}?等?(?:独立核算|独立编制|独立编报)的?(?:二级)?(?:预算|事业)?单位(?:共计|共有|共|计)?(?P<figure11>{_NUMBER})\s*[个家]
    | 、[^。；：:\d]{{2,60}}?[为是](?:下属|所属|独立核算的?)*二级(?:预算)?(?:单位|机构)[，,]?(?:共计?|合计|计)(?P<figure12>{_NUMBER})\s*[个家]
    | 纳入[^，。；]{{0,24}}(?:预算|决算|编报|汇编|范围)的?(?:单位)?[，,]?除[^，。；]{{0,8}}(?:机关|本级)[^，。；]{{0,4}}外[，,]?(?:还|另|尚)?(?:有|包括)[^。；：:]{{2,80}}?[，,]?(?:共计?|合计|计)(?P<figure13>{_NUMBER})\s*[个家](?:单位|机构)?(?=[，。；])
    )""",
    re.VERBOSE,
)


#: 预算单位8个，含局本级和7个下属单位: the department itself among them
WITH_ITSELF = re.compile(
    r"\s?[，,（(]\s?(?:含|包括|包含|其中|分别[为是]|即)[^。；\d]{0,14}(?:本级|机关|本部)[^。；\d]{0,8}(?:和|及|与|、|以及)[^。；\d]{0,6}$"
)
#: 下设2个事业单位，均未单独编列预算: units that draw up no budget of their own
NOT_BUDGETED = re.compile(
    r"[^。；]{0,24}?(?:（[^（）]{0,60}）)?[，,、（(](?:均|都|皆)?[是为]?(?:[未不无非](?:单独|独立|另行)(?:编[列报制]|核算|纳入)?(?:部门)?(?:预算|核算)?|非独立核算)"
    r"|[（(]?[^，。；）]{2,16}，财务由[^，。；]{0,6}(?:局|委|机关|我)[^，。；]{0,6}(?:统管|统一管理|代管|核算)"
    r"|并入(?:我|本)[局委办院校会厅单部][位门]?(?:机关)?(?:统一|合并)?(?:核算|编报)"
)

#: 纳入编报范围的单位共1个，即局本级: the department alone
ITSELF = re.compile(
    r"\s?[，,（(：:]?\s?(?:也?即|仅|只有?|就是|为|是|系)*(?:[\u3400-\u9fff]{0,10}[局委办院校厅会站馆]|部门|单位)?(?:机关本级|机关|本级|本部|自身|本身)(?=[，,。；;）)]|$)"
)


@dataclass(frozen=True, slots=True)
class CoverReading:
    """The cover's facts, and the department and year that the whole report is read with."""

    facts: tuple[Fact, ...]
    department: str | None
    fiscal_year: int | None


def read_cover(document: Document, sections: tuple[Section, ...], kind: DocumentKind) -> CoverReading:
    """The facts of the cover, each with its evidence; a concept that is nowhere is left out."""
    context = Context(document, sections, kind, None, None)
    places = labelled(document, sections)
    titles = title_lines(document, sections)
    department = read_department(context, places, titles)
    filed = _filed(context, places)
    years = read_year(context, places, titles, filed)
    facts = [
        *department,
        *_subordinates(context, places),
        *_persons(context, places),
        *_phones(context, places),
        *filed,
        *years,
    ]
    return CoverReading(
        tuple(facts),
        department[0].text if department else None,
        _own_year(years, filed),
    )


def _own_year(years: list[Fact], filed: list[Fact]) -> int | None:
    """The year that the report says it is of, else the one before it was filed: none is read as told."""
    if years:
        return int(years[0].number)
    return year_before(filed)


#: 连同机关共4个核算主体: the department itself is one of them
WITH_OFFICE = re.compile(r"连同(?:局|委|厅|院|本级)?(?:机关|本级|本部)[^，。；\d]{0,6}$")


def _subordinates(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    for span in places.get("subordinate_units", []):
        text = context.document.blocks[span.block].text
        found = COUNT.search(text[span.start : span.end].strip("_＿ \u3000"))
        if found is None:
            continue
        lead = span.start + text[span.start : span.end].find(found.group().strip())
        value = counted(found.group("figure") or found.group("han") or "0")
        return [_count(context, span, lead, lead + len(found.group().strip()), value)]
    for block in context.document.body():
        told = list(COUNT_IN_PROSE.finditer(block.text)) if re.search("单位|机构|家", block.text) else []
        found = next((hit for hit in told if hit.group("figure8")), told[0] if told else None)
        if found is None:
            continue
        later = told[told.index(found) + 1 :]
        if later and WITH_ITSELF.match(
            block.text[: later[0].start(later[0].lastgroup or "figure")], found.end()
        ):
            found = later[0]
        if re.search("本级|机关|本部", block.text):
            # 由机关本级和5个所属单位组成，纳入决算编报范围的单位共6个: all but the department itself
            less = _value(found) - 1
            found = next((hit for hit in told if _value(hit) == less), found)
        group, value = found.lastgroup or "figure", _value(found)
        if WITH_OFFICE.search(block.text[: found.start(group)]):
            continue
        if not NOT_BUDGETED.match(block.text, found.end()):
            if value == 1 and ITSELF.match(block.text, found.end()):
                return []
            span = Span(block.index, found.start(group), found.end(group), 4, 1, False)
            return [_count(context, span, found.start(group), found.end(group), value)]
    return []


def _value(found: re.Match[str]) -> int:
    """The number that a way of counting the units gives: each of them holds one."""
    return counted(found.group(found.lastgroup or "figure"))


def _count(context: Context, span: Span, start: int, end: int, value: int) -> Fact:
    evidence = context.evidence(span.block, start, end)
    return Fact("subordinate_units", evidence, Quantity(Decimal(value)), confidence=sure(context, span))


#: 秦可行 · 张小村 · 诸葛敏行: a person whose given name ends as an office's does
ENDS_AS_OFFICES_DO = re.compile(
    r"(?:(?![县市区省镇乡村州旗农供文工商银总分妇科侨残党财])[\u3400-\u9fff]{2}"
    r"|(?:欧阳|诸葛|司马|上官|司徒|尉迟|公孙|令狐|皇甫|慕容|宇文|长孙|夏侯|端木|闻人|独孤|南宫)[\u3400-\u9fff])[行园台村库联团场街]"
)


#: 乌日古木勒 · 阿拉坦其其格: a Mongolian or Tibetan name spelt in characters that spell such names
SPELT = re.compile(
    r"[乌云日古木勒阿拉坦其格巴图斯琴高娃萨仁娜布和赫那顺敖登通嘎苏德尔满都呼吉雅哈朝鲁特宝音额敦毕力克达来孟根红花青伊敏杜扎西顿珠央金卓玛次旺罗桑丹增多杰才让措姆洛绒益泽郎平白马]{5,8}"
)


def _persons(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    spans = [*places.get("preparer", []), *places.get("preparer+phone", [])]
    spans.sort(key=lambda span: (span.region if span.region != 4 else 9, span.rank, span.block))
    read = [(span, found) for span in spans if (found := _person(context.document, span))]
    read = read or list(_bare_persons(context))
    best = {(span.region, span.rank) for span, _ in read[:1]}
    return [
        Fact(
            "preparer", context.evidence(span.block, start, end),
            text=re.sub(r"\s+", "", context.document.blocks[span.block].text[start:end]), confidence=sure(context, span),
        )
        for span, (start, end) in read
        if (span.region, span.rank) in best
    ]  # fmt: skip


def _head(context: Context) -> list[Block]:
    """The paragraphs among the first lines that stand before the first section."""
    first = min(context.sections[0].block if context.sections else COVER_LINES, COVER_LINES)
    return [block for block in context.document.paragraphs() if block.index < first]


def _bare_persons(context: Context) -> Iterator[tuple[Span, tuple[int, int]]]:
    """Names right behind their label on the cover or in the last paragraph: 编制人 卓一鸣　座机 0752-8822912 ·
    撰稿人卓一鸣，联系… · 附注：…，填报人 卓一鸣，电话 …"""
    head = _head(context)
    last = list(context.document.paragraphs())[-1:]
    for block in [*head, *(block for block in last if block not in head)]:
        for found in bare_person().finditer(block.text) if len(block.text) <= COVER_LINE else ():
            span = Span(block.index, found.start("name"), found.end("name"), 0, 1, False)
            if person := _person(context.document, span):
                yield span, person


def _person(document: Document, span: Span) -> tuple[int, int] | None:
    text = document.blocks[span.block].text[span.start : span.end]
    found = PERSON.search(
        re.split(r"[（(，,；;、/]|电话|手机|联系|1[3-9]\d{9}|\d{3,}", text.strip("_＿ \u3000:："))[0]
    )
    if found is None:
        return None
    words = re.split(r"[\s\u3000]{3,}", found.group())
    name = words[0] if len(words[0].strip()) > 1 else found.group()
    plain = re.sub(r"\s+", "", name)
    if (
        not 2 <= len(plain) <= 12
        or (len(plain) > 4 and "·" not in plain and not SPELT.fullmatch(plain))
        or (is_name(plain) and not ENDS_AS_OFFICES_DO.fullmatch(plain))
        or re.search(r"签[字名章]|盖章|公章|^无$", plain)
    ):
        return None
    start = span.start + text.find(name)
    return start, start + len(name)


def _phones(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    spans = [*places.get("phone", []), *places.get("preparer+phone", []), *places.get("preparer", [])]
    spans.sort(key=lambda span: (span.region if span.region != 4 else 9, span.block))
    facts: list[Fact] = []
    region: int | None = None
    for span in spans:
        text = fold(context.document.blocks[span.block].text)
        for found in PHONE.finditer(text, span.start, span.end):
            if region is not None and span.region != region:
                break
            region = span.region
            phone = _phone(context, span, *found.span())
            if not any(f.text == phone.text and f.evidence.block == span.block for f in facts):
                facts.append(phone)
    return facts or _bare_phone(context)


def _phone(context: Context, span: Span, start: int, end: int) -> Fact:
    """The number that a span's block holds from `start` to `end`: without spaces, its dashes as they are written."""
    evidence = context.evidence(span.block, start, end)
    return Fact(
        "phone", evidence, text=re.sub(r"\s+", "", fold(evidence.text)), confidence=sure(context, span)
    )


#: 撰写：卓一鸣 审核：分管局长 电话0752-8822912: no colon behind the label
BARE_PHONE = re.compile(
    rf"(?:电话|手机|座机|联系方式|联系号码|联系)[ \t\u3000]*(?P<phone>{PHONE.pattern})", re.VERBOSE
)


def _bare_phone(context: Context) -> list[Fact]:
    """A number right behind its label on the cover, or behind the preparer's name."""
    for block in _head(context):
        if found := BARE_PHONE.search(fold(block.text)):
            span = Span(block.index, found.start("phone"), found.end("phone"), 0, 1, False)
            return [_phone(context, span, span.start, span.end)]
    for span, (_, end) in _bare_persons(context):  # 填报人 卓一鸣　0752-8822912
        if number := PHONE.search(fold(context.document.blocks[span.block].text), end):
            return [_phone(context, span, *number.span())]
    return []


#: 完成时间 | 2024年6月30日前: until when something had to be done
DEADLINE = re.compile(r"\s?(?:之前|以前|前|底前|止)")


def _filed(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    facts: list[tuple[int, Fact]] = []
    spans = places.get("filed_on", [])
    beside = {
        one.block for concept in ("preparer", "phone") for one in places.get(concept, []) if one.region == 4
    }
    for span in spans:
        text = context.document.blocks[span.block].text
        # 填报人、电话、填报时间 below 一、项目基本信息, or in one line behind the form
        among = not beside.isdisjoint(range(span.block - 1, span.block + 2))
        for found in find_dates(text[span.start : span.end], labelled=True):
            if (span.region == 4 and not among) or (span.generic and span.region == 3):
                break
            if (facts and facts[0][0] != span.region) or DEADLINE.match(text, span.start + found.end):
                break
            facts.append(
                (
                    span.region,
                    _date(context, span, span.start + found.start, span.start + found.end, found.iso),
                )
            )
            break
    if facts:
        return [fact for _, fact in facts]
    return _written(context) or _date_line(context) or _behind_names(context, places) or _told_date(context)


def _behind_names(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    """A date without a label behind the preparer's name or number: 填报人：卓一鸣  2024年4月15日."""
    for concept in ("phone", "preparer", "preparer+phone", "department", ""):
        for span in places.get(concept, []):
            if span.region not in (0, 2):
                continue
            text = context.document.blocks[span.block].text
            value = text[span.start : span.end]
            found = next(find_dates(value), None)
            if found and found.start and not value[found.end :].strip(" \u3000）)。日"):
                start, end = span.start + found.start, span.start + found.end
                return [_date(context, span, start, end, found.iso)]
    for span, (_, name_end) in _bare_persons(context):  # 附注：…，填报人 卓一鸣，电话…，2025年3月31日。
        behind = context.document.blocks[span.block].text[name_end:]
        found = next(find_dates(behind), None)
        if found and not behind[found.end :].strip(" \u3000）)。"):
            return [_date(context, span, name_end + found.start, name_end + found.end, found.iso)]
    return []


_WRITE = (
    r"(?:成文|填报|填写|写成|写就|编报|编制|编写|形成|完成|定稿|撰写|报送|上报|提交|呈报|脱稿|印发|出具|报出)"
)
_PAPER = r"(?:(?:本|此|该)(?:稿|文|表|报告|自评表|材料))?"
#: 成文于2024年5月6日 · 本稿2024年4月15日定稿 · 填报时间2024年4月12日: all that a line of the cover or the end says
WRITTEN = re.compile(
    rf"[（(]?(?:{_PAPER}{_WRITE}[于在][：:]?<>日?|{_PAPER}[于在]?<>日?(?:{_WRITE}|[填报制写])|(?:{_WRITE}|自评|报告)?(?:日期|时间)[为是]?<>日?)[）)。]?"
)


def _edges(context: Context) -> Iterator[tuple[Block, int]]:
    """The lines of the cover, region 0, and those at the end from the last one back, region 2."""
    first = context.sections[0].block if context.sections else len(context.document.blocks)
    paragraphs = [block for block in context.document.paragraphs() if block.text.strip()]
    yield from ((block, 0) for block in [b for b in paragraphs if b.index < first][:COVER_LINES])
    yield from ((block, 2) for block in reversed(paragraphs[-CLOSING_LINES:]))


def _written(context: Context) -> list[Fact]:
    """A date whose line says in a sentence's words that the paper was written then."""
    for block, region in _edges(context):
        found = next(find_dates(block.text), None) if len(block.text) <= COVER_LINE else None
        said = block.text[: found.start] + "<>" + block.text[found.end :] if found else ""
        if found and WRITTEN.fullmatch(re.sub(r"\s", "", said)):
            span = Span(block.index, 0, len(block.text), region, 1, False)
            return [_date(context, span, found.start, found.end, found.iso)]
    return []


#: 报告于2023年3月20日报送
SENT = re.compile(
    r"(?:报告|报表|材料|自评表?|结果)(?:已|均|系)?(?:于|在)(?P<date>[^，。；]{6,14}?)(?:报送|上报|提交|呈报|报出|填报|编制|完成|形成|出具|经[^，。；]{0,12}(?:审定|审议|通过|批准))"
)


def _told_date(context: Context) -> list[Fact]:
    for block in context.document.body():
        for sent in SENT.finditer(block.text):
            found = next(find_dates(sent.group("date")), None)
            if found and found.day:
                at = sent.start("date")
                span = Span(block.index, sent.start("date"), sent.end("date"), 4, 1, False)
                return [_date(context, span, at + found.start, at + found.end, found.iso)]
    return []


def _date(context: Context, span: Span, start: int, end: int, iso: str) -> Fact:
    return Fact(
        "filed_on", context.evidence(span.block, start, end), text=iso, confidence=sure(context, span)
    )


#: （报送单位：某县交通运输局  2023年5月16日）
LABELLED = re.compile(
    r"^[（(]?\s?(?:填报|报送|编报|申报|上报|评价)?(?:单位|部门)(?:名称)?\s?[：:]\s?[\u3400-\u9fff]{4,24}"
)


def _date_line(context: Context) -> list[Fact]:
    """A date alone on its line, on the cover or at the end; the end's is the signature."""
    for block, region in _edges(context):
        line = block.text.strip()
        found = next(find_dates(line), None)
        rest = line[: found.start] + line[found.end :] if found else line
        if region == 0:
            rest = LABELLED.sub("", rest)
        bare = re.sub(r"[\s（）()。日]", "", rest)
        if found is None or (bare and not is_name(bare)):
            continue
        lead = block.text.index(line)
        span = Span(block.index, 0, len(block.text), region, 1, False)
        return [_date(context, span, lead + found.start, lead + found.end, found.iso)]
    return []
