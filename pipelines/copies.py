"""Text that one department took from another, or from its own report of an earlier year.

MinHash finds pairs of sections that may be alike (Broder 1997; datasketch), an exact comparison of
their character shingles decides. Sentences that many departments share are the template's: they
count for nothing.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection

from schema.document import Document
from schema.finding import Finding
from schema.output import evidence_json
from schema.report import Evidence, evidence_at
from schema.rules.checking import fingerprint
from schema.rules.table import BY_ID
from storage import across, roster

RULE = "text.copied"
#: characters in a shingle, and the least prose that is worth a comparison
SHINGLE = 5
LEAST = 120
#: share of common shingles from which two texts are nearly the same
ALIKE = 0.8
#: hash functions; the index looks for less than ALIKE, since template sentences blur the estimate
HASHES = 64
NEAR = 0.6
#: a sentence is the template's from so many departments on, or from this share of all
MANY = 4
SHARE = 0.02
#: of the 64 bits of a sentence and its department the department's: sixteen million of them
NUMBER_BITS = 24
#: what stays the same from year to year by right
LASTING = frozenset({"functions", "goals"})
SENTENCE = re.compile(r"[^。！？；\n]+")
#: figures differ in a copied text: words alone are compared
NOT_WORDS = re.compile(r"[^\u3400-\u9fff]+")
SHOWN = 160
#: a section's prose, its department and year
Owned = tuple[across.Prose, str, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A section's own words: `sentences` as written, without the template's; `prose` without its text.

    All of a database's are in memory at once: shingles, thirty times as large, are made when they are asked for.
    """

    prose: across.Prose
    department: str
    year: int
    sentences: tuple[str, ...]

    @property
    def shingles(self) -> frozenset[str]:
        text = "".join(words(s) for s in self.sentences)
        return frozenset(text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1))


def copied(connection: Connection) -> dict[int, list[tuple[Finding, list[dict[str, Any]]]]]:
    """submission -> one finding for each section whose text stands elsewhere too, with both passages."""
    passages = read_passages(connection)
    found: dict[int, list[tuple[Finding, list[dict[str, Any]]]]] = defaultdict(list)
    for one, other, alike in best_matches(passages):
        found[one.prose.submission].append(_finding(connection, one, other, alike))
    return dict(found)


def read_passages(connection: Connection) -> list[Passage]:
    names = roster.canonical_names(connection)
    owners = {
        submission: (names.get(name, name), year)
        for submission, name, year, _ in across.current_documents(connection)
        if year is not None
    }

    def listed() -> Iterator[Owned]:
        for prose in across.proses(connection):
            if prose.submission in owners:
                yield prose, *owners[prose.submission]

    return list(_own(listed(), _templates(listed())))  # twice through the texts, never all of them at once


def passages_of(proses: Iterable[Owned]) -> list[Passage]:
    """Prose with its department and year, template sentences and short rests left out."""
    listed = list(proses)
    return list(_own(listed, _templates(listed)))


def _templates(proses: Iterable[Owned]) -> frozenset[int]:
    """The marks of the sentences that many departments share."""
    numbers: dict[str, int] = {}
    pairs = array("q")  # a sentence's mark and a department's number in one
    for prose, department, _ in proses:
        number = numbers.setdefault(department, len(numbers))
        pairs.extend(_mark(sentence) << NUMBER_BITS | number for sentence in SENTENCE.findall(prose.text))
    if not pairs:
        return frozenset()
    ordered = np.frombuffer(pairs, np.int64)
    ordered.sort()  # where they lie: np.unique would copy them three times
    marks = ordered[_first(ordered)] >> NUMBER_BITS
    starts = np.flatnonzero(_first(marks))
    departments = np.diff(starts, append=len(marks))
    return frozenset(marks[starts[departments >= max(MANY, SHARE * len(numbers))]].tolist())


def _first(ordered: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a run of equal ones begins."""
    return np.append(True, ordered[1:] != ordered[:-1])


def _mark(sentence: str) -> int:
    """A number for the words of a sentence: of a million sentences hardly two share one."""
    return hash(words(sentence)) >> NUMBER_BITS


def _own(proses: Iterable[Owned], templates: frozenset[int]) -> Iterator[Passage]:
    for prose, department, year in proses:
        own = tuple(s for s in SENTENCE.findall(prose.text) if _mark(s) not in templates)
        if sum(len(words(s)) for s in own) >= LEAST:
            yield Passage(replace(prose, text=""), department, year, own)


def words(sentence: str) -> str:
    """
    >>> words("全年支出 135.64 万元")
    '全年支出万元'
    """
    return NOT_WORDS.sub("", sentence)


def best_matches(passages: list[Passage]) -> list[tuple[Passage, Passage, float]]:
    """Each section with the one that it is most like, where they are nearly the same."""
    if len(passages) < 2:
        return []
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=NEAR, num_perm=HASHES)
    signatures = MinHash.generator(([s.encode() for s in p.shingles] for p in passages), num_perm=HASHES)
    signed = list(signatures)
    for number, signature in enumerate(signed):
        index.insert(number, signature, check_duplication=False)
    found = []
    for number, passage in enumerate(passages):
        near = [n for n in index.query(signed[number]) if n != number and comparable(passage, passages[n])]
        own = passage.shingles if near else frozenset()
        likest = [(similarity(own, passages[n].shingles), -n) for n in near]
        if likest and (best := max(likest))[0] >= ALIKE:
            found.append((passage, passages[-best[1]], best[0]))
    return found


def comparable(one: Passage, other: Passage) -> bool:
    """Whether `one` may have been taken from `other`: not from the future, and from one's own
    earlier report only what ought to be new every year."""
    if one.department == other.department:
        return other.year < one.year and one.prose.role not in LASTING
    return other.year <= one.year


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard: common shingles over all shingles."""
    return len(one & other) / len(one | other)


def _finding(
    connection: Connection, one: Passage, other: Passage, alike: float
) -> tuple[Finding, list[dict[str, Any]]]:
    whose = "本部门" if one.department == other.department else other.department
    shared = {words(s) for s in one.sentences} & {words(s) for s in other.sentences}
    mine = _place(across.document(connection, one.prose.submission), one, shared)
    theirs = _place(across.document(connection, other.prose.submission), other, shared)
    rule, title = BY_ID[RULE], one.prose.title
    finding = Finding(
        RULE, rule.severity, title,
        f"“{title}”的文字与{whose}{other.year}年度报告“{other.prose.title}”基本相同（相似度{alike:.0%}）",
        mine.text[:SHOWN] if mine else None, theirs.text[:SHOWN] if theirs else None, rule.clause,
        fingerprint(RULE, one.prose.path, title, other.department, other.year), (mine,) if mine else (),
    )  # fmt: skip
    places = [evidence_json(mine)] if mine else []
    if theirs:
        # of another document: no place in this one, but where to find it
        elsewhere = {"block": None, "start": None, "end": None, "table": None}
        owner = {"submission": other.prose.submission, "department": other.department, "year": other.year}
        places.append(evidence_json(theirs) | elsewhere | owner)
    return finding, places


def _place(document: Document, passage: Passage, shared: set[str]) -> Evidence | None:
    """Where the longest common sentence stands; the longest at all where none is the same to the letter."""
    common = [s for s in passage.sentences if words(s) in shared]
    for sentence in sorted(common or passage.sentences, key=len, reverse=True):
        for block in document.blocks:
            if (start := block.text.find(sentence)) >= 0:
                return evidence_at(document, block.index, start, start + len(sentence), passage.prose.path)
    return None
