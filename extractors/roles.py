"""What a heading's title says its section is for: the roles of the public interface, from
data/sections.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from schema.report import Role

ROLES: tuple[Role, ...] = get_args(Role)

#: how much a title speaks for a role
SAME, JOINT, LIKE, WEAK = 3.0, 2.6, 2.0, 1.0

#: of two roles that one title joins, the one that its section is for, whatever stands first
FIRST: tuple[tuple[Role, Role], ...] = (
    ("problems", "improvements"), ("spending", "budgeting"), ("execution", "budgeting"),
)  # fmt: skip

BRACKETS = re.compile(r"[（(〔\[【][^（()）〕\]】]*[）)〕\]】]?")
AND = re.compile("以及|及其|[与和、／/]|(?<=[\u3400-\u9fff])[-－](?=[\u3400-\u9fff])")
#: titles of papers and tables of their own; 整改办法 is none
PAPERS = re.compile("(?:表|通知|(?<!改)(?<!改进的)(?<!解决的)办法)$")
NOISE = re.compile(r"[\s\u3000“”\"'‘’《》·.．…_:：。；;,？?！!]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of sections.toml: one role with its variants."""

    name: Role
    level: int
    same: frozenset[str]
    weak: frozenset[str]
    like: re.Pattern[str] | None
    veto: re.Pattern[str] | None
    content: re.Pattern[str] | None
    late: bool  # of several titles the last one carries the role
    key: re.Pattern[str] | None  # words that hint at the role where nothing else carries it
    bar: re.Pattern[str] | None  # and words that take such a hint away
    proof: re.Pattern[str] | None  # what the text of a section with the role holds


@dataclass(frozen=True, slots=True)
class Lexicon:
    kinds: tuple[Kind, ...]
    prefixes: tuple[re.Pattern[str], ...]  # the longest first, and the shortest first
    suffixes: tuple[str, ...]
    connective: re.Pattern[str]
    narrative: re.Pattern[str]
    annex: re.Pattern[str]
    tops: frozenset[str]
    neutral: frozenset[str]  # parts of a title that carry no role and take none away

    def kind(self, role: Role) -> Kind:
        return next(kind for kind in self.kinds if kind.name == role)


@dataclass(frozen=True, slots=True)
class Claim:
    """A role that a title may carry and how strongly it says so."""

    role: Role
    weight: float


@cache
def lexicon() -> Lexicon:
    data = tomllib.loads((Path(__file__).with_name("data") / "sections.toml").read_text("utf8"))
    kinds = tuple(
        Kind(
            row["name"],
            row["level"],
            frozenset(map(joined, row["same"])),
            frozenset(map(joined, row.get("weak", ()))),
            _any(row.get("like")),
            _one(row, "veto"),
            _one(row, "content"),
            row.get("late", False),
            _one(row, "key"),
            _one(row, "bar"),
            _one(row, "proof"),
        )
        for row in data["role"]
    )
    longest = sorted(data["connectives"], key=len, reverse=True)
    return Lexicon(
        kinds,
        tuple(
            re.compile("|".join(f"(?:{prefix})" for prefix in sorted(data["prefixes"], key=len, reverse=way)))
            for way in (True, False)
        ),
        tuple(data["suffixes"]),
        re.compile("|".join(map(re.escape, longest))),
        re.compile(data["narrative"]),
        re.compile(data["annexes"]),
        frozenset(data["tops"]),
        frozenset(data["neutral"]),
    )


def _one(row: dict[str, str], name: str) -> re.Pattern[str] | None:
    return re.compile(row[name]) if name in row else None


def _any(patterns: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


@lru_cache(maxsize=8192)
def fold(title: str) -> str:
    """A title without what never carries meaning: spaces, brackets, quotes, end marks.

    >>> fold("部门（单位）整体支出情况（以决算数为统计口径）。")
    '部门整体支出情况'
    """
    return NOISE.sub("", BRACKETS.sub("", title))


@lru_cache(maxsize=4096)
def is_top(title: str) -> bool:
    """Whether a title is one that templates use for the first level."""
    folded = fold(title)
    if folded in lexicon().tops or _undated(folded) in lexicon().tops:
        return True
    return len(folded) <= 16 and any(len(core) >= 4 and core in lexicon().tops for core in cores(folded))


def is_annex(title: str) -> bool:
    return bool(lexicon().annex.search(NOISE.sub("", title)))


def _undated(folded: str) -> str:
    return re.sub(r"^([2２][0０]\d\d|二〇..)年度?", "", folded)


def joined(phrase: str) -> str:
    """A phrase with all words for "and" as one, and the other 其它.

    >>> joined("资金投入和使用") == joined("资金投入与使用") == "资金投入及使用"
    True
    """
    return AND.sub("及", phrase).replace("其它", "其他")


@lru_cache(maxsize=4096)
def cores(folded: str) -> frozenset[str]:
    """Every reading of a folded title with prefixes and suffixes taken off or left on."""
    words = lexicon()
    found = {folded, folded.replace("的", ""), joined(folded), joined(folded).replace("的", "")}
    waiting = list(found)
    while waiting:
        text = waiting.pop()
        shorter = [text[cut.end() :] for prefix in words.prefixes if (cut := prefix.match(text))]
        shorter += [text[: -len(suffix)] for suffix in words.suffixes if text.endswith(suffix)]
        for core in shorter:
            if len(core) > 1 and core not in found:
                found.add(core)
                waiting.append(core)
    return frozenset(found)


@lru_cache(maxsize=4096)
def weight_of(title: str) -> float:
    """How much a title by itself looks like one of a template, 0.0 to SAME."""
    found = claims(title)
    return max(found[0].weight if found else 0.0, JOINT if is_top(title) else 0.0)


@lru_cache(maxsize=4096)
def claims(title: str) -> tuple[Claim, ...]:
    """The roles that a title may carry, the strongest first; () for a title of none.

    >>> [claim.role for claim in claims("存在问题及改进意见")]
    ['problems', 'improvements']
    """
    led, dash, plain = title.rpartition("——")
    if dash and led and (said := claims(plain)):
        return said  # 清醒坚定补短板——存在的不足
    folded = fold(title)
    if not 2 <= len(folded) <= 40 or PAPERS.search(folded):
        return ()
    found: dict[Role, float] = {}
    whole = cores(folded)
    parts = [part for part in lexicon().connective.split(folded) if part]
    readings = [cores(part) for part in parts] if len(parts) > 1 else []
    all_known = bool(readings) and all(
        reading & lexicon().neutral or any(reading & (kind.same | kind.weak) for kind in lexicon().kinds)
        for reading in readings
    )
    calm = not lexicon().narrative.search(folded) and len(folded) <= 24
    for kind in lexicon().kinds:
        if kind.veto and kind.veto.search(folded):
            continue
        if whole & kind.same or (readings and all(reading & kind.same for reading in readings)):
            weight = SAME
        elif at := next((i + 1 for i, reading in enumerate(readings) if reading & kind.same), 0):
            weight = (JOINT if all_known else JOINT - 0.3) - 0.02 * at
        elif calm and kind.like and kind.like.search(folded):
            weight = LIKE
        elif whole & kind.weak or (readings and readings[0] & kind.weak):
            weight = WEAK
        else:
            continue
        found[kind.name] = weight
    for first, second in FIRST:  # 预算安排与支出 is a section on the spending
        if len(parts) > 1 and first in found and second in found and found[first] < SAME:
            found[first], found[second] = (
                max(found[first], found[second]),
                min(found[first], found[second] - 0.02),
            )
    ranked = sorted(found.items(), key=lambda row: -row[1])
    return tuple(Claim(role, weight) for role, weight in ranked)


@lru_cache(maxsize=4096)
def hints(title: str) -> tuple[Role, ...]:
    """The roles that single words of a short title hint at, for a section that nothing better
    claims; its text has to prove them.

    >>> hints("今年我们做了什么")
    ('annual_work',)
    """
    folded = fold(title)
    if not 2 <= len(folded) <= 16 or lexicon().narrative.search(folded):
        return ()
    return tuple(
        kind.name
        for kind in lexicon().kinds
        if kind.key
        and kind.key.search(folded)
        and not (kind.bar and kind.bar.search(folded))
        and not (kind.veto and kind.veto.search(folded))
    )
