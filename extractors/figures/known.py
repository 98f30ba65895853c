"""Numbers that are never a figure of the department: dates, document numbers, addresses, ordinals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extractors.figures.numerals import fold

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Known:
    """text[start:end] is part of something known; `reason` in plain Chinese."""

    start: int
    end: int
    reason: str


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = tomllib.loads((DATA / "known.toml").read_text("utf8"))["known"]
    return tuple((row["reason"], re.compile(row["pattern"])) for row in rows)


@lru_cache(maxsize=512)  # several readers ask for the same paragraph
def find_known(text: str) -> tuple[Known, ...]:
    """The known non-figures of a text, in order, the earlier pattern first where two overlap.

    >>> [(k.reason, "按财预〔2020〕10号，2023年3月"[k.start : k.end]) for k in find_known("按财预〔2020〕10号，2023年3月")]
    [('文号', '〔2020〕10号'), ('日期', '2023年3月')]
    """
    folded = fold(text)
    found: list[Known] = []
    for reason, pattern in patterns():
        for match in pattern.finditer(folded):
            start, end = match.span()
            if start < end and not any(start < k.end and k.start < end for k in found):
                found.append(Known(start, end, reason))
    return tuple(sorted(found, key=lambda k: k.start))
