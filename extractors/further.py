"""Parts of a total beside 基本支出 and 项目支出: with one stated, the two alone are not all of it; and what was spent of
other funds, which the two may leave out.

Labels are in data/parts.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.claims import sentences
from extractors.context import Context
from schema.report import Remark

AMOUNT = re.compile(r"\d[\d,，]*(?:\.\d+)?\s*(?:亿元|万元|千元|元)")
#: both are named where a list of a total's parts stands
LISTED = ("基本", "项目")


@dataclass(frozen=True, slots=True)
class Labels:
    """`part` finds a label with its amount, `wholes` what the list is of."""

    part: re.Pattern[str]
    wholes: tuple[tuple[str, re.Pattern[str]], ...]
    fund: re.Pattern[str]  # a clause on a fund's spending


@cache
def labels() -> Labels:
    data = tomllib.loads((Path(__file__).with_name("data") / "parts.toml").read_text("utf8"))
    names = "|".join(f"(?:{row})" for row in data["labels"])
    funds = "|".join(data["funds"])
    amount = rf"(?:预算|决算|数)*(?:为|是|共|约|:|：)?\s*{AMOUNT.pattern}"
    return Labels(
        re.compile(f"(?:{names}){amount}"),
        tuple((row["concept"], re.compile(row["pattern"])) for row in data["wholes"]),
        re.compile(rf"(?:{funds})(?:预算)?(?:财政)?(?:拨款)?支出(?!占)[^。；]*"),
    )


def read_further_parts(context: Context) -> list[Remark]:
    """Every stated further part with the total that its sentence lists, in reading order."""
    found: list[Remark] = []
    for block in context.document.body():
        if block.kind == "cell" or not labels().part.search(block.text):
            continue
        begun = 0  # a list may run over semicolons: 其中：基本支出…；项目支出…；其他支出…
        for start, end in sentences(block.text):
            listed = block.text[begun:end]
            for part in labels().part.finditer(block.text, start, end):
                ahead = block.text[begun : part.start()]
                about = _whole(ahead)
                if about and all(name in listed for name in LISTED):
                    evidence = context.evidence(block.index, part.start(), part.end())
                    year = context.fiscal_year
                    found.append(Remark("further_part", evidence, about, None, year, "body", (begun, end)))
            if not block.text[start:end].rstrip().endswith("；"):
                begun = end
    return found


def _whole(ahead: str) -> str | None:
    """The total that the words before a part name last."""
    last = {
        concept: max((m.start() for m in p.finditer(ahead)), default=-1) for concept, p in labels().wholes
    }
    concept = max(last, key=lambda name: last[name])
    return concept if last[concept] >= 0 else None


def read_funds(context: Context) -> list[Remark]:
    """Every amount that a department's report tells of another fund's spending, in reading order."""
    if not context.kind.startswith("department"):
        return []
    return [
        Remark("fund", context.evidence(block.index, *amount.span()), "spending.total", None, context.fiscal_year, "body", told.span())
        for block in context.document.body()
        if block.kind != "cell"
        for told in labels().fund.finditer(block.text)
        for amount in AMOUNT.finditer(block.text, *told.span())
    ]  # fmt: skip
