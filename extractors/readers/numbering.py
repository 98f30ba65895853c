"""Word's automatic numbers, counted and written as Word shows them.

Source: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractors.readers.numerals import numeral
from extractors.readers.package import Element
from extractors.readers.styles import Styles
from extractors.readers.symbols import resolve
from extractors.readers.wordml import on, val, w, whole

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MOST = 32_768  # Word counts no further
_AFTER = {"tab": "\t", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    custom: str = ""
    text: str = ""
    after: str = "\t"
    restart: int | None = None  # 0: never; k: after a level k (from 1) or a higher one; None: after any
    legal: bool = False  # w:isLgl: all figures plain
    font: str = ""
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One w:num: the levels as overridden, the starts it sets anew, and the definition it counts with."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Defined:
    """What a numbering part defines, by its ids."""

    definitions: dict[str, Element] = field(default_factory=dict)
    by_link: dict[str, str] = field(default_factory=dict)  # w:styleLink: numbering style -> definition
    nums: dict[str, Element] = field(default_factory=dict)


class Numbering:
    """The counters of a document; `number` is called once for each numbered paragraph, in order.

    `part` gives the numbering part's root; most files bring one, and most number nothing by it: it is asked for
    by the first numbered paragraph.
    """

    def __init__(self, part: Callable[[], Element | None], styles: Styles) -> None:
        self._part = part
        self._styles = styles
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}

    @cached_property
    def _defined(self) -> _Defined:
        root = self._part()
        return _Defined() if root is None else _read_part(root)

    def level_of_style(self, num_id: str, lineage: list[str]) -> int | None:
        """The level that is linked to a paragraph style or to one that it is based on."""
        found = self._list(num_id)
        if found:
            for style in lineage:
                for ilvl, level in found.levels.items():
                    if level.style == style:
                        return ilvl
        return None

    def number(self, num_id: str, ilvl: int) -> tuple[str, str]:
        """The next number of a list at a level (0–8) and what stands after it: ("（一）", "")."""
        found = self._list(num_id)
        level = found.levels.get(ilvl) if found else None
        if found is None or level is None:
            return "", ""
        counters = self._counters.setdefault(found.definition, {})
        if ilvl in found.starts and ilvl not in found.begun:
            counters[ilvl] = found.starts[ilvl]
        elif ilvl in counters:
            counters[ilvl] += 1
        else:
            counters[ilvl] = found.starts.get(ilvl, level.start)
        found.begun.add(ilvl)
        for deeper in [key for key in counters if key > ilvl]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or ilvl < restart:
                del counters[deeper]
        said = self._said(found, level, counters)
        return said, level.after if said else ""

    def _said(self, found: _List, level: Level, counters: dict[int, int]) -> str:
        if level.form == "bullet":
            return resolve(level.text, level.font) if level.text.strip() else ""

        def counter(place: re.Match[str]) -> str:
            at = int(place.group(1)) - 1
            shown = found.levels.get(at, Level())
            # a level that no paragraph has used yet shows its start
            value = counters.get(at, found.starts.get(at, shown.start))
            plain = level.legal and shown.form != "none"
            return numeral("decimal" if plain else shown.form, value, shown.custom)

        return _PLACE.sub(counter, level.text)

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read_list(num_id)
        return self._lists[num_id]

    def _read_list(self, num_id: str) -> _List | None:
        num = self._defined.nums.get(num_id)
        key = None if num is None else self._definition_of(num)
        if num is None or key is None:
            return None
        levels = {}
        for element in self._defined.definitions[key].iterchildren(w("lvl")):
            ilvl = whole(element.get(w("ilvl")))
            if ilvl is not None and 0 <= ilvl < _LEVELS:
                levels[ilvl] = _read_level(element)
        starts = {}
        for override in num.iterchildren(w("lvlOverride")):
            ilvl = whole(override.get(w("ilvl")))
            if ilvl is None or not 0 <= ilvl < _LEVELS:
                continue
            element = override.find(w("lvl"))
            if element is not None:
                levels[ilvl] = _read_level(element)
            start = whole(val(override.find(w("startOverride"))))
            if start is not None and abs(start) < _MOST:
                starts[ilvl] = start
                levels[ilvl] = replace(levels.get(ilvl, Level()), start=start)
        return _List(key, levels, starts)

    def _definition_of(self, num: Element) -> str | None:
        """The definition of a w:num; one that only names a numbering style (w:numStyleLink) is followed."""
        key = val(num.find(w("abstractNumId")))
        for _ in range(5):  # links can form a ring in a damaged file
            if key is None or key not in self._defined.definitions:
                return None
            link = val(self._defined.definitions[key].find(w("numStyleLink")))
            if link is None:
                return key
            if link in self._defined.by_link:
                key = self._defined.by_link[link]
                continue
            other = self._defined.nums.get(self._styles.number_of(link) or "")
            key = None if other is None else val(other.find(w("abstractNumId")))
        return None


def _read_part(root: Element) -> _Defined:
    found = _Defined()
    for definition in root.iterchildren(w("abstractNum")):
        key = definition.get(w("abstractNumId"), "")
        found.definitions[key] = definition
        link = val(definition.find(w("styleLink")))
        if link:
            found.by_link[link] = key
    for num in root.iterchildren(w("num")):
        found.nums[num.get(w("numId"), "")] = num
    return found


def _read_level(element: Element) -> Level:
    # a custom format stands in a mc:AlternateContent, the plain one in its fallback
    form = next(element.iter(w("numFmt")), None)
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    text = element.find(w("lvlText"))
    start = whole(val(element.find(w("start"))))
    return Level(
        start=start if start is not None and abs(start) < _MOST else 0,  # left out means 0
        form=val(form) or "decimal",
        custom="" if form is None else form.get(w("format"), ""),
        text=val(text) or "",
        after=_AFTER.get(val(element.find(w("suff"))) or "tab", "\t"),
        restart=whole(val(element.find(w("lvlRestart")))),
        legal=bool(on(element.find(w("isLgl")))),
        font="" if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "",
        style=val(element.find(w("pStyle"))),
    )
