"""A figure that stands alone in a cell: found, read, and refused where it cannot be one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from extractors.tables.grid import Slot
from schema.quantity import Approximation, Quantity

UNITS = {
    "亿元": Decimal(10) ** 8, "亿": Decimal(10) ** 8, "万元": Decimal(10000), "万": Decimal(10000),
    "千元": Decimal(1000), "百元": Decimal(100), "元": Decimal(1),
}  # fmt: skip
APPROX: dict[str, Approximation] = {
    "约": "about",
    "近": "under",
    "超": "over",
    "余": "over",
    "多": "over",
    "左右": "about",
}
#: 约1,234.50万元 · ¥100 · -3.5% · 9.5分 · 30人
FIGURE = re.compile(
    r"""
    (?P<before>约|近|超)?
    (?P<sign>[-−+]|(?:增加|减少|下降|增长))?
    [¥￥]?
    (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    (?P<after>余|多)?
    (?P<unit>亿元|万元|千元|百元|亿|万|元|%|‰|个百分点|分|人|名|个|辆|家|项|次|期)?
    (?:左右)?
    """,
    re.X,
)
#: made of what figures are made of: digits, separators, the slips of keyboards and scanners
BROKEN = re.compile(
    r"[-¥￥]?(?=(?:\D*\d){2}|\d[OolI]|[OolI]\d)[\d.,。、OolI|MBSZ'’·*?:;]+(?:亿元|万元|万|元|%|分|人)?"
)


class NotAFigure(ValueError):
    """A cell that should hold a figure holds characters that cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure and its characters in the cell: slot.text[start:end]."""

    quantity: Quantity
    start: int
    end: int
    unit: str | None  # the unit in the cell itself


def folded(text: str) -> tuple[str, list[int]]:
    """Folded text and, for each of its characters, the index of the character that it came from."""
    key: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        for c in unicodedata.normalize("NFKC", character):
            if not c.isspace():
                key.append(c)
                origin.append(at)
    return "".join(key), origin


def read_figure(text: str, start: int = 0, end: int | None = None) -> Reading | None:
    """The figure that text[start:end] holds and nothing else, in its own unit's numbers; None where it
    is blank or words. Raises NotAFigure where it looks like a figure and is none.

    >>> read_figure(" １,234.50万元").quantity.value
    Decimal('1234.50')
    """
    key, origin = folded(text[start:end])
    if not key:
        return None
    match = FIGURE.fullmatch(key)
    if match is None:
        if BROKEN.fullmatch(key) and not re.fullmatch(r"\d{4}[.、]\d{1,2}(?:[.、]\d{1,2})?|\d+[:：]\d+", key):
            raise NotAFigure(text[start:end].strip())
        return None
    digits = match["number"].replace(",", "")
    value = Decimal(digits)
    # 0 is nothing at all, 0.00 may be a rounded sum
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) if digits != "0" else Decimal(0)
    if match["sign"] in ("-", "−", "减少", "下降"):
        value = -value
    word = match["before"] or match["after"] or ("左右" if key.endswith("左右") else "")
    first = match.start("sign") if match["sign"] else match.start("number")
    last = match.end("unit") if match["unit"] else match.end("number")
    return Reading(
        Quantity(value, step, APPROX.get(word, "")),
        start + origin[first],
        start + origin[last - 1] + 1,
        match["unit"],
    )


def scaled(quantity: Quantity, factor: Decimal) -> Quantity:
    return Quantity(quantity.value * factor, quantity.step * factor, quantity.approx)


def read_money(slot: Slot, unit: str, start: int = 0, end: int | None = None) -> Reading | None:
    """An amount in yuan; the cell's own unit goes before the column's. Raises NotAFigure."""
    reading = read_figure(slot.text, start, end)
    if reading is None or (reading.unit and reading.unit not in UNITS):
        return None
    return Reading(
        scaled(reading.quantity, UNITS[reading.unit or unit]), reading.start, reading.end, reading.unit
    )


def read_percent(slot: Slot, fraction: bool = False, start: int = 0) -> Reading | None:
    """A rate in percent; `fraction` says that a figure without a sign is a share of one (0.958)."""
    reading = read_figure(slot.text, start)
    if reading is None or reading.unit not in (None, "%", "‰", "个百分点", "分"):
        return None
    factor = (
        Decimal("0.1")
        if reading.unit == "‰"
        else Decimal(100)
        if fraction and not reading.unit
        else Decimal(1)
    )
    return Reading(scaled(reading.quantity, factor), reading.start, reading.end, reading.unit)


def read_count(slot: Slot, start: int = 0) -> Reading | None:
    """Persons or units: a whole number."""
    reading = read_figure(slot.text, start)
    if reading is None or reading.unit in UNITS or reading.unit in ("%", "‰", "分"):
        return None
    if reading.quantity.value != reading.quantity.value.to_integral_value() or reading.quantity.value < 0:
        return None
    whole = Quantity(reading.quantity.value.to_integral_value(), Decimal(0), reading.quantity.approx)
    return Reading(whole, reading.start, reading.end, reading.unit)


def read_points(slot: Slot, start: int = 0, end: int | None = None) -> Reading | None:
    """Points of a score or a weight: 10, 9.5分, 10%. Raises NotAFigure."""
    reading = read_figure(slot.text, start, end)
    if reading is None or reading.unit not in (None, "分", "%"):
        return None
    return reading


def points(slot: Slot | None) -> Decimal | None:
    """The number of points in a cell, None where it holds none or cannot be read."""
    try:
        reading = read_points(slot) if slot else None
    except NotAFigure:
        return None
    return reading.quantity.value if reading else None
