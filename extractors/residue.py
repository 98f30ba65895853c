"""Placeholders and instructions of the template that nobody filled in (data/residue.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.context import Context
from extractors.identities import place_of
from schema.report import Remark, Section

#: how many characters around a match its excuse may look at
AROUND = 12
#: no residue without one of these
HINTS = re.compile(
    r"[XxＸｘ×✕╳*＊_＿某〔【\[﹝{＜<〈（(]|填|此处|在此|待补|待完善|待核实|请|说明|本部分|该部分|本栏|此栏|本项|此项|本节|点击|单击|[为达到][ \u3000]"
)


SIGNED = re.compile(r"签字|签名|盖章|签章")


#: how a cell of a form is filled in, printed in it: （按年度批复的绩效目标填列）
OF_FORM = re.compile(r"[（(]按照?[^（()）]{2,20}(?:填列|填报)[）)]")
NOTE = re.compile(r"[。：: ]?[（(][^（）()]{2,60}[）)][。：: ]?(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Trace:
    name: str
    find: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def traces() -> tuple[Trace, ...]:
    data = tomllib.loads((Path(__file__).with_name("data") / "residue.toml").read_text("utf8"))
    return tuple(
        Trace(row["name"], re.compile(row["find"]), re.compile(row["unless"]) if "unless" in row else None)
        for row in data["residue"]
    )


def read_residue(context: Context) -> list[Remark]:
    """Every place with a trace of the template, headings left out: their instructions are the outline's."""
    headings: dict[int, list[tuple[int, int]]] = {}
    for section in context.sections:
        headings.setdefault(section.block, []).append((section.start, _title_end(context, section)))
    found: list[Remark] = []
    for block in context.document.body():
        if not HINTS.search(block.text):
            continue
        taken = list(headings.get(block.index, ()))
        for trace in traces():
            form = context.kind.endswith("table") and trace.name == "instruction"
            if form or (block.kind == "cell" and OF_FORM.fullmatch(block.text.strip())):
                continue  # a form carries its notes
            for match in trace.find.finditer(block.text):
                start, end = match.span()
                if (
                    start == end
                    or any(a < end and start < b for a, b in taken)
                    or _excused(trace, block.text, start, end)
                ):
                    continue
                taken.append((start, end))
                found.append(
                    Remark(
                        "residue",
                        context.evidence(block.index, start, end),
                        trace.name,
                        where=place_of(block),
                        sentence=(start, end),
                    )
                )
    found.sort(key=lambda remark: (remark.evidence.block, remark.evidence.start))
    return found


def _title_end(context: Context, section: Section) -> int:
    """Where a heading ends with the outline's note behind it: （二）机构职能。（简要描述部门职能）"""
    noted = NOTE.match(context.document.blocks[section.block].text, section.end)
    return noted.end() if noted else section.end


def _excused(trace: Trace, text: str, start: int, end: int) -> bool:
    if trace.name == "rule" and (not text.strip(" _＿\t\u3000") or SIGNED.search(text)):
        return True  # a line drawn across the page, a place to sign
    if trace.unless is None:
        return False
    shown = f"{text[max(0, start - AROUND) : start]}⟦{text[start:end]}⟧{text[end : end + AROUND]}"
    return bool(trace.unless.search(shown))
