"""The outline of a report: headings placed in a tree, each required role given to one of them.

Numbers are duplicated, skipped, lost and used again a level down, so the tree is the cheapest
reading of all headings together (a beam search over the open levels), with the template's titles
as a prior. A section's text is its paragraphs and the cells that hold sentences; where it has
neither, the text of its tables' cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.headings import Heading, headings
from extractors.levels import place
from extractors.roles import JOINT, LIKE, SAME, WEAK, Claim, claims, is_top, lexicon
from schema.document import Block, Document
from schema.report import Role, Section

DATE_LINE = re.compile(r"^\s*[\d二〇○零年月日一三四五六七八九十.\-/\s]{6,20}\s*$")
NAME_LINE = re.compile(r"^[\s\u4e00-\u9fff（）()]{3,30}$")


def read_outline(document: Document) -> tuple[Section, ...]:
    """The sections in reading order; each role at most once."""
    found = headings(document)
    while found and found[0].style == "annex":  # "附件1：" above a report's own title
        found.pop(0)
    if not found:
        return ()
    levels = place(found)
    drafts = _drafts(document, found, levels)
    roles = assign(drafts)
    return tuple(
        Section(
            draft.path, draft.level, draft.heading.number, draft.heading.title.strip(), roles.get(i),
            document.blocks[draft.heading.block].page, draft.heading.block, draft.heading.start,
            draft.heading.end, draft.last_block, draft.text,
        )
        for i, draft in enumerate(drafts)
    )  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A section without its role."""

    heading: Heading
    level: int
    path: str
    parent: int | None
    last_block: int
    text: str


def _drafts(document: Document, found: list[Heading], levels: tuple[int, ...]) -> list[Draft]:
    counts = [0] * 9
    drafts: list[Draft] = []
    open_at: list[int] = []
    body = list(document.body())
    closing = _closing_lines(body)
    for i, (heading, level) in enumerate(zip(found, levels, strict=True)):
        counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        path = ".".join(str(count) for count in counts[:level])
        del open_at[level - 1 :]
        parent = open_at[-1] if open_at else None
        open_at.append(i)
        after = next((j for j in range(i + 1, len(found)) if levels[j] <= level), None)
        stop = (found[after].block, found[after].start) if after is not None else (len(document.blocks), 0)
        inside = [block for block in body if heading.block <= block.index and (block.index, 0) < stop]
        text = _text(inside, heading, stop, closing)
        filled = [block.index for block in inside if block.text.strip() and block.index not in closing]
        drafts.append(Draft(heading, level, path, parent, max(filled, default=heading.block), text))
    return drafts


def _closing_lines(body: list[Block]) -> frozenset[int]:
    """The signature at the end: a name and a date alone on their lines belong to no section."""
    paragraphs = [block for block in body if block.kind == "paragraph" and block.text.strip()]
    for at in range(len(paragraphs) - 1, max(len(paragraphs) - 6, 0), -1):
        if DATE_LINE.match(paragraphs[at].text) and re.search(r"[年.\-/]", paragraphs[at].text):
            lines = {paragraphs[at].index}
            if NAME_LINE.match(paragraphs[at - 1].text) and len(paragraphs[at - 1].text.strip()) > 3:
                lines.add(paragraphs[at - 1].index)
            return frozenset(lines)
    return frozenset()


def _text(inside: list[Block], heading: Heading, stop: tuple[int, int], closing: frozenset[int]) -> str:
    prose: list[str] = []
    cells: list[str] = []
    for block in inside:
        if block.index in closing:
            continue
        first = heading.end if block.index == heading.block else 0
        last = stop[1] if block.index == stop[0] else len(block.text)
        piece = block.text[first:last].lstrip("。：:；; \u3000\t\n").rstrip()
        if not piece:
            continue
        sentence = len(piece) >= 20 and "。" in piece
        (prose if block.kind == "paragraph" or heading.in_table or sentence else cells).append(piece)
    return "\n".join(prose or cells)


def assign(drafts: list[Draft]) -> dict[int, Role]:
    """Which section carries which role: each role once, each section at most one."""
    offers = sorted(_offers(drafts), key=lambda offer: -offer[0])
    roles: dict[int, Role] = {}
    for _, i, role in offers:
        if i not in roles and role not in roles.values():
            roles[i] = role
    return roles


#: below these headings no other role begins: what stands there is work, shortcomings, measures
CLOSED: dict[Role, frozenset[Role]] = {
    "problems": frozenset({"improvements", "problems"}),
    "improvements": frozenset({"problems"}),
    "other": frozenset(),
    "functions": frozenset({"annual_work", "goals"}),
    "goals": frozenset(),
}


def _offers(drafts: list[Draft]) -> list[tuple[float, int, Role]]:
    offers: list[tuple[float, int, Role]] = []
    strong = {
        claim.role for draft in drafts for claim in claims(draft.heading.title)[:1] if claim.weight >= LIKE
    }
    for i, draft in enumerate(drafts):
        ancestors = _ancestors(drafts, i)
        for rank, claim in enumerate(claims(draft.heading.title)):
            weight = claim.weight - 0.3 * rank
            kind = lexicon().kind(claim.role)
            if claim.weight <= WEAK:
                if claim.role in strong or (kind.content and not kind.content.search(draft.text)):
                    continue
                below = [other for other in drafts if other.parent == i]
                if any(_speaks(other.heading) or _hints(other, claim) for other in below):
                    continue
            elif claim.weight < SAME and rank and claim.role not in ("improvements", "problems"):
                continue
            elif rank and claim.role in ("improvements",) and "problems" in _roles_of(draft.heading):
                continue  # one heading carries one role, and the first part is it
            weight -= _misplaced(drafts, ancestors, claim)
            if draft.heading.in_table and not draft.heading.number:
                weight -= 0.5
            if weight < WEAK - 0.05:
                continue
            order = i if not kind.late else len(drafts) - i
            offers.append((weight - 0.05 * draft.level - 0.001 * order, i, claim.role))
    return offers


def _misplaced(drafts: list[Draft], ancestors: list[int], claim: Claim) -> float:
    """How much a claim loses for standing below headings that it does not belong to."""
    loss = 0.0
    for ancestor in ancestors:
        above = drafts[ancestor].heading
        first = _first_role(above)
        if first in ("goals", "functions") and above.weight < SAME:
            first = None  # 绩效目标设定及完成情况 holds more than the goals
        if first in CLOSED and claim.role not in (*CLOSED[first], first):
            loss += 2.1 if first in ("problems", "improvements") else 0.6
        elif first == "annual_work" and claim.role != "annual_work":
            loss += 0.8
        elif first is None and not is_top(above.title) and claim.weight > WEAK:
            loss += 0.3
    return loss


def _ancestors(drafts: list[Draft], i: int) -> list[int]:
    found = []
    parent = drafts[i].parent
    while parent is not None:
        found.append(parent)
        parent = drafts[parent].parent
    return found


def _roles_of(heading: Heading) -> list[Role]:
    return [claim.role for claim in claims(heading.title)]


def _first_role(heading: Heading) -> Role | None:
    found = claims(heading.title)
    return found[0].role if found and found[0].weight >= JOINT - 0.3 else None


def _hints(draft: Draft, claim: Claim) -> bool:
    """Whether a section speaks of a role as weakly as the one above it, and nearer to the words."""
    content = lexicon().kind(claim.role).content
    return claim in claims(draft.heading.title) and bool(content and content.search(draft.text))


def _speaks(heading: Heading) -> bool:
    found = claims(heading.title)
    return bool(found) and found[0].weight >= LIKE
