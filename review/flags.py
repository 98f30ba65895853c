"""The page of findings: filters that live in the address, counts beside them, one page of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlencode

from review.words import SEVERITIES, STATUSES, rule_name
from storage.bulk import MOST
from storage.records import Changed, Flag, FlagFilter, FlagSort, Missing, Page, Status
from storage.store import Store

PAGE = 50
#: departments named beside the list
DEPARTMENTS = 12
SORTS = {
    "severity": "严重程度",
    "department": "部门",
    "fiscal_year": "年度",
    "rule": "规则",
    "status": "状态",
    "newest": "最新",
}
#: parameter of the address: (field of FlagFilter, facet of the store)
PARAMETERS = {"year": "years", "rule": "rules", "severity": "severities", "status": "statuses"}
FACETS = {"severity": "级别", "status": "状态", "year": "年度", "rule": "规则"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: a click on `query` chooses it, or lets it go."""

    label: str
    count: int | None  # None where it was not counted
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class FlagsPage:
    """All that the page shows."""

    rows: tuple[Flag, ...]
    total: int
    page: int
    pages: int
    query: str  # the filters in force, without the page
    facets: tuple[tuple[str, tuple[Choice, ...]], ...]
    wanted: FlagFilter
    sort: str
    descending: bool
    sorts: tuple[tuple[str, str, str], ...]  # label, query, which way it is in force: "", "↓" or "↑"
    kept: tuple[tuple[str, str], ...]  # name, query
    cut: bool  # more hold the text than are looked at
    by_status: dict[str, int]  # all that match
    most: int  # that one verdict may be given on at once

    def turned(self, page: int) -> str:
        return f"{self.query}&page={page}" if self.query else f"page={page}"


Pairs = list[tuple[str, str]]


def filter_of(pairs: Iterable[tuple[str, str]]) -> FlagFilter:
    """The filter that an address asks for; what makes no sense is left out."""
    found: dict[str, list[Any]] = {
        "departments": [],
        "years": [],
        "rules": [],
        "severities": [],
        "statuses": [],
    }
    text = None
    for key, value in pairs:
        value = value.strip()[:200]
        if key == "department" and value:
            found["departments"].append(value)
        elif key == "year" and value.isdecimal() and len(value) == 4:
            found["years"].append(int(value))
        elif key == "rule" and value:
            found["rules"].append(value)
        elif (key == "severity" and value in SEVERITIES) or (key == "status" and value in STATUSES):
            found[PARAMETERS[key]].append(value)
        elif key == "q" and value:
            text = value
    lists: dict[str, Any] = {key: tuple(dict.fromkeys(values)) for key, values in found.items()}
    return FlagFilter(**lists, text=text)


def pairs_of(wanted: FlagFilter, sort: str = "severity", descending: bool = False) -> Pairs:
    """The filter as parameters of an address: the same filter always gives the same address."""
    pairs = [("department", name) for name in wanted.departments]
    for key, field in PARAMETERS.items():
        pairs += [(key, str(value)) for value in getattr(wanted, field)]
    if wanted.text:
        pairs.append(("q", wanted.text))
    if sort != "severity":
        pairs.append(("sort", sort))
    if descending:
        pairs.append(("desc", "1"))
    return pairs


def wanted_of(pairs: Pairs) -> tuple[FlagFilter, FlagSort, bool]:
    """The filter, the order and whether it is turned round."""
    single = dict(pairs)
    sort: FlagSort = single.get("sort", "severity")  # type: ignore[assignment]
    return filter_of(pairs), sort if sort in get_args(FlagSort) else "severity", single.get("desc") == "1"


def flags_page(store: Store, parameters: Iterable[tuple[str, str]], owner: str = "") -> FlagsPage:
    """The list with the filters that `owner` keeps beside it."""
    given = list(parameters)
    single = dict(given)
    wanted, sort, descending = wanted_of(given)
    asked = single.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1
    found: Page[Flag] = store.flags(
        wanted, sort=sort, descending=descending, limit=PAGE, offset=(number - 1) * PAGE
    )
    pages = max(1, -(-found.total // PAGE))
    if number > pages:  # the last rows were filtered away: show the last page there is
        number = pages
        found = store.flags(wanted, sort=sort, descending=descending, limit=PAGE, offset=(pages - 1) * PAGE)
    pairs = pairs_of(wanted, sort, descending)
    counts = store.facets(wanted)
    counts["year"] = counts.pop("fiscal_year")
    by_status = {
        status: counts["status"].get(status, 0)
        for status in STATUSES
        if not wanted.statuses or status in wanted.statuses
    }
    facets = [(title, _choices(key, counts[key], pairs)) for key, title in FACETS.items()]
    chosen = dict.fromkeys(wanted.departments, found.total if len(wanted.departments) == 1 else None)
    named = chosen or {name: n for name, n in store.top_departments(wanted, DEPARTMENTS).items() if name}
    if named:
        facets.append(("部门" if chosen else "问题最多的部门", _departments(named, pairs)))
    sorts = tuple(
        (
            label,
            urlencode(pairs_of(wanted, name, not descending if name == sort else False)),
            "" if name != sort else "↑" if descending else "↓",
        )
        for name, label in SORTS.items()
    )
    return FlagsPage(
        found.rows, found.total, number, pages, urlencode(pairs), tuple(facets), wanted, sort,
        descending, sorts, store.filters(owner), found.cut, by_status, MOST,
    )  # fmt: skip


def _choices(key: str, counts: Mapping[Any, int], pairs: Pairs) -> tuple[Choice, ...]:
    labels: dict[str, dict[str, str]] = {"severity": SEVERITIES, "status": STATUSES}
    chosen = {value for name, value in pairs if name == key}
    values = {str(value): count for value, count in counts.items() if value is not None}
    values |= dict.fromkeys(chosen - set(values), 0)
    order = list(labels[key]) if key in labels else None
    if order:
        named = sorted(values, key=order.index)
    elif key == "year":
        named = sorted(values, reverse=True)
    else:
        named = sorted(values, key=lambda value: (-values[value], value))
    choices = []
    for value in named:
        toggled = [pair for pair in pairs if pair != (key, value)]
        if value not in chosen:
            toggled.append((key, value))
        label = labels[key][value] if key in labels else rule_name(value) if key == "rule" else f"{value}年"
        choices.append(Choice(label, values[value], value in chosen, urlencode(toggled)))
    return tuple(choices)


def _departments(counts: Mapping[str, int | None], pairs: Pairs) -> tuple[Choice, ...]:
    choices = []
    for name, count in counts.items():
        chosen = ("department", name) in pairs
        rest = [pair for pair in pairs if pair != ("department", name)]
        choices.append(
            Choice(name, count, chosen, urlencode(rest if chosen else [("department", name), *rest]))
        )
    return tuple(choices)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a verdict on several findings came to: `refused` are those that changed meanwhile."""

    done: tuple[Flag, ...]
    refused: tuple[tuple[int, str], ...]


def judge(store: Store, picks: Iterable[str], status: Status, who: str, comment: str) -> Judged:
    """A verdict on every pick "id:state", each as the reviewer saw it. Raises ValueError for a pick
    that is none."""
    done: list[Flag] = []
    refused: list[tuple[int, str]] = []
    for pick in picks:
        finding, _, state = pick.partition(":")
        if not (finding.isdecimal() and state.isdecimal()):
            raise ValueError(f"“{pick[:40]}”不是一条问题")
        try:
            done.append(store.review(int(finding), status, who, comment, seen_state=int(state)))
        except Changed as changed:
            now = changed.flag
            said = f"{now.reviewer or '他人'}刚把它定为“{STATUSES[now.status]}”，您的结论没有保存，请看过再定"
            refused.append((int(finding), said))
        except Missing as missing:
            refused.append((int(finding), str(missing)))
    return Judged(tuple(done), tuple(refused))
