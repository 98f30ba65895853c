"""What differs by province and year: outline, bands, denominators, lines; each value with its source."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from schema.report import Grade, Report, Role

PROFILES = files("schema") / "profiles"
GENERIC = "mof"
Denominator = Literal["any", "initial", "adjusted"]


class NotAProfile(Exception):
    """A profile that cannot be read: the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from. `confirmed` False marks one that no document at hand supports."""

    clause: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """The settings of one province or bureau.

    Lines and floors are percents; bands run from the best grade down, each (grade, lowest share of
    full marks in percent), half-open: 89.5 with bands 90 and 80 belongs to 80.
    """

    name: str
    zh: str
    dated: str
    title: str
    number: str
    places: tuple[str, ...]
    outline: tuple[Role, ...]
    signature: tuple[str, ...]  # words of headings that only this outline has; two prove it
    outline_fit: Decimal  # the share of the outline that must be there before a gap counts
    outline_source: Source
    core: tuple[Role, ...]  # worth a notice where absent, whatever the outline
    facts: tuple[str, ...]
    facts_source: Source
    bands: tuple[tuple[Grade, Decimal], ...]
    bands_source: Source
    denominator: Denominator
    execution_line: Decimal
    execution_source: Source
    reason_below: Decimal | None
    reason_source: Source
    score_source: Source
    overachieved: Decimal


def profile_names() -> tuple[str, ...]:
    """The names of the profiles that come with jihe, the generic one first."""
    names = sorted(
        p.name[:-5] for p in PROFILES.iterdir() if p.name.endswith(".toml") and p.name != "places.toml"
    )
    return (GENERIC, *(n for n in names if n != GENERIC))


def load_profile(name_or_path: str | Path, home: Path | None = None) -> Profile:
    """A profile by name (`guangdong`), by a path to a TOML file, or by the name of a file in
    `home`/profiles, which wins. Raises NotAProfile."""
    name = str(name_or_path)
    if name.endswith(".toml"):
        return _read(Path(name))
    own = home / "profiles" / f"{name}.toml" if home else None
    if own and own.exists():
        return _read(own)
    if name not in profile_names():
        raise NotAProfile(f"没有名为“{name}”的规则模板，可用的有：{'、'.join(profile_names())}")
    return _shipped(name)


@cache
def _shipped(name: str) -> Profile:
    return _built(name, _parsed((PROFILES / f"{name}.toml").read_text("utf8"), name))


def _read(path: Path) -> Profile:
    try:
        text = path.read_text("utf8")
    except OSError as error:
        raise NotAProfile(f"读不到规则模板文件“{path}”") from error
    return _built(path.stem, _parsed(text, str(path)))


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise NotAProfile(f"规则模板“{name}”不是正确的TOML文件：{error}") from error


TABLES = {
    "": {"zh", "dated", "title", "number", "places", "inherits"},
    "outline": {"required", "core", "signature", "fit", "clause", "confirmed"},
    "facts": {"required", "clause", "confirmed"},
    "rating": {"bands", "clause", "confirmed"},
    "execution": {"denominator", "line", "clause", "confirmed", "reason_below", "reason_clause"},
    "score": {"clause", "confirmed"},
    "indicators": {"overachieved"},
}


def _built(name: str, data: dict[str, Any]) -> Profile:
    """A file's values over those of the profile that it inherits (the generic one where unsaid)."""
    for key, value in data.items():
        known = TABLES.get(key) if isinstance(value, dict) else TABLES[""]
        unknown = (
            (set(value) - known if known is not None else {key})
            if isinstance(value, dict)
            else {key} - TABLES[""]
        )
        if unknown:
            raise NotAProfile(f"规则模板“{name}”有不认识的设置：{'、'.join(sorted(unknown))}")
    try:
        return _profile(name, _inherited(name, data))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise NotAProfile(f"规则模板“{name}”缺少或写错了设置：{error}") from error


def _inherited(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """A file's tables laid over its parent's, and that one's over its own."""
    if name == GENERIC:
        return data
    parent = str(data.get("inherits", GENERIC))
    if parent not in profile_names() or parent == name:
        raise NotAProfile(f"规则模板“{name}”沿用的“{parent}”不存在")
    below = _inherited(parent, _parsed((PROFILES / f"{parent}.toml").read_text("utf8"), parent))
    return data | {table: below[table] | data.get(table, {}) for table in TABLES if table}


def _profile(name: str, data: dict[str, Any]) -> Profile:
    def source(table: str, key: str = "clause") -> Source:
        return Source(data[table][key], data[table].get("confirmed", True))

    outline, execution, rating = data["outline"], data["execution"], data["rating"]
    roles = (*outline["required"], *outline["core"])
    if strange := set(roles) - set(get_args(Role)):
        raise ValueError(f"不认识的章节：{'、'.join(sorted(strange))}")
    bands = tuple((grade, Decimal(low)) for grade, low in rating["bands"])
    if strange := {grade for grade, _ in bands} - set(get_args(Grade)):
        raise ValueError(f"不认识的等级：{'、'.join(sorted(strange))}")
    if execution["denominator"] not in get_args(Denominator):
        raise ValueError(f"不认识的分母：{execution['denominator']}")
    below = execution.get("reason_below")
    return Profile(
        name=name,
        zh=data["zh"],
        dated=str(data["dated"]),
        title=data["title"],
        number=data.get("number", ""),
        places=tuple(data.get("places", ())),
        outline=tuple(outline["required"]),
        signature=tuple(outline["signature"]),
        outline_fit=Decimal(outline["fit"]),
        outline_source=source("outline"),
        core=tuple(outline["core"]),
        facts=tuple(data["facts"]["required"]),
        facts_source=source("facts"),
        bands=bands,
        bands_source=source("rating"),
        denominator=execution["denominator"],
        execution_line=Decimal(execution["line"]),
        execution_source=source("execution"),
        reason_below=Decimal(below) if below is not None else None,
        reason_source=source("execution", "reason_clause" if "reason_clause" in execution else "clause"),
        score_source=source("score"),
        overachieved=Decimal(data["indicators"]["overachieved"]),
    )


@cache
def _places() -> dict[str, Any]:
    return tomllib.loads((PROFILES / "places.toml").read_text("utf8"))


def province_of(report: Report, hints: str = "") -> str | None:
    """The province that a report comes from: by the names of places in the department's name, then
    by the area code of its telephone, then by what the hints (a file name, a title) say."""
    table = _places()
    phones = [f.text or "" for f in report.facts if f.concept == "phone"]
    for text in (report.department or "", hints):
        places = [
            (text.index(name), -len(name), str(province))
            for province, names in table["names"].items()
            for name in names
            if name in text
        ]
        if places:
            return min(places)[2]
    for phone in phones:
        found = re.match(r"[（(]?(0\d{2,3})[）)\-—－\s]", phone)
        if not found:
            continue
        for province, codes in table["codes"].items():
            if found[1] in codes:
                return str(province)
    return _cited_province(report)


def _cited_province(report: Report) -> str | None:
    """The province whose own document numbers the report cites: 川财绩〔2023〕5号; None where it cites
    those of several."""
    numbers = [citation.number for citation in report.citations]
    found = {
        str(province)
        for province, signs in _places()["signs"].items()
        for number in numbers
        if number.startswith(tuple(sign + office for sign in signs for office in "财府政办委发"))
    }
    return found.pop() if len(found) == 1 else None


def outline_share(report: Report, profile: Profile) -> Decimal:
    """The share of a profile's required sections that a report has."""
    if not profile.outline:
        return Decimal(0)
    there = {section.role for section in report.sections}
    return Decimal(sum(role in there for role in profile.outline)) / len(profile.outline)


def outline_fits(report: Report, profile: Profile) -> bool:
    """Whether a profile's outline is surely the one in use, so that a gap in it is a fault: enough of
    its sections are there, and headings in its own words."""
    titles = "\n".join(section.title for section in report.sections)
    proved = _signed(titles, profile) >= min(2, len(profile.signature))
    return bool(profile.outline) and proved and outline_share(report, profile) >= profile.outline_fit


def _signed(titles: str, profile: Profile) -> int:
    """How many words of headings that only this profile's outline has stand in the titles."""
    return sum(word in titles for word in profile.signature)


def choose_profile(report: Report, hints: str = "") -> Profile:
    """The profile whose outline the report is written after; else that of the report's province; else
    the one whose words the headings use; else the generic one."""
    profiles = [load_profile(name) for name in profile_names()]
    fitting = [p for p in profiles if outline_fits(report, p)]
    if fitting:
        return max(fitting, key=lambda p: outline_share(report, p))
    if province := province_of(report, hints):
        return next((p for p in profiles if province in p.places), profiles[0])
    titles = "\n".join(section.title for section in report.sections)
    # an outline of its own is either fulfilled, above, or proves nothing
    signed = max((p for p in profiles if not p.outline), key=lambda p: _signed(titles, p))
    return signed if _signed(titles, signed) >= 2 else profiles[0]
