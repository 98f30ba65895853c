"""What a label of a plain table says: 2023年基本支出年初预算数 = basic, budget, initial, 2023."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from extractors.tables.grid import fold
from extractors.tables.vocabulary import DATA, LEAD, unit_in
from schema.report import Stage

#: measures that are said of another measure: they hold whatever the other label says
DERIVED = (
    "change_amount",
    "change_rate",
    "share",
    "share_basic",
    "rate",
    "controlled",
    "adjustment",
    "foreign",
)
#: how many characters of a label may stay without a meaning
LEFTOVER = 1
#: (万元) · (B/A) · (1+2) · (3=2/1) · 事业编制(管理和专业技术岗)
BEHIND = re.compile(
    r"\(含[^()]*\)|\((?:管理|专业技术|专技)[^()]{0,10}(?:岗位?|人员)\)|\([^()]*(?:元|人|辆|%|[A-Z/]+)[^()]*\)|\([\d+\-=/×*%]+\)|[:*]+$"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?度?")
#: 2024年初预算数
EARLY = re.compile(r"(?<!\d)(?:19|20)\d\d年初")
#: 2023较2022(%): the change between two years
BETWEEN_YEARS = re.compile(r"(?P<year>20\d\d)年?度?[较比与](?:上年|(?P<before>20\d\d)年?度?)")
#: one word for what has several: 公车购置和运维费 is 公务用车购置及运行维护费
ALIKE = (
    (re.compile("公车|公务车"), "公务用车"),
    (re.compile("(?<=用车)配[置备]"), "购置"),
    (re.compile("(?<=购置)(?:费)?[和与、](?=运|维|使)"), "及"),
    (re.compile("运维"), "运行维护"),
)
#: 未执行数 · 尚未支付金额: what was not
NOT_DONE = re.compile("(?:当年|本年|年末)?(?:尚|仍)?未")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words of a label sorted by what they say; None = it says nothing of that.

    `back` counts years before the fiscal year, `year` is a year as written.
    """

    items: frozenset[str] = frozenset()
    measure: str | None = None
    stage: Stage | None = None
    back: int | None = None
    year: int | None = None
    unit: str | None = None

    @property
    def says(self) -> bool:
        return bool(self.items or self.measure or self.stage or self.back is not None or self.year)

    def with_(self, other: Meaning) -> Meaning:
        """Both labels read together; where they differ this one has the word."""
        return Meaning(
            self.items | other.items,
            self.measure or other.measure,
            self.stage or other.stage,
            self.back if self.back is not None else other.back,
            self.year or other.year,
            self.unit or other.unit,
        )


NOTHING = Meaning()
#: the header of a column whose label is not understood: its figures state no concept
FOREIGN = Meaning(measure="foreign")


def at_crossing(row: Meaning, column: Meaning) -> Meaning:
    """A row's label and a column's read together: where both name a measure, the one that names a
    thing as well (支出合计, 行政编制) is only its name, and the other one says which side of it."""
    both = row.with_(column)
    return replace(both, measure=_crossed(row, column))


def _crossed(row: Meaning, column: Meaning) -> str | None:
    one, other = row.measure, column.measure
    if one is None or other is None or one == other:
        return one or other
    if one in ("authorized", "actual") and other in ("budget", "spending"):
        return one  # 年末在职人员（人） under 2023年决算
    if {one, other} == {"authorized", "actual"} and row.items and column.items <= {"staff"}:
        return other  # 事业编制 under 在职实有数
    if other in DERIVED:
        return other
    if one in DERIVED:
        return one
    if "income" in (one, other):
        # 收入合计 under 决算数 is income, under 预算数 a plan of it, which no concept holds
        return "income" if "spending" in (one, other) else "planned_income"
    if bool(row.items) != bool(column.items):
        return other if row.items else one
    return None if {one, other} == {"authorized", "actual"} else one


@dataclass(frozen=True)
class Words:
    """The lexicon: each word with the meanings that it has, a pattern over all, and the concepts."""

    meanings: dict[str, tuple[tuple[str, str], ...]]
    pattern: re.Pattern[str]
    concepts: dict[tuple[str, str], str]


@cache
def words() -> Words:
    """The lexicon in data/table_words.toml."""
    data = tomllib.loads((DATA / "table_words.toml").read_text("utf8"))
    meanings: dict[str, list[tuple[str, str]]] = {}
    for kind in ("item", "measure", "stage", "period", "noise"):
        for value, printed in data[kind].items():
            for word in map(fold, printed):
                meanings.setdefault(word, []).append((kind, value))
    pattern = re.compile("|".join(re.escape(w) for w in sorted(meanings, key=len, reverse=True)))
    concepts = {}
    for key, concept in data["concepts"].items():
        parts = key.split()
        measures = {"budget", "spending", "rate", "income", "authorized", "actual"}
        item = next((p for p in parts if p not in measures), "")
        measure = next((p for p in parts if p in measures), "")
        concepts[item, measure] = concept
    return Words({w: tuple(m) for w, m in meanings.items()}, pattern, concepts)


#: 金额/人数 over a column of both: each row says which it is
OF_EITHER = re.compile(
    r"(?:金额|数额)[(（]?(?:元|万元)?[)）]?[/或、及和]?人数[)）]?|人数[/或、及和](?:金额|数额)"
)


#: 编制数（辆）
OF_THINGS = re.compile(r"[(（](?:辆|台|套|间|张|床)[)）]")


@cache
def read_label(key: str) -> Meaning | None:
    """The meaning of a folded label, None where its words are not all known."""
    if not key or len(key) > 40 or OF_EITHER.search(key):
        return None
    lexicon = words()
    unit = unit_in(key) or ("%" if key.endswith("%") else None)  # 增减%
    text = LEAD.sub("", BEHIND.sub("", key))
    between = BETWEEN_YEARS.fullmatch(text)
    if between and int(between["before"] or int(between["year"]) - 1) == int(between["year"]) - 1:
        return Meaning(measure="change_amount", year=int(between["year"]), unit=unit)
    year = YEAR.search(text)
    text = YEAR.sub("", EARLY.sub("年初", text))
    for others, word in ALIKE:
        text = others.sub(word, text)
    if NOT_DONE.match(text):
        return FOREIGN
    found: dict[str, list[str]] = {"item": [], "measure": [], "stage": [], "period": [], "noise": []}
    left = 0
    at = 0
    for match in lexicon.pattern.finditer(text):
        left += match.start() - at
        at = match.end()
        for kind, value in lexicon.meanings[match.group()]:
            found[kind].append(value)
    left += len(text) - at
    if left > LEFTOVER:
        return None
    stage: Stage | None = None
    if found["stage"]:
        stage = "adjusted" if "adjusted" in found["stage"] else "initial"
    measure = _measure(found["measure"], stage)
    if measure == "budget" and unit == "%":
        measure = "rate"  # 完成预算%
    if measure in ("authorized", "actual") and OF_THINGS.search(key):
        return FOREIGN
    return Meaning(
        frozenset(found["item"]), measure, stage, int(found["period"][0]) if found["period"] else None,
        int(year.group(1)) if year else None, unit,
    )  # fmt: skip


def _measure(said: list[str], stage: Stage | None) -> str | None:
    """The measure among several words: 支出预算 is a budget, 支出增减率 a change."""
    for strong in (
        "share",
        "change_rate",
        "change_amount",
        "rate",
        "controlled",
        "adjustment",
        "budget",
        "authorized",
    ):
        if strong in said:
            return strong
    if stage and not said:
        return "budget"
    return said[0] if said else None


#: a part says more than the whole that it belongs to
WHOLES = {
    "total": frozenset(), "basic": frozenset({"personnel", "operating"}), "staff": frozenset({"admin", "institution", "support", "contract", "retired"}),
    "three_public": frozenset({"overseas", "vehicles", "hospitality", "vehicle_part"}),
    "vehicles": frozenset({"vehicle_part"}),
}  # fmt: skip


def one_item(items: Iterable[str]) -> str | None:
    """The one thing that several words are about: the part, not its whole. "" = nothing said,
    None = two different things (基本支出 × 财政拨款)."""
    left = set(items)
    if len(left) > 1:
        left.discard("total")
    for whole, parts in WHOLES.items():
        if whole in left and left & parts:
            left.discard(whole)
    if len(left) > 1:
        return None
    return left.pop() if left else ""


def concept_of(item: str, measure: str | None) -> str | None:
    return words().concepts.get((item, measure or ""))
