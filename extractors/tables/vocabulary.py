"""The printed words of table forms, loaded from data/forms.toml: which label means which role."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from extractors.tables.grid import fold

DATA = Path(__file__).parent.parent / "data"

#: （一） · 1. · 2、 · (3) · 其中: · 一、 before a label
LEAD = re.compile(
    r"^(?:其中[:,]?|按[^:]{0,10}?(?:分类?|构成|来源|用途|性质|渠道):|(?:资金|支出|预算)(?:结构|构成|来源|性质):|[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.](?!\d)|[①-⑩★*▲●·])+"
)
#: (A) · (万元) · (B/A) · (10分) · [A] after a label
TAIL = re.compile(r"(?:\([^()]{0,24}\)|(?<=[总合]计)/平均|(?<=总分)/平均|\[[^\[\]]{0,12}\]|[:;,。*★])+$")
UNIT = re.compile(
    r"(?<![一-鿿\d])(?:人民币)?(亿元|万元|千元|百元|元|%|人|个|辆)(?![一-鿿])|[(:/、](亿元|万元|千元|元)"
)


@cache
def plain(key: str) -> str:
    """A folded label without numbers before it and brackets behind it.

    >>> plain("1.年初预算数(万元)(A):")
    '年初预算数'
    """
    stripped = LEAD.sub("", key)
    while (shorter := TAIL.sub("", stripped)) != stripped and shorter:
        stripped = shorter
    return stripped


def unit_in(key: str) -> str | None:
    """The unit that a folded label states: "金额(万元)" -> 万元, "单位:元" -> 元."""
    found = None
    for match in UNIT.finditer(key):
        found = match.group(1) or match.group(2)
    return found


@dataclass(frozen=True)
class Labels:
    """Printed labels to roles. Exact wording first, then wildcards, then (if asked) one slip of OCR."""

    literals: dict[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    forgiving: bool = True  # False where a slip away from a label stand other words: 科目名称, 项目名称

    def role(self, key: str, fuzzy: bool = False) -> str | None:
        """The role of a folded label, or None."""
        label = plain(key)
        for form in (key, key.rstrip(":")):
            if form in self.literals:
                return self.literals[form]
        noted = key if label != key and len(key) <= 24 else ""  # 预算数(调整后): the note in brackets counts
        for form in filter(None, (noted, label)):
            if form in self.literals:
                return self.literals[form]
            if len(form) > 24:
                return None
            for pattern, role in self.patterns:
                if pattern.fullmatch(form):
                    return role
        return self._near(label) if fuzzy and self.forgiving else None

    def _near(self, label: str) -> str | None:
        """The one role whose label is a slip away: one character in four, two in eight or more."""
        if len(label) < 4 or re.search(r"\d", label):
            return None
        allowed = 2 if len(label) >= 8 else 1
        near: dict[int, set[str]] = {}
        longer = {role for literal, role in self.literals.items() if literal[1:] == label and len(label) >= 4}
        if len(longer) == 1:
            return longer.pop()  # 年执行数: only the first character is lost
        for literal, role in self.literals.items():
            if abs(len(literal) - len(label)) <= allowed and len(literal) >= 4:
                distance = Levenshtein.distance(literal, label, score_cutoff=allowed)
                if distance <= allowed:
                    near.setdefault(distance, set()).add(role)
        nearest = near[min(near)] if near else set()
        return nearest.pop() if len(nearest) == 1 else None


def labels_of(*tables: dict[str, list[str]], forgiving: bool = True) -> Labels:
    """Labels from role -> printed variants; where two tables claim a label the first one has it."""
    literals: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for table in tables:
        for role, printed in table.items():
            for label in map(fold, printed):
                if "*" in label:
                    parts = (re.escape(part) for part in label.split("*"))
                    patterns.append((re.compile(".{0,12}".join(parts)), role))
                else:
                    literals.setdefault(label, role)
    return Labels(literals, tuple(patterns), forgiving)


@dataclass(frozen=True)
class Form:
    """A printed table form: how its header is recognised and what its columns are called."""

    name: str
    kind: str
    zh: str
    needs: tuple[tuple[str, ...], ...]
    columns: Labels
    unit: str | None = None

    def met_by(self, roles: set[str]) -> bool:
        return all(roles.intersection(alternatives) for alternatives in self.needs)


@dataclass(frozen=True)
class Vocabulary:
    """All forms in the order of the file, the row labels of a funds block, and words that stand alone."""

    forms: tuple[Form, ...]
    funds_rows: Labels
    words: dict[str, Labels]
    partial: tuple[str, ...]

    def is_word(self, role: str, key: str) -> bool:
        return self.words[role].role(key) is not None


def read_forms(data: dict[str, Any]) -> Vocabulary:
    """The vocabulary in a parsed forms file. Raises KeyError for a form of an unknown kind."""
    forms = []
    for row in data["form"]:
        own = row.get("columns", {})
        columns = labels_of(own, data["shared"][row["kind"]], forgiving=row["kind"] != "projects")
        needs = tuple(tuple(need.split("|")) for need in row["needs"])
        forms.append(Form(row["name"], row["kind"], row["zh"], needs, columns, row.get("unit")))
    words = {role: labels_of({role: printed}) for role, printed in data["words"].items()}
    return Vocabulary(tuple(forms), labels_of(data["rows"]["funds"]), words, tuple(data["partial"]["words"]))


@cache
def vocabulary() -> Vocabulary:
    """The forms of every file data/forms*.toml: blocks of later files come after those of forms.toml."""
    data = tomllib.loads((DATA / "forms.toml").read_text("utf8"))
    for path in sorted(DATA.glob("forms-*.toml")):
        data["form"].extend(tomllib.loads(path.read_text("utf8")).get("form", []))
    return read_forms(data)
