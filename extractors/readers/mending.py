"""Worn rules made whole. A rule ends at another rule; one that ends in the open is broken there, as those of a fax or
of a faint copy are. Strokes in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.readers.glyphs import Stroke

#: strokes this close lie on one line (points)
SAME = 2.2
#: a rule ends at another one that is this near to its end, be that one worn there too
AT_END = 6.0
#: no cell is lower or narrower, so a smaller gap is none that was left for one
LEAST_CELL = 9.5
#: the widest gap in a level and in an upright rule
WIDEST, HIGHEST = 60.0, 24.0
#: shorter ones may be strokes of characters
LONG_FLAT, LONG_UPRIGHT = 60.0, 30.0


def mended(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The strokes with the parts of a rule joined over each gap that does not lead from one crossing rule to another:
    such an opening is a higher or a wider cell's."""
    flat = [one for one in strokes if one.flat]
    upright = [one for one in strokes if not one.flat]
    upright = list(_joined(upright, flat, HIGHEST, LONG_UPRIGHT))
    flat = [_drawn_out(rule, upright, WIDEST / 2) for rule in _joined(flat, upright, WIDEST, LONG_FLAT)]
    return [
        *flat,
        *(_drawn_out(rule, flat, HIGHEST) for rule in _joined(upright, flat, HIGHEST, LONG_UPRIGHT)),
    ]


def _joined(
    rules: Sequence[Stroke], crossing: Sequence[Stroke], widest: float, least: float
) -> Iterator[Stroke]:
    """The rules with gaps of at most so much closed where one beside them is at least so long."""
    lines: list[list[Stroke]] = []
    for rule in sorted(rules, key=_place):
        if lines and _place(rule) - _place(lines[-1][-1]) <= SAME:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    for line in lines:
        parts = sorted(line, key=_begin)
        whole = parts[0]
        for rule in parts[1:]:
            gap = _begin(rule) - _end(whole)
            longer = max(_end(one) - _begin(one) for one in (whole, rule))
            led = (
                gap > LEAST_CELL
                and _ends(whole, _end(whole), crossing)
                and _ends(rule, _begin(rule), crossing)
            )
            if gap <= (widest if longer >= least else SAME) and not led:
                whole = _through(whole, rule)
            else:
                yield whole
                whole = rule
        yield whole


def _drawn_out(rule: Stroke, crossing: Sequence[Stroke], reach: float) -> Stroke:
    """A rule that ends in the open, as far as the next one that it would cross within reach."""
    if _end(rule) - _begin(rule) < (LONG_FLAT if rule.flat else LONG_UPRIGHT):
        return rule
    met = [_place(other) for other in crossing if _meets(rule, other)]
    begin = max((at for at in met if _begin(rule) - reach <= at < _begin(rule)), default=_begin(rule))
    end = min((at for at in met if _end(rule) < at <= _end(rule) + reach), default=_end(rule))
    begin = _begin(rule) if _ends(rule, _begin(rule), crossing) else begin
    end = _end(rule) if _ends(rule, _end(rule), crossing) else end
    return rule._replace(x0=begin, x1=end) if rule.flat else rule._replace(top=begin, bottom=end)


def _place(rule: Stroke) -> float:
    return rule.top if rule.flat else rule.x0


def _begin(rule: Stroke) -> float:
    return rule.x0 if rule.flat else rule.top


def _end(rule: Stroke) -> float:
    return rule.x1 if rule.flat else rule.bottom


def _through(first: Stroke, second: Stroke) -> Stroke:
    """One rule from the beginning of the first to the end of both, where the longer of them lies."""
    longer = max(first, second, key=lambda rule: _end(rule) - _begin(rule))
    end = max(_end(first), _end(second))
    if first.flat:
        return Stroke(first.x0, longer.top, end, longer.top)
    return Stroke(longer.x0, first.top, longer.x0, end)


def _ends(rule: Stroke, at: float, crossing: Sequence[Stroke]) -> bool:
    """Whether a rule ends at one that crosses it, which may be worn itself where they meet."""
    return any(abs(_place(other) - at) < AT_END and _meets(rule, other) for other in crossing)


def _meets(rule: Stroke, other: Stroke) -> bool:
    """Whether a rule lies where a crossing one goes, or nearly goes, through."""
    return _begin(other) - 2 * AT_END <= _place(rule) <= _end(other) + 2 * AT_END
