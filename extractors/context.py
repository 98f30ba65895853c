"""What is known of a document before its figures are read."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from schema.document import Document
from schema.report import DocumentKind, Evidence, Section, evidence_at

#: 把去年一年的钱捋了一遍: told in the spring after, of the report's own year
YEAR_GONE = re.compile(r"去年(?:一年|全年|一整年)")
#: 比去年多花12万元: of the year before it
YEAR_BEFORE = re.compile(r"[比较与同跟和]去年")


@dataclass(frozen=True)
class Context:
    """The document with its outline, kind, department and year: what gives a figure its meaning."""

    document: Document
    sections: tuple[Section, ...]
    kind: DocumentKind
    department: str | None
    fiscal_year: int | None

    @cached_property
    def _starts(self) -> list[tuple[int, int]]:
        return [(section.block, section.start) for section in self.sections]

    @cached_property
    def looks_back(self) -> bool:
        """Whether 去年 is the report's own year, as its writer speaks from the spring after it."""
        texts = [block.text for block in self.document.blocks]
        return any(map(YEAR_GONE.search, texts)) and not any(map(YEAR_BEFORE.search, texts))

    def section_at(self, block: int, start: int = 0) -> Section | None:
        """The innermost section that a place belongs to; a block belongs to the one whose title it begins with, be it
        in a frame: 【支出】901.34万元."""
        if start == 0 and self.document.blocks[block].text[:1] in tuple("【〖［["):
            start = 1
        at = bisect_right(self._starts, (block, start)) - 1
        return self.sections[at] if at >= 0 else None

    def evidence(self, block: int, start: int, end: int) -> Evidence:
        section = self.section_at(block, start)
        return evidence_at(self.document, block, start, end, section.path if section else None)
