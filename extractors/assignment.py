"""Which section carries which role: by the words of its title, where it stands, and what its text
proves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.headings import Heading
from extractors.roles import JOINT, LIKE, SAME, WEAK, Claim, claims, fold, hints, is_top, lexicon
from schema.report import Role


@dataclass(slots=True)
class Draft:
    """A section without its role."""

    heading: Heading
    level: int
    path: str
    parent: int | None
    last_block: int
    text: str


def assign(drafts: list[Draft]) -> dict[int, Role]:
    """Which section carries which role: each role once, each section at most one."""
    offers = sorted(_offers(drafts), key=lambda offer: -offer[0])
    roles: dict[int, Role] = {}
    for _, i, role in offers:
        if i not in roles and role not in roles.values():
            roles[i] = role
    for _, i, role in sorted(_last_offers(drafts, roles), key=lambda offer: -offer[0]):
        if i not in roles and role not in roles.values():
            roles[i] = role
    _beside(drafts, roles)
    _second_choices(drafts, roles)
    _read_into(drafts, roles)
    for i in range(len(drafts)):
        if i not in roles and (rest := _rest_of(drafts, i, roles)):
            roles[i] = rest
    return roles


def _below(drafts: list[Draft], i: int) -> list[int]:
    """The sections below one."""
    return [j for j, other in enumerate(drafts) if other.path.startswith(f"{drafts[i].path}.")]


#: a role, the one that it stands beside, and on which side
BESIDE: tuple[tuple[Role, Role, int], ...] = (
    ("problems", "improvements", -1),
    ("improvements", "problems", 1),
)
#: titles that say what else stands beside problems and measures
NEITHER = re.compile("应用|公开|公示|附|说明|案例|其他|其它|经验|做法|依据")


def _beside(drafts: list[Draft], roles: dict[int, Role]) -> None:
    """Gives a section right before the measures the shortcomings, and one right behind the shortcomings the measures, where
    a word of its title (怎么补) or its text (六、来日方长) says so and its title says nothing else."""
    at = {role: i for i, role in roles.items()}
    for role, other, step in BESIDE:
        if role in at or other not in at:
            continue
        row = [i for i, draft in enumerate(drafts) if draft.parent == drafts[at[other]].parent]
        place = row.index(at[other]) + step
        i = row[place] if 0 <= place < len(row) else None
        if i is None or i in roles or any(j in roles for j in _below(drafts, i)):
            continue
        title = drafts[i].heading.title
        if claims(title) or is_top(title) or NEITHER.search(title):
            continue
        if role in hints(title) or _proves(drafts[i], role):
            roles[i] = role


def _second_choices(drafts: list[Draft], roles: dict[int, Role]) -> None:
    """Gives a title whose first role another section carries the role that it may weakly have besides:
    资金使用, where 资金收支情况 is the section on the spending, tells of execution."""
    for i, draft in enumerate(drafts):
        first, *others = claims(draft.heading.title) or (None,)
        if i in roles or first is None or first.role not in roles.values() or _below(drafts, i):
            continue
        if any(roles.get(above) in CLOSED for above in _ancestors(drafts, i)):
            continue
        for claim in others:
            content = lexicon().kind(claim.role).content
            if claim.role not in roles.values() and content and content.search(draft.text):
                roles[i] = claim.role
                break


def _rest_of(drafts: list[Draft], i: int, roles: dict[int, Role]) -> Role | None:
    """The other role of a title that joins two, where a section below it carries one: 绩效目标及重点任务
    above 总体目标：…"""
    draft = drafts[i]
    found = [claim for claim in claims(draft.heading.title) if claim.weight >= LIKE]
    below = {roles[j] for j in _below(drafts, i) if j in roles}
    if len(found) < 2 or not below & {claim.role for claim in found} or draft.heading.in_table:
        return None
    for claim in found:
        if claim.role in roles.values() or claim.role in ("budgeting", "other"):
            continue
        if _proves(draft, claim.role):
            return claim.role
    return None


#: how a paragraph says what it is on where no heading does: 预算执行方面，年初批复…
SPOKEN: dict[Role, re.Pattern[str]] = {
    "budgeting": re.compile(r"(?:^|[。；\n])\s*(?:[（(]?[一二三四\d]+[）)、.是]+)?在?预算编[制报](?:和批复)?(?:方面|上)[，,：:]"),
    "execution": re.compile(r"(?:^|[。；\n])\s*(?:[（(]?[一二三四\d]+[）)、.是]+)?在?(?:预算|资金|支出)执行(?:情况|进度)?(?:方面|上)[，,：:]"),
}  # fmt: skip


def _read_into(drafts: list[Draft], roles: dict[int, Role]) -> None:
    """Gives the sections whose text says what it is on the roles that no title carries."""
    for role in ("execution", "budgeting"):
        if role in roles.values():
            continue
        for i, draft in enumerate(drafts):
            if i not in roles and not _below(drafts, i) and SPOKEN[role].search(draft.text):
                roles[i] = role
                break


def shared(drafts: list[Draft], i: int, roles: dict[int, Role]) -> Role | None:
    """The second role of a section whose title joins two, where no section of its own carries that:
    年度目标及重点任务."""
    draft = drafts[i]
    carried = roles.get(i)
    if carried is None or not draft.text.strip():
        return None
    short = len(draft.text) < 10
    found = claims(draft.heading.title)
    for claim in found:
        if claim.role in (carried, "budgeting", "other") or claim.role in roles.values():
            continue
        plain = (carried, claim.role) in {(a, b) for a, b, _ in BESIDE}  # 问题与对策: the title alone says it
        if claim.weight >= LIKE and (plain or (not short and _proves(draft, claim.role))):
            return claim.role
    if short:
        return None
    half = next((role for role, other, _ in BESIDE if other == carried), None)
    hinted = {*hints(draft.heading.title)}  # 还有什么不足、怎么改
    if half and half not in roles.values() and {carried, half} <= hinted and _proves(draft, half):
        return half
    if _below(drafts, i):
        return None
    return next(
        (role for role, spoken in SPOKEN.items() if role not in roles.values() and spoken.search(draft.text)),
        None,
    )


#: where in a report a role is looked for when only a hint speaks for it, as shares of its sections
USUAL: dict[Role, tuple[float, float]] = {
    "functions": (0.0, 0.4), "annual_work": (0.0, 0.6), "goals": (0.0, 0.6), "spending": (0.0, 0.8),
    "problems": (0.4, 1.0), "improvements": (0.4, 1.0), "other": (0.6, 1.0),
}  # fmt: skip


DONE = frozenset(
    {"完成情况", "目标完成情况", "实际完成情况", "实现情况", "完成", "目标完成", "目标实现情况", "完成结果"}
)
GOALS = re.compile("目标|绩效")


def _last_offers(drafts: list[Draft], roles: dict[int, Role]) -> list[tuple[float, int, Role]]:
    """Sections that single words of a title hint at, for roles that no title carries: the words, the
    text and the place in the report have to agree."""
    offers: list[tuple[float, int, Role]] = []
    for i, draft in enumerate(drafts):
        heading = draft.heading
        if i in roles or heading.in_table or heading.style == "annex" or draft.level > 3:
            continue
        if heading.weight >= LIKE or not (heading.number or heading.loud or heading.level is not None):
            continue  # a title of another role, or none by its look
        below = _below(drafts, i)
        above = _ancestors(drafts, i)
        told = hints(heading.title)
        if (
            fold(heading.title) in DONE
            and draft.parent is not None
            and GOALS.search(drafts[draft.parent].heading.title)
        ):
            told = ("benefits",)  # 绩效目标及完成情况: （一）年初目标（二）完成情况
        for role in told:
            low, high = USUAL.get(role, (0.0, 1.0))
            place = i / max(len(drafts) - 1, 1)
            if role in roles.values() or not low <= place <= high or not _proves(draft, role):
                continue
            if any(j in roles or role in hints(drafts[j].heading.title) for j in below):
                continue  # the sections below say it better
            closed = [a for a in above if roles.get(a) in CLOSED or roles.get(a) == "annual_work"]
            if not all(is_top(drafts[a].heading.title) for a in closed):
                continue
            offers.append((1.0 - 0.05 * draft.level - 0.01 * i, i, role))
    return offers


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
                spoken = [other for other in below if _speaks(other.heading) and not _closes(other.heading)]
                if spoken or any(_hints(other, claim) for other in below):
                    continue
                if any(claim.role in hints(o.heading.title) and _proves(o, claim.role) for o in below):
                    continue  # 一、单位概况: （一）管什么
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
        if first in CLOSED and {one.role for one in claims(above.title)} - {first, *CLOSED[first]}:
            first = None  # 绩效与问题 holds both
        both = {"problems", "improvements"} <= {one.role for one in claims(above.title)}
        if both and claim.role == "other":
            loss += 0.6  # 第四部分 问题和建议: 一、问题 二、建议 三、其他事项
        elif first in CLOSED and claim.role not in (*CLOSED[first], first):
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


def _proves(draft: Draft, role: Role) -> bool:
    proof = lexicon().kind(role).proof
    return proof is None or bool(proof.search(draft.text))


def _closes(heading: Heading) -> bool:
    """Whether a section sums up the one that it stands in, 总体评价, 有关说明, and tells nothing of what that is on."""
    return _first_role(heading) in ("conclusion", "other")


def _speaks(heading: Heading) -> bool:
    found = claims(heading.title)
    return bool(found) and found[0].weight >= LIKE
