"""From an outline and its wordings to the blocks of a report, each figure noted where it is written."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from fixtures.build.paper import SCHEMES, Block, Numbering

from .world import World, write_money

HERE = Path(__file__).parent
CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
SLOT = re.compile(r"\{([^{}]+)\}")
EACH = re.compile(r"\[\[(.*?)(.)\]\]")
NUMBERS = tuple(name for name in SCHEMES if name not in ("bare", "reused"))


@cache
def outlines() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "outlines.txt").read_text("utf8").splitlines():
        if line.startswith("= "):
            name = line[2:]
            found[name] = []
        elif line.strip() and not line.startswith("//"):
            found[name].append(line)
    return found


@cache
def wordings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "wordings.txt").read_text("utf8").splitlines():
        if re.fullmatch(r"\[\w+\]", line):
            name = line.strip("[]")
            found[name] = []
        elif line.strip() and not line.startswith("//"):
            found[name].append(line)
    return found


@dataclass
class Speaker:
    """Says lines of one world; `written` holds how each figure was written, by key."""

    world: World
    written: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def say(self, line: str) -> str:
        rng = self.world.rng
        while CHOICE.search(line):
            line = CHOICE.sub(lambda m: rng.choice(m[1].split("|")), line, count=1)
        line = EACH.sub(self._each, line)
        return SLOT.sub(lambda m: self._slot(m[1]), line)

    def _each(self, found: re.Match[str]) -> str:
        said = [self._named(found[1], p) for p in self.world.projects]
        end = "。" if found[2] in "；。" else ""
        return found[2].join(said) + end

    def _named(self, item: str, project: str) -> str:
        item = SLOT.sub(lambda m: "{" + m[1].replace("##", f"#{project}") + "}", item)
        return item.replace("##", project)

    def _slot(self, key: str) -> str:
        if key in self.world.words:
            return self.world.words[key]
        text = self.world.texts.pop(key, "") or self.figure(key)
        self.written[key].append(text)
        return text

    def figure(self, key: str) -> str:
        world, value = self.world, self.world.value(key)
        if key.startswith("staff."):
            return f"{value:f}"
        if key == "score.total":
            return f"{value.normalize():f}"
        if key.startswith(("rate.", "share#", "project.rate", "change.rate")):
            digits = world.rng.choice((0, 1, 2, 2, 2)) if not key.startswith("rate") else 2
            return f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}%"
        return self.money(key, value)

    def money(self, key: str, value: Decimal) -> str:
        unit, digits = self.world.style
        if key.startswith(("three_public", "procurement", "carryover")) and unit == "亿元":
            unit, digits = "万元", 2
        if key.startswith("three_public") and digits < 2:
            digits = 2
        text = write_money(value, unit, digits, self.world.comma)
        return text.removesuffix(unit) + self.world.units[key] if key in self.world.units else text


@dataclass
class Order:
    """What a report must hold beside its outline: groups asked for, sections without, lines put in."""

    groups: frozenset[str] = frozenset()
    without: str | None = None  # a section's role that is left out
    empty: str | None = None  # one that is only a heading
    lines: tuple[tuple[str, str], ...] = ()  # (group, line): said after that group
    instead: tuple[tuple[str, str], ...] = ()  # (group, line): said in its place


def compose(speaker: Speaker, outline: str, order: Order, table: list[Block]) -> list[Block]:
    """The blocks of one report, its table last."""
    rng = speaker.world.rng
    scheme = rng.choice(NUMBERS) if outline != "guangdong" else "guangdong"
    numbering = Numbering(scheme, (), rng)
    blocks: list[Block] = []
    skipping = 0
    for line in _with_groups(outlines()[outline], order.groups):
        op, _, rest = line.partition(" ")
        if op[0] == "H":
            level, (role, title) = int(op[1]), rest.split(" ", 1)
            if skipping and level > skipping:
                continue
            skipping = level if role in (order.without, order.empty) else 0
            if role != order.without:
                blocks.append(Block("heading", speaker.say(title), level, numbering.next(level)))
        elif op == "TABLE":
            blocks += table
        elif skipping:
            continue
        elif op in "TC":
            blocks.append(Block("title" if op == "T" else "cover", speaker.say(rest)))
        elif op == ":" or rest in order.groups or rng.random() < 0.5:
            blocks += _paragraphs(speaker, rest, order)
    return blocks


def _with_groups(lines: list[str], groups: frozenset[str]) -> list[str]:
    """The outline with the groups that were asked for: those that it lacks follow the rates."""
    lacks = sorted(groups - {line.split(" ", 1)[1] for line in lines if line[0] in ":?"})
    at = lines.index(": rates") + 1
    return [*lines[:at], *(f": {g}" for g in lacks), *lines[at:]]


def _paragraphs(speaker: Speaker, group: str, order: Order) -> list[Block]:
    rng = speaker.world.rng
    instead = [line for g, line in order.instead if g == group]
    said = [speaker.say(instead[0] if instead else rng.choice(wordings()[group]))]
    said += [speaker.say(line) for g, line in order.lines if g == group]
    return [Block("para", text) for text in said if text]
