"""A seeded report as a file, read and checked, and whether the planted error came as the one finding."""

from __future__ import annotations

import random
import re
import tempfile
from decimal import Decimal
from html import escape
from pathlib import Path

from extractors.intake import read_data
from extractors.understanding import understand
from fixtures.build.paper import Block
from fixtures.build.press import write_text
from fixtures.build.word import write_word
from schema.document import Document
from schema.finding import Finding
from schema.rules import BY_ID, check

from .forms import LAYOUTS, OWN, blocks, draw_form, money_table
from .paper import Paper, Want
from .plants import PLANTS
from .speech import Speaker, compose, outlines
from .table_plants import IN_TABLE
from .world import draw


def draw_paper(rng: random.Random, table: bool | None = None) -> Paper:
    outline = rng.choice(list(outlines()))
    world = draw(rng, outline)
    has = rng.random() < 0.6 if table is None else table
    kind = "report"
    form = None
    if has:
        layout = rng.choice(tuple(LAYOUTS))
        kind = "table" if layout != "sheet" and rng.random() < 0.4 else "report"
        form = draw_form(world, layout, None if layout in OWN else rng.choice(world.projects))
    score = form.total if form and form.layout in OWN else Decimal(rng.randint(780, 995)) / 10
    world.figures["score.total"] = score
    world.grade()
    return Paper(world, outline, form, kind=kind, annex=kind == "report" and rng.random() < 0.25)


def write(paper: Paper) -> tuple[Document, Speaker]:
    speaker = Speaker(paper.world)
    form = blocks(paper.world, paper.form) if paper.form else []
    if paper.annex:
        form = [*money_table(paper.world, speaker.written), *form]
    made = form if paper.kind == "table" else compose(speaker, paper.outline, paper.order, form)
    rng = paper.world.rng
    kind = rng.choice(("docx", "html") if form else ("docx", "txt"))
    path = Path(f"report.{kind}")
    if kind == "html":
        return read_data(html_of(made).encode(), path.name), speaker
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, path)
        if kind == "docx":
            auto = {"auto": "guangdong"} if paper.outline == "guangdong" and rng.random() < 0.3 else {}
            habits = {"cover": rng.choice(("lines", "table", "centred")), "runs": rng.choice((None, 3))}
            write_word(made, path, habits | auto)
        else:
            write_text(made, path)
        return read_data(path.read_bytes(), path.name), speaker


def html_of(made: list[Block]) -> str:
    """The same as a page that Word saved: one paragraph a block, tables with their spans."""
    lines = []
    for block in made:
        if block.kind == "table":
            rows = (
                "".join(f'<td rowspan="{c.rows}" colspan="{c.cols}">{escape(c.text)}</td>' for c in row)
                for row in block.rows
            )
            lines.append(f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            lines.append(f"<p>{escape(block.number + block.text)}</p>")
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(lines)}</body></html>"


def findings(document: Document) -> tuple[Finding, ...]:
    return check(understand(document)).findings


def planted(name: str, seed: int) -> tuple[Want, tuple[Finding, ...], Speaker, Document]:
    """What must be found and what is found. A paper whose wording leaves the error's figures out is drawn anew."""
    for attempt in range(80):
        rng = random.Random(f"{name}/{seed}/{attempt}")
        paper = draw_paper(rng, True if name in IN_TABLE else None)
        if paper.kind == "table" and name not in IN_TABLE:
            continue
        want = PLANTS[name](paper)
        document, speaker = write(paper)
        if paper.kind == "table" or all(speaker.written.get(key) for key in (*want.keys, *want.stated)):
            return want, findings(document), speaker, document
    raise AssertionError(f"no paper for {name}")


def verdict(want: Want, found: tuple[Finding, ...], speaker: Speaker) -> str:
    """ "" where the one right finding came, else what is wrong. It may have come as a notice only, where the
    second reader doubts one of its figures."""
    loud = [f for f in found if f.severity != "notice"]
    notice = BY_ID[want.rule].severity == "notice" or not loud
    told = [f for f in found if f.rule == want.rule] if notice else loud
    if notice and loud:
        return f"also {[(f.rule, f.subject) for f in loud]}"
    if [f.rule for f in told] != [want.rule]:
        return f"got {[(f.rule, f.subject) for f in (told if notice else found)]}"
    finding = told[0]
    if want.subject and want.subject not in (finding.subject or ""):
        return f"subject {finding.subject}, wanted {want.subject}"
    shown = [e.text for e in finding.evidence]
    for key in want.keys:
        if not any(_same(text, e) for text in speaker.written[key] for e in shown):
            return f"evidence {shown} without {speaker.written[key]}"
    if want.text and not any(want.text in e for e in shown):
        return f"evidence {shown} without {want.text}"
    return ""


def _same(written: str, shown: str) -> bool:
    """Whether two texts are of one figure: one holds the other, or both begin with the same digits."""
    if written.strip("人") in shown or shown.strip("人") in written:
        return True
    one, other = (re.sub(r"[^\d]", "", text).lstrip("0")[:4] for text in (written, shown))
    return len(one) == 4 and one == other
