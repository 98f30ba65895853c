"""Which group of a score sheet a section's title names, for points that its text states without a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.figures.groups import OF_REPORT
from extractors.figures.scores import SECTIONS, THIS, group_of_heading
from schema.report import Section

#: 该部分分值30分，得28.5分: of the whole section, whatever its last item was about
SECTION = re.compile(rf"\s*{THIS}{SECTIONS}")
#: 分值15分，得14分。 as a paragraph of its own
CLOSING = re.compile(
    r"\s*(?:分值|满分|权重)[为是：:]?\s?\d[\d.]*\s?分?[，,]\s?(?:自评|实际|实)?得(?:分[为是：:]?)?\s?\d[\d.]*\s?分[。；]?\s*"
)
#: 三、绩效目标完成情况分析, over the groups
OF_GOALS = re.compile(r"\s*(?:总体|年度)?绩效目标(?:的|完成|实现|达成)")


def headed_group(chain: Sequence[Section], sections: Sequence[Section], text: str) -> str | None:
    """The group that a paragraph's points are of, by the titles from the outermost one to its own; None below
    another group's title, where 1.预算编制 below （三）管理效率分析 is a part of that."""
    named = [(section, group) for section in chain if (group := _called(section, sections))]
    if not named:
        return None
    section, group = named[0]
    if section is chain[-1]:
        return group
    closes = SECTION.match(text) or (CLOSING.fullmatch(text) and _closings(section) == 1)
    return group if closes and len(named) == 1 else None


def _called(section: Section, sections: Sequence[Section]) -> str | None:
    """The group that a title names: a known one, or any other where several beside it are known."""
    if (
        (group := group_of_heading(section.title))
        and group not in OF_REPORT
        and not OF_GOALS.match(section.title)
    ):
        return group
    above = section.path.rpartition(".")[0]
    beside = [s for s in sections if above and s.path.rpartition(".")[0] == above]
    known = sum(group_of_heading(other.title) is not None for other in beside)
    name = section.title.strip(" 。：:“”")
    plain = not re.search("自评|结论|结果|评价|得分", name)
    return name if plain and known >= max(2, len(beside) // 2) and len(name) <= 8 else None


def _closings(section: Section) -> int:
    return sum(CLOSING.fullmatch(line) is not None for line in section.text.split("\n"))
