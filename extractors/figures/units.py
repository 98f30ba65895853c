"""The printed units of data/units.toml: what each counts, and how much one of it is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

UnitKind = Literal["money", "percent", "points", "count", "number"]
DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` is how many yuan, percent, points or things one of the unit is."""

    name: str
    kind: UnitKind
    factor: Decimal


def _load() -> tuple[dict[str, Unit], str]:
    rows = tomllib.loads((DATA / "units.toml").read_text("utf8"))["unit"]
    units: dict[str, Unit] = {}
    guarded: dict[str, str] = {}
    for row in rows:
        for name, factor in row["names"].items():
            units[name] = Unit(name, row["kind"], Decimal(factor))
            guarded[name] = row["not_before"]
    # the longest first: 万元 before 万, 万人次 before 万
    names = sorted(units, key=len, reverse=True)
    parts = [re.escape(n) + (f"(?![{guarded[n]}])" if guarded[n] else "") for n in names]
    return units, f"(?:{'|'.join(parts)})"


UNITS, UNIT = _load()


def unit_named(name: str) -> Unit:
    """The unit of that printed name; one that is unknown or empty only counts.

    >>> unit_named("万元").factor
    Decimal('1E+4')
    """
    return UNITS.get(name) or Unit(name, "number", Decimal(1))
