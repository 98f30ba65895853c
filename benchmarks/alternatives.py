"""Sentences and tables made from alternatives: which wordings of a figure are read right, and which are not.

    python -m benchmarks.alternatives                       # 40 sentences of each pattern
    python -m benchmarks.alternatives --each 100 --examples 2 --only 政府性基金

A line of benchmarks/wordings/departments.txt or projects.txt is a pattern: <预算|年初预算> is a choice, <1:…|…> one
that falls as the others of that number, N1 a name out of names.txt, and [[80万元|project.budget @initial /2022 #N1]] a
figure with the facts that it states (`;` between two, `?` before one that a reader may leave out, `-` behind a
decrease). Everything else in the pattern states nothing; // begins a new paragraph; § is the heading above the patterns
that follow. A pattern of tables.txt is a block of lines, each a row of a table: & parts its cells, « joins a cell to the
one on its left and ^ to the one above; a line of one cell is a paragraph before the table. Amounts without a unit are in
万元. Prints, of each pattern that was not always read right, how often, which choices were never read right, and examples
with what was missed (-) and what was too much (+).
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from docx import Document

from extractors.figures.names import in_order
from extractors.intake import read_document
from extractors.understanding import understand
from schema.catalogue import BY_ID
from schema.finding import plain
from schema.report import Fact

HERE = Path(__file__).parent / "wordings"
YEAR = 2023
TITLES = {
    "departments": "青禾县农业农村局2023年度部门整体支出绩效自评报告",
    "projects": "青禾县农业农村局2023年度{}支出绩效自评报告",
    "tables": "青禾县农业农村局2023年度部门整体支出绩效自评报告",
}
COVER = ("department", "fiscal_year", "preparer", "phone", "filed_on")
UNITS = {"亿元": 10**8, "万元": 10**4}
CHOICE = re.compile(r"<(?:(?P<tie>\d):)?(?P<options>[^<>]*)>")
LABELLED = re.compile(r"\[\[([^|\]]*)\|([^\]]*)\]\]")


@dataclass(frozen=True)
class Stated:
    """A fact that a sentence states: its value in yuan, percent, points or people."""

    concept: str
    value: str
    period: int | None  # 0 where the fact has none
    stage: str | None
    subject: str
    optional: bool

    def is_said_by(self, fact: Fact) -> bool:
        """Whether a fact is this one; a project by its words in their order, whatever else its name holds."""
        timed = self.concept.startswith(("score", "rating", "staff")) or fact.period == self.period
        subject = fact.subject or ""
        about = not self.subject or "/" in self.subject or _alike(self.subject, subject)
        same = fact.concept == self.concept and shown(fact) == self.value
        return same and timed and self.stage in (None, fact.stage) and about


def _write(above: Iterable[str], text: str, paper: Path) -> None:
    """A Word file of the lines above and of the sentence's paragraphs or the table's rows."""
    word = Document()
    for line in above:
        word.add_paragraph(line)
    rows = [[cell.strip() for cell in line.split("&")] for line in re.split("//|\n", text)]
    for row in rows:
        if len(row) == 1:
            word.add_paragraph(row[0])
    rows = [row for row in rows if len(row) > 1]
    if rows:
        table = word.add_table(len(rows), max(map(len, rows)))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell == "«":
                    table.cell(at, column - 1).merge(table.cell(at, column))
                elif cell == "^":
                    table.cell(at - 1, column).merge(table.cell(at, column))
                else:
                    table.cell(at, column).text = cell
    word.save(paper)


def shown(fact: Fact) -> str:
    """A fact's value: its words, or its number as `plain` writes it."""
    return fact.text or plain(fact.number)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((re.sub(r"[“”]|项目$", "", one), re.sub(r"[“”]|项目$", "", other)), key=len)
    return bool(short) and in_order(short, long)


@dataclass
class Sentence:
    """One sentence of a pattern, with what it states and the choices that made it."""

    text: str
    stated: list[Stated]
    choices: list[str] = field(default_factory=list)
    project: str = ""


def made(pattern: str, names: list[str], chance: random.Random) -> Sentence:
    """A sentence of a pattern, each choice and name by chance."""
    choices: list[str] = []

    tied: dict[str, int] = {}

    def chosen(match: re.Match[str]) -> str:
        options = match["options"].split("|")
        at = chance.randrange(len(options))
        if match["tie"]:
            at = tied.setdefault(match["tie"], at)
        choices.append(options[at])
        return options[at]

    while CHOICE.search(pattern):
        pattern = CHOICE.sub(chosen, pattern)
    called = dict(zip(sorted(set(re.findall(r"N\d", pattern))), chance.sample(names, 9), strict=False))
    for key, name in called.items():
        pattern = pattern.replace(key, name)
    stated = [_stated(figure, each) for figure, said in LABELLED.findall(pattern) for each in said.split(";")]
    own = next(iter(called.values()), "农村公路日常养护")
    return Sentence(LABELLED.sub(r"\1", pattern), stated, [*choices, *called.values()], own)


def _stated(figure: str, said: str) -> Stated:
    concept, *more = said.split()
    unit = next((unit for unit in UNITS if figure.endswith(unit)), "")
    if not figure.endswith("元") and BY_ID[concept.lstrip("?")].kind == "money":
        unit = "万元"
    number = re.match(r"-?[\d,]+(?:\.\d+)?", figure)
    value = plain(Decimal(number[0].replace(",", "")) * UNITS.get(unit, 1)) if number else figure
    told = {each[0]: each[1:] for each in more}
    return Stated(
        concept.lstrip("?"),
        f"-{value}" if "-" in more else value,
        int(told.get("/", YEAR)) or None,
        told.get("@"),
        told.get("#", ""),
        concept.startswith("?"),
    )


def read(kind: str, heading: str, sentence: Sentence, folder: Path) -> tuple[list[Stated], list[Fact]]:
    """What of a sentence was missed, and what was read that it does not state."""
    project = sentence.project if sentence.project.endswith("项目") else f"{sentence.project}项目"
    paper = folder / "sample.docx"
    _write((TITLES[kind].format(project), "填报单位：青禾县农业农村局", heading), sentence.text, paper)
    facts = [fact for fact in understand(read_document(paper)).facts if fact.concept not in COVER]
    missed = [one for one in sentence.stated if not one.optional and not any(map(one.is_said_by, facts))]
    return missed, [fact for fact in facts if not any(one.is_said_by(fact) for one in sentence.stated)]


def patterns(kind: str) -> Iterator[tuple[str, str]]:
    """The patterns of a file, each with the heading above it."""
    heading = ""
    text = (HERE / f"{kind}.txt").read_text("utf8")
    for line in text.split("\n\n") if kind == "tables" else text.splitlines():
        if line.startswith("§"):
            heading = line[1:].strip()
        elif line.strip():
            yield heading, line


#: a sentence, what was missed of it, and what was read that it does not state
Attempt = tuple[Sentence, list[Stated], list[Fact]]


def attempts(kind: str, each: int, only: str = "") -> Iterator[tuple[str, list[Attempt]]]:
    """The patterns of a file that hold the words `only`, each with up to `each` sentences of it read."""
    names = (HERE / "names.txt").read_text("utf8").split()
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        for heading, pattern in patterns(kind):
            if only in pattern:
                tried = {one.text: one for one in (made(pattern, names, chance) for _ in range(each))}
                yield pattern, [(one, *read(kind, heading, one, Path(folder))) for one in tried.values()]


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--each", type=int, default=40, help="sentences of each pattern")
    arguments.add_argument("--examples", type=int, default=1, help="failures shown of each pattern")
    arguments.add_argument("--only", default="", help="patterns that hold these words")
    asked = arguments.parse_args()
    sentences = wrong = 0
    for kind in TITLES:
        for pattern, tried in attempts(kind, asked.each, asked.only):
            failed = [attempt for attempt in tried if attempt[1] or attempt[2]]
            sentences, wrong = sentences + len(tried), wrong + len(failed)
            if failed:
                show(pattern, tried, failed, asked.examples)
    print(f"{sentences - wrong} of {sentences} sentences read right: {1 - wrong / max(sentences, 1):.2%}")


def show(pattern: str, tried: list[Attempt], failed: list[Attempt], examples: int) -> None:
    """Print one pattern's failures, with the choices that were never read right."""
    used = Counter(choice for one, _, _ in tried for choice in set(one.choices))
    lost = Counter(choice for one, _, _ in failed for choice in dict.fromkeys(one.choices) if choice)
    never = [f"{choice} ({count})" for choice, count in lost.items() if count == used[choice]]
    print(f"{len(failed)}/{len(tried)}\t{pattern[:140]}\n\tnever right: {'、'.join(never) or 'nothing'}")
    for sentence, missed, false in failed[:examples]:
        print(f"\t· {sentence.text}")
        for one in missed:
            print(f"\t  - {one.concept} {one.value} {one.stage or ''} {one.period or ''} {one.subject}")
        for fact in false:
            print(
                f"\t  + {fact.concept} {shown(fact)} {fact.stage or ''} {fact.period or ''} {fact.subject or ''}"
            )


if __name__ == "__main__":
    main()
