"""A project's line in a list without a table: its name, what was planned, what was spent and the rate, with no
more than a dash between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.figures.anchors import MARK, project_called
from extractors.figures.listings import ROWS
from extractors.figures.proving.ratios import gives
from extractors.figures.quantities import Found
from extractors.figures.setting import Decision, Setting
from extractors.figures.units import unit_named
from schema.quantity import Quantity

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"\s?(?:亿元|万元|元)?"
_GAP = r"\s*(?:—+|－+|–+|-+|→|／|/|｜|\||、|，)\s*"
#: 应急物资储备 185.00—180.00—97.30%；
STRIP = re.compile(
    rf"(?P<name>[^，。：:；;\d（]{{3,30}}?)(?:（[^（）\d]{{1,20}}）)?\s*[：:，]?\s*"
    rf"(?P<planned>{_NUMBER})(?P<unit>{_UNIT}){_GAP}(?P<spent>{_NUMBER}){_UNIT}{_GAP}(?P<rate>{_NUMBER})\s?[%％]\s*[；;。]?\s*"
)


def strip_of(text: str, setting: Setting) -> Iterator[Decision]:
    """The three figures of such a line, where the rate is what the two amounts give; nothing elsewhere."""
    mark = MARK.match(text)
    found = STRIP.fullmatch(text, mark.end() if mark else 0)
    name = project_called(found["name"], setting.names) if found else None
    unit = found["unit"].strip() or setting.unit if found else ""
    if found is None or name is None or not unit or setting.own:
        return
    planned, spent, rate = (Decimal(found[key].replace(",", "")) for key in ("planned", "spent", "rate"))
    if spent > planned or not gives(planned, spent, rate):
        return
    for key, concept in ROWS.items():
        kind = "percent" if key == "rate" else "money"
        factor = Decimal(1) if key == "rate" else unit_named(unit).factor
        value = Decimal(found[key].replace(",", ""))
        step = Decimal(1).scaleb(value.as_tuple().exponent) * factor  # type: ignore[arg-type]
        quantity = Quantity(value * factor, step)
        figure = Found(*found.span(key), kind, quantity, unit)  # type: ignore[arg-type]
        yield Decision(figure, concept, quantity, name, setting.fiscal_year, confidence=0.93)
