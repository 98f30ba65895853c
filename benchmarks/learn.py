"""Teaches the second reader (extractors/figures/opinion.py) from the labelled documents.

    python -m benchmarks.learn [DIR ...] [--without AUTHORS] [--to FILE]

Reads every Word and text file of fixtures/reports, field and voices (never of fixtures/unseen) and of the
DIRs given besides, asks the truth what each amount and percentage is, and writes the weights of a
multinomial logistic regression to extractors/data/opinion.npz. `--without U,AA` leaves out the authors of
fixtures/voices whose letters are U and AA, to measure on them what a voice never heard is read at.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extractors.figures.opinion import NONE, WEIGHTS, keys, label
from extractors.figures.setting import Decision, Setting
from extractors.figures.traits import WEIGHED, Place, Told, places, traits
from extractors.intake import read_document
from extractors.understanding import understand
from schema.catalogue import BY_ID
from schema.document import Document

FIXTURES = Path(__file__).parent.parent / "fixtures"
#: a trait seen in fewer figures teaches nothing
SELDOM = 2
#: how little the weights are held back (scikit-learn's C)
LOOSE = 4.0


@dataclass(frozen=True)
class Paragraph:
    """What the rules said of a paragraph, as the second reader is given it."""

    told: Sequence[Told]
    source: str
    setting: Setting
    kind: str

    def places(self) -> Iterator[Place]:
        return places(self.told, self.source, self.setting, self.kind)


def as_told(told: Sequence[Told], *_: Any) -> list[Told]:
    """No opinion: what the rules alone say."""
    return list(told)


def listened(document: Document) -> list[Paragraph]:
    """The paragraphs of a document that hold figures, as the rules alone read them."""
    kept: list[Paragraph] = []

    def listen(told: Sequence[Told], source: str, setting: Setting, kind: str) -> list[Told]:
        kept.append(Paragraph(told, source, setting, kind))
        return as_told(told)

    understand(document, listen)
    return kept


def answers(truth: dict[str, Any], paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Place, str | None]]:
    """Each figure with what the truth says that it is; None where that is open, as its value stands for a
    fact that is said elsewhere too.

    The truth gives values and no places: where the rules find a fact of it, that is its place; what is
    left goes to the figure of that value that no fact was found for.
    """
    by_value: dict[Decimal, list[dict[str, Any]]] = defaultdict(list)
    for fact in (*truth["facts"], *truth["optional_facts"]):
        if BY_ID[fact["concept"]].kind in WEIGHED:
            by_value[abs(Decimal(fact["value"]))].append(fact)
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for number, paragraph in enumerate(paragraphs):
        for place in paragraph.places():
            fact = next((f for f in by_value[abs(place.figure.value)] if _states(place, f)), None)
            if fact:
                found[number, place.figure.start] = fact
    used = {id(fact) for fact in found.values()}
    for number, paragraph in enumerate(paragraphs):
        for place in paragraph.places():
            same = by_value[abs(place.figure.value)]
            of_value = [f for f in same if BY_ID[f["concept"]].kind == place.figure.kind]
            left = [f for f in of_value if id(f) not in used]
            fact = found.get((number, place.figure.start)) or (left[0] if len(left) == 1 else None)
            answer = None if of_value else NONE
            if fact:
                answer = label(Decision(place.figure, fact["concept"], stage=fact.get("stage")))
            yield place, answer
            place.labels[place.figure.start] = answer or NONE


def _states(place: Place, fact: dict[str, Any]) -> bool:
    said = place.decision
    return (
        said.concept == fact["concept"]
        and fact.get("stage") in (None, said.stage)
        and fact.get("period") in (None, said.period)
    )


def documents(folders: Sequence[Path], without: Set[str]) -> Iterator[tuple[dict[str, Any], Path]]:
    """The truths with the Word or text file of each, in the order of their names."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            author = re.match("[a-z]*", path.name)
            if folder.name == "voices" and author and author[0].upper() in without:
                continue
            truth = json.loads(path.read_text("utf8"))
            files = [folder / name for name in truth["files"] if name.endswith((".docx", ".txt"))]
            if files and files[0].exists():
                yield truth, files[0]


def lessons(folders: Sequence[Path], without: Set[str]) -> Iterator[tuple[set[int], str]]:
    """The traits of every labelled figure, as numbers, with its answer."""
    for truth, path in documents(folders, without):
        for place, answer in answers(truth, listened(read_document(path))):
            if answer is not None:
                yield keys(traits(place)), answer


def teach(lessons: Sequence[tuple[set[int], str]]) -> dict[str, Any]:
    """The arrays of opinion.npz: keys of traits (uint32), labels, table (int8) with its scale, bias."""
    seen = Counter(key for found, _ in lessons for key in found)
    often = sorted(key for key, count in seen.items() if count >= SELDOM)
    rows = {key: row for row, key in enumerate(often)}
    columns = [[rows[key] for key in sorted(found) if key in rows] for found, _ in lessons]
    ends = np.cumsum([0, *map(len, columns)])
    given = csr_matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(columns), ends), (len(lessons), len(often))
    )
    learned = LogisticRegression(C=LOOSE, max_iter=200).fit(given, [answer for _, answer in lessons])
    table = learned.coef_.T
    kept = np.abs(table).max(axis=1) > np.abs(table).max() / 254  # the others would be stored as nothing
    table = table[kept]
    scale = np.abs(table).max() / 127
    return {
        "keys": np.array(often, np.uint32)[kept],
        "labels": learned.classes_.astype(str),
        "table": np.round(table / scale).astype(np.int8),
        "scale": np.float32(scale),
        "bias": learned.intercept_.astype(np.float32),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--without", default="")
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    folders = [FIXTURES / name for name in ("reports", "field", "voices")] + chosen.folders
    found = list(lessons(folders, set(chosen.without.upper().split(","))))
    arrays = teach(found)
    np.savez_compressed(chosen.to, **arrays)
    print(
        f"{len(found)} figures, {len(arrays['keys'])} traits, {len(arrays['labels'])} labels -> {chosen.to}"
    )


if __name__ == "__main__":
    main()
