"""Where each number of the text went: into a fact, an indicator, something known, or nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.context import Context
from extractors.figures.known import find_known
from extractors.figures.numerals import fold
from extractors.figures.prose import ProseReading
from extractors.remarks import RemarksReading
from extractors.tables.forms import TablesReading
from schema.document import Block
from schema.report import Coverage, Evidence, Fact

NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)*")
Spans = dict[int, list[tuple[int, int]]]


def account(
    context: Context, facts: Iterable[Fact], tables: TablesReading, prose: ProseReading, said: RemarksReading
) -> Coverage:
    """Counts the Arabic numbers of the body text and those that something explains, lists the others."""
    spans = _spans(_explaining(context, facts, tables, prose, said))
    numbers = explained = 0
    open_ends: list[Evidence] = []
    for block in context.document.body():
        if block.toc or not any(c.isdigit() for c in block.text):
            continue
        known = sorted([*spans.get(block.index, ()), *((k.start, k.end) for k in find_known(block.text))])
        for start, end in _numbers(block):
            numbers += 1
            if block.table in tables.claimed_tables or _within(known, start, end):
                explained += 1
            else:
                open_ends.append(context.evidence(block.index, start, end))
    return Coverage(numbers, explained, tuple(open_ends))


def _numbers(block: Block) -> Iterator[tuple[int, int]]:
    # a number that Word made is no number of the text
    for match in NUMBER.finditer(fold(block.text), len(block.number)):
        yield match.span()


def _explaining(
    context: Context, facts: Iterable[Fact], tables: TablesReading, prose: ProseReading, said: RemarksReading
) -> Iterator[tuple[int, int, int]]:
    """(block, start, end) of everything that was understood."""
    for evidence in _evidences(facts, tables, prose, said):
        yield evidence.block, evidence.start, evidence.end
    yield from ((one.block, one.start, one.end) for one in prose.explained)
    yield from tables.explained
    for section in context.sections:
        yield section.block, section.start, section.start + len(section.number)


def _evidences(
    facts: Iterable[Fact], tables: TablesReading, prose: ProseReading, said: RemarksReading
) -> Iterator[Evidence]:
    yield from (fact.evidence for fact in facts)
    yield from (remark.evidence for remark in (*prose.malformed, *tables.malformed))
    yield from said.explained
    for table in tables.indicator_tables:
        for row in table.rows:
            yield from (row.cells or {}).values()
        for tally in (*table.groups, *([table.total] if table.total else [])):
            yield from (e for e in (tally.evidence, tally.weight_evidence, tally.score_evidence) if e)
        for funds in table.funds:
            yield from (funds.cells or {}).values()


def _spans(found: Iterable[tuple[int, int, int]]) -> Spans:
    spans: Spans = defaultdict(list)
    for block, start, end in found:
        spans[block].append((start, end))
    return spans


def _within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted spans holds or meets [start, end)."""
    at = bisect_right(spans, (start, 10**9))
    return any(s < end and start < e for s, e in spans[max(0, at - 8) : at + 1])
