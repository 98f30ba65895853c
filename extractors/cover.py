"""The cover: who reports, for which year, who filled it in and when.

Labels stand in lines, in text boxes, in the header of a form or at the end; what is not labelled is
looked for in the title and in the signature. The department of a project form is its 主管部门 (see
data/cover.toml).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.context import Context
from extractors.covers import Field, Label, covers, fold_label, is_name, name_of, tidy
from extractors.dates import DATE, YEAR, find_dates, han_number, han_year
from extractors.ordinals import number_of
from schema.document import Block, Document
from schema.quantity import Quantity
from schema.report import DocumentKind, Fact, Section

PHONE = re.compile(
    r"""(?<![\d.])(?:
      [（(]?\+?86[）)]?[-\s]?1[3-9][\d*]{9}
    | 1[3-9]\d[-\s]?[\d*]{4}[-\s]?[\d*]{4}                                     # mobile
    | [（(]?0\d{2,3}[）)]?\s?[-—－–\s]?\s?\d{7,8}(?:\s?(?:转|[-—－])\s?\d{1,6})?      # 0752-8822912转8012
    | [2-8]\d{6,7}(?:\s?(?:转|[-—－])\s?\d{1,6})?                                # 8822912
    | [48]00[-—－]?\d{3}[-—－]?\d{4}
    )(?!\d)""",
    re.VERBOSE,
)
PERSON = re.compile(r"[\u3400-\u9fff](?:[\s\u3000]{0,6}[\u3400-\u9fff·]){1,12}")
COUNT = re.compile(
    r"(?P<figure>\d{1,3})|(?P<han>[一二两三四五六七八九十]{1,3})(?=\s*(?:个|家|所|$|[，。（(]))|(?P<none>^\s*(?:无|没有|零|/|—)\s*)"
)
COUNT_IN_PROSE = re.compile(
    r"(?:下属|下设|下辖|所属|辖)\s*(?:的)?(?:二级)?(?:独立核算)?(?:预算)?单位\s*(?:共|共计|有|共有|数量)?(?:为)?\s*(?P<figure>\d{1,3})\s*[个家]"
    r"|(?P<figure2>\d{1,3})\s*[个家](?:下属)?二级预算单位"
    r"|(?P<none>(?:无|没有|不设)(?:下属|所属)(?:二级)?(?:预算)?单位)"
)
FORM_YEAR = re.compile(r"^\s*[（(]?\s*(?P<year>20\d\d)\s*年?\s*度?\s*[）)]?\s*$")

#: the most lines before the first heading that count as cover, and at the end as signature
COVER_LINES, CLOSING_LINES = 40, 12


@dataclass(frozen=True, slots=True)
class CoverReading:
    """The cover's facts, and the department and year that the whole report is read with."""

    facts: tuple[Fact, ...]
    department: str | None
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """A place that may hold a value: blocks[block].text[start:end], and where it was found."""

    block: int
    start: int
    end: int
    region: int  # 0 cover, 1 title, 2 end, 3 table, 4 body
    rank: int
    generic: bool  # its label is too short to be trusted alone


def read_cover(document: Document, sections: tuple[Section, ...], kind: DocumentKind) -> CoverReading:
    """The facts of the cover, each with its evidence; a concept that is nowhere is left out."""
    context = Context(document, sections, kind, None, None)
    places = _labelled(document, sections)
    titles = title_lines(document, sections)
    department = _department(context, places, titles)
    filed = _filed(context, places)
    years = _years(context, places, titles, filed)
    if kind == "other":  # the catalogue is of self-evaluations
        return CoverReading((), department[0].text if department else None, _first_year(years))
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
        _first_year(years),
    )


def _first_year(years: list[Fact]) -> int | None:
    return int(years[0].number) if years else None


def _labelled(document: Document, sections: tuple[Section, ...]) -> dict[str, list[Span]]:
    """The places that labels point at, by concept, the cover's first."""
    first = sections[0].block if sections else len(document.blocks)
    paragraphs = [block for block in document.paragraphs() if block.text.strip()]
    closing = (
        {block.index for block in paragraphs[-CLOSING_LINES:]} if len(paragraphs) > CLOSING_LINES else set()
    )
    found: dict[str, list[Span]] = defaultdict(list)
    body = list(document.body())
    for at, block in enumerate(body):
        region = (
            0 if block.index < first else 2 if block.index in closing else 3 if block.kind == "cell" else 4
        )
        labels = _labels_of(block, region)
        for i, label in enumerate(labels):
            stop = labels[i + 1].start if i + 1 < len(labels) else _line_end(block.text, label.end)
            span = Span(block.index, label.end, stop, region, label.field.rank, label.generic)
            if not tidy(block.text[label.end : stop]) and i + 1 == len(labels):
                beyond = _beyond(document, body, at, label)
                if beyond is None:
                    continue
                span = Span(*beyond, region, label.field.rank, label.generic)
            found[label.field.concept].append(span)
    for spans in found.values():
        spans.sort(key=lambda span: (span.region if span.region != 4 else 9, span.rank, span.block))
    return found


def _labels_of(block: Block, region: int) -> list[Label]:
    text = block.text
    if block.kind == "cell" and len(text) <= 40 and ("：" not in text and ":" not in text):
        field = covers().fields.get(fold_label(text))
        return [Label(field, 0, len(text), len(fold_label(text)) <= 2)] if field else []
    if len(text) > 160 and region != 0:
        return []
    if ":" not in text and "：" not in text:
        return _bare(text) if region in (0, 2) else []
    found = list(covers().labels(text))
    if region == 4 and found and text[: found[0].start].strip():
        return []  # a label in the midst of a sentence
    return found


def _bare(text: str) -> list[Label]:
    """A label and its value divided by a gap or a rule: "填报单位  ____司法局____" """
    match = re.match(
        r"\s*((?:[\u3400-\u9fff][ \u3000]?){3,12}?)(?:[（(][^（()）]{1,8}[）)])?[\s\u3000_＿]+(?=\S)", text
    )
    while match:
        field = covers().fields.get(fold_label(match.group(1)))
        if field:
            return [Label(field, match.start(), match.end(), False)]
        break
    field = covers().fields.get(fold_label(text)) if len(text) <= 24 else None
    return [Label(field, 0, len(text), len(fold_label(text)) <= 2)] if field else []


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    if end < 0 or not tidy(text[start:end]):  # the value stands on the next line of the block
        again = text.find("\n", end + 1) if end >= 0 else -1
        return again if again >= 0 else len(text)
    return end


def _beyond(document: Document, body: list[Block], at: int, label: Label) -> tuple[int, int, int] | None:
    """Where an empty label's value stands: the cell to the right, or the next line."""
    block = body[at]
    if block.kind == "cell" and block.table is not None:
        cells = sorted(
            (
                cell
                for cell in document.tables[block.table].cells
                if cell.row <= (block.row or 0) < cell.row + cell.rowspan
            ),
            key=lambda cell: cell.col,
        )
        for cell in cells:
            if cell.col > (block.col or 0):
                text = document.blocks[cell.block].text
                if not text.strip():
                    continue
                folded = covers().fields.get(fold_label(text))
                return None if folded else (cell.block, 0, len(text))
        return None
    for following in body[at + 1 : at + 3]:
        if following.kind != "paragraph":
            return None
        if following.text.strip():
            line = following.text.split("\n")[0]
            if len(line) > 40 or next(iter(covers().labels(line)), None) or "。" in line:
                return None
            return following.index, 0, len(line)
    return None


def title_lines(document: Document, sections: tuple[Section, ...]) -> list[Block]:
    """The lines above the first section that say what the paper is."""
    first = sections[0].block if sections else len(document.blocks)
    lines: list[Block] = []
    for block in document.body():
        if block.index >= first or len(lines) >= COVER_LINES:
            break
        if block.text.strip():
            lines.append(block)
    found = [
        block for block in lines
        if len(block.text.strip()) <= 80 and covers().title.search("".join(block.text.split())) and "：" not in block.text.strip().rstrip("：") and not re.search("[。，]", block.text)
    ]  # fmt: skip
    if not found and lines and len(lines[0].text) <= 60 and lines[0].kind == "paragraph":
        found = [
            block
            for block in lines[:3]
            if YEAR.search(block.text) and len(block.text) <= 60 and not re.search("[：，。]", block.text)
        ]
    return found


# ---- department ---------------------------------------------------------------------------------


def _department(context: Context, places: dict[str, list[Span]], titles: list[Block]) -> list[Fact]:
    spans = [span for span in (_named(context.document, s) for s in places.get("department", [])) if span]
    own = [span for span in spans if span.rank == 1 and span.region == 0]
    later = [span for span in spans if span.rank == 1 and span.region in (2, 3)]
    titled = _titled(context.document, titles)
    forms = _of_form(context.document, [span for span in spans if span.rank > 1 and span.region != 4])
    signed = _signed(context.document)
    order = (
        (own, titled, later, forms, signed)
        if context.kind.endswith("report")
        else (own, forms, later, titled, signed)
    )
    best = next((found for found in order if found), [])
    if not best:
        best = _introduced(context)
    if not best:
        return []
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
            text=value,
            confidence=_sure(context, span),
        )
        for span in dict.fromkeys(same)
    ]


def _value(document: Document, span: Span) -> str:
    return re.sub(r"\s+", "", document.blocks[span.block].text[span.start : span.end])


def _named(document: Document, span: Span) -> Span | None:
    """The span narrowed to a department's name, None where it holds none."""
    text = document.blocks[span.block].text
    name = name_of(text[span.start : span.end], strict=span.generic or span.region == 4)
    if name is None:
        return None
    return replace(span, start=span.start + name[0], end=span.start + name[1])


def _titled(document: Document, titles: list[Block]) -> list[Span]:
    for block in titles:
        for pattern in covers().title_names:
            for line, offset in _lines(block.text):
                lead = len(line) - len(line.lstrip())
                found = pattern.match(line.lstrip())
                if found and (length := _department_in(found.group("name"))):
                    start = offset + lead + found.start("name")
                    return [Span(block.index, start, start + length, 1, 1, False)]
        # the name in the line above: 惠东县工商业联合会 / 2023年度部门整体支出绩效自评报告
        above = next((b for b in reversed(document.blocks[: block.index]) if b.text.strip()), None)
        if above is not None and len(above.text.strip()) <= 30:
            text = re.sub(r"^\s*(?:20\d\d\s*年度?)?\s*", lambda m: " " * len(m.group()), above.text)
            name = name_of(text, strict=True)
            if name and is_name(text[name[0] : name[1]]):
                return [Span(above.index, *name, 1, 1, False)]
        below = next((b for b in document.blocks[block.index + 1 :] if b.text.strip()), None)
        if below is not None and below.kind == "paragraph" and len(below.text.strip()) <= 30:
            name = name_of(below.text, strict=True)
            if name and number_of(below.text)[0] == "" and is_name(below.text[name[0] : name[1]]):
                return [Span(below.index, *name, 1, 1, False)]
    return []


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
        r".{2,20}?(?:局|委员会|厅|联合会|法院|检察院|人民政府|办公室|办事处|总工会|管委会|党校|中心)", name
    )
    return cut.end() if cut else 0


def _of_form(document: Document, spans: list[Span]) -> list[Span]:
    """The reporting department of a project form, of its 主管部门 and 实施单位."""
    chiefs = [span for span in spans if span.rank == 2]
    units = [span for span in spans if span.rank == 3]
    if chiefs and units:
        chief, unit = _value(document, chiefs[0]), _value(document, units[0])
        above = re.match(r"国家|中央|.{2,3}省|.{2,6}自治区", chief) and not re.match(
            r"国家|中央|.{2,3}省(?!.*[市县区])", unit
        )
        if chief in covers().general or (chief != unit and (re.search(r"财政[局厅部]", chief) or above)):
            return units
    chiefs = [span for span in chiefs if _value(document, span) not in covers().general]
    return chiefs or units


def _signed(document: Document) -> list[Span]:
    """The name above the date at the end."""
    paragraphs = [block for block in document.paragraphs() if block.text.strip()]
    for block, below in zip(reversed(paragraphs[-7:-1]), reversed(paragraphs[-6:]), strict=False):
        if DATE.search(below.text) and len(below.text.strip()) <= 24 and len(block.text.strip()) <= 32:
            name = name_of(block.text, strict=True)
            if name and is_name(block.text[name[0] : name[1]]):
                return [Span(block.index, *name, 2, 1, False)]
    return []


def _introduced(context: Context) -> list[Span]:
    """The department that the text itself presents: X是主管…的工作部门, X部门整体支出…"""
    pattern = re.compile(
        r"(?:^|[。；，])(?P<name>[\u3400-\u9fff]{2,24}?(?:局|委员会|厅|联合会|办公室|总工会|法院|检察院|中心|政府|院|馆|校))"
        r"(?=（以下简称|是[^，。]{0,30}(?:工作部门|组成部门|事业单位|机关|人民团体|单位)|主要(?:职能|职责)|内设)"
    )
    for block in context.document.body():
        if found := pattern.search(block.text):
            return [Span(block.index, found.start("name"), found.end("name"), 4, 1, False)]
    return []


def _sure(context: Context, span: Span) -> float:
    read = context.document.blocks[span.block].confidence(span.start, span.end)
    return round(read * (1.0, 0.97, 0.9, 0.95, 0.8)[span.region], 4)


# ---- the other fields ---------------------------------------------------------------------------


def _best(spans: list[Span]) -> list[Span]:
    """The spans of the first region and rank that has any."""
    return (
        [span for span in spans if (span.region, span.rank) == (spans[0].region, spans[0].rank)]
        if spans
        else []
    )


def _subordinates(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    for span in places.get("subordinate_units", []):
        text = context.document.blocks[span.block].text
        found = COUNT.search(text[span.start : span.end].strip("_＿ \u3000"))
        if found is None:
            continue
        lead = span.start + text[span.start : span.end].find(found.group().strip())
        figure = found.group("figure") or (
            str(han_number(found.group("han").replace("两", "二"))) if found.group("han") else "0"
        )
        return [_count(context, span, lead, lead + len(found.group().strip()), int(figure))]
    for block in context.document.body():
        found = COUNT_IN_PROSE.search(block.text) if "单位" in block.text else None
        if found:
            group = next(name for name in ("figure", "figure2", "none") if found.group(name))
            value = int(found.group(group)) if group != "none" else 0
            span = Span(block.index, found.start(group), found.end(group), 4, 1, False)
            return [_count(context, span, found.start(group), found.end(group), value)]
    return []


def _count(context: Context, span: Span, start: int, end: int, value: int) -> Fact:
    evidence = context.evidence(span.block, start, end)
    return Fact("subordinate_units", evidence, Quantity(Decimal(value)), confidence=_sure(context, span))


def _persons(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    spans = [*places.get("preparer", []), *places.get("preparer+phone", [])]
    spans.sort(key=lambda span: (span.region if span.region != 4 else 9, span.rank, span.block))
    read = [(span, found) for span in spans if (found := _person(context.document, span))]
    best = {(span.region, span.rank) for span, _ in read[:1]}
    return [
        Fact(
            "preparer", context.evidence(span.block, start, end),
            text=re.sub(r"\s+", "", context.document.blocks[span.block].text[start:end]), confidence=_sure(context, span),
        )
        for span, (start, end) in read
        if (span.region, span.rank) in best
    ]  # fmt: skip


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
        or (len(plain) > 4 and "·" not in plain)
        or is_name(plain)
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
        text = context.document.blocks[span.block].text
        for found in PHONE.finditer(text, span.start, span.end):
            if region is not None and span.region != region:
                break
            region = span.region
            evidence = context.evidence(span.block, found.start(), found.end())
            value = re.sub(r"\s+", "", found.group()).replace("—", "-").replace("－", "-").replace("–", "-")
            if not any(fact.text == value and fact.evidence.block == span.block for fact in facts):
                facts.append(Fact("phone", evidence, text=value, confidence=_sure(context, span)))
    return facts


def _filed(context: Context, places: dict[str, list[Span]]) -> list[Fact]:
    facts: list[tuple[int, Fact]] = []
    spans = places.get("filed_on", [])
    for span in spans:
        text = context.document.blocks[span.block].text
        for found in find_dates(text[span.start : span.end], labelled=True):
            if span.region == 4 or (span.generic and span.region == 3):
                break
            if facts and facts[0][0] != span.region:
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
    return _date_line(context)


def _date(context: Context, span: Span, start: int, end: int, iso: str) -> Fact:
    return Fact(
        "filed_on", context.evidence(span.block, start, end), text=iso, confidence=_sure(context, span)
    )


def _date_line(context: Context) -> list[Fact]:
    """A date alone on its line, on the cover or at the end; the end's is the signature."""
    first = context.sections[0].block if context.sections else len(context.document.blocks)
    paragraphs = [block for block in context.document.paragraphs() if block.text.strip()]
    ends = paragraphs[-CLOSING_LINES:]
    cover = [block for block in paragraphs if block.index < first][:COVER_LINES]
    for blocks, region in ((cover, 0), (list(reversed(ends)), 2)):
        for block in blocks:
            line = block.text.strip()
            found = next(find_dates(line), None)
            rest = line[: found.start] + line[found.end :] if found else line
            if found is None or not (
                re.fullmatch(r"[\s（）()。日]*", rest) or (region == 2 and is_name(re.sub(r"\s", "", rest)))
            ):
                continue
            lead = block.text.index(line)
            span = Span(block.index, 0, len(block.text), region, 1, False)
            return [_date(context, span, lead + found.start, lead + found.end, found.iso)]
    return []


# ---- the fiscal year ----------------------------------------------------------------------------


def _years(
    context: Context, places: dict[str, list[Span]], titles: list[Block], filed: list[Fact]
) -> list[Fact]:
    """The report's own year: of the title, else of a label, else the one that its figures are of."""
    facts = []
    for block in titles:
        for found in YEAR.finditer(block.text):
            if year := _year(found):
                facts.append(
                    _year_fact(context, Span(block.index, found.start(), found.end(), 1, 1, False), year)
                )
                break
    for span in places.get("fiscal_year", []):
        text = context.document.blocks[span.block].text
        stated = re.compile(r"20\d\d").search(text, span.start, span.end)
        if stated and span.region != 4 and len(text[span.start : span.end].strip()) <= 30:
            place = replace(span, start=stated.start(), end=stated.end())
            facts.append(_year_fact(context, place, int(stated.group())))
    for block in list(context.document.body())[:30]:
        if form := FORM_YEAR.match(block.text):
            place = Span(block.index, form.start("year"), form.end("year"), 0, 1, False)
            facts.append(_year_fact(context, place, int(form.group("year"))))
    spoken = _spoken_year(context, filed)
    if not facts:
        return spoken
    agreed = int((filed[0].text or "0")[:4]) - 1 if filed else None
    if spoken and spoken[0].number == agreed and all(fact.number != agreed for fact in facts):
        return [*spoken, *facts]  # a title left from another year
    return facts


def _year(found: re.Match[str]) -> int | None:
    if found.group("han"):
        return han_year(found.group("han"))
    return int(re.sub(r"\s", "", found.group("year")))


def _year_fact(context: Context, span: Span, year: int) -> Fact:
    evidence = context.evidence(span.block, span.start, span.end)
    return Fact("fiscal_year", evidence, Quantity(Decimal(year)), confidence=_sure(context, span))


#: words before a year that make it another year, and words behind it that make it the report's own
OTHER_YEAR = re.compile(r"(?:比|较|与|同比|对比|截止到|至|从|自|到|于|《|〔|\[|【)\s*$")
OWN_YEAR = re.compile(r"\s*年(?:\s*度|\s*(?:年末|末|底|全年)|\s*12\s*月\s*31)")
MONTH = re.compile(r"\s*年\s*\d{1,2}\s*月")


def _spoken_year(context: Context, filed: list[Fact]) -> list[Fact]:
    weights: dict[int, float] = defaultdict(float)
    first: dict[int, Span] = {}
    for block in context.document.body():
        for found in YEAR.finditer(block.text):
            year = _year(found)
            if year is None or not 2005 <= year <= 2100 or OTHER_YEAR.search(block.text, 0, found.start()):
                continue
            after = found.end()
            weight = (
                2.0 if OWN_YEAR.match(block.text, after) else 0.3 if MONTH.match(block.text, after) else 1.0
            )
            weights[year] += weight
            if weight >= 1:
                first.setdefault(year, Span(block.index, found.start(), found.end(), 4, 1, False))
    filed_year = int((filed[0].text or "0")[:4]) if filed else None
    for year in weights:
        if filed_year is not None:
            weights[year] *= 1.5 if year == filed_year - 1 else 0.6 if year >= filed_year else 1.0
    ranked = sorted((year for year in weights if year in first), key=lambda year: (-weights[year], -year))
    return [_year_fact(context, first[ranked[0]], ranked[0])] if ranked else []


__all__ = ["CoverReading", "Field", "read_cover", "title_lines"]
