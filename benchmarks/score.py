"""Precision and recall of `jihe extract` on the labelled corpus, with gains and losses since the last landed figures.

    python benchmarks/score.py [--docs fixtures/reports] [--only STEM] [--readers docx,txt] [--mistakes] [--land]
    python benchmarks/score.py --jsonl OUTPUT

A fact is found when concept and value agree and every qualifier that the truth states; a finding when its
rule does, and its subject where the truth states one; a row when its name does and each figure that the
truth states. What is optional is neither asked for nor held against the program; notices count only for
rules that the truth lists. Everything is pooled over the documents.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANDED = Path(__file__).with_name("landed.json")
IDLE = set("“”\"'《》。；;：:")
BATCH = 20
FIGURES = ("weight", "score", "target", "actual")
Entry = dict[str, object]


def fold(text: object) -> str:
    """A name without width, spaces and marks that carry no meaning.

    >>> fold("“数量 指标”：")
    '数量指标'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", str(text)) if not c.isspace() and c not in IDLE)


def same_value(a: object, b: object) -> bool:
    """Equal as numbers where both are numbers, else as folded text.

    >>> same_value("10.00", "10"), same_value("优", "良"), same_value(None, "1")
    (True, False, False)
    """
    if a is None or b is None:
        return a is b
    try:
        return Decimal(str(a)) == Decimal(str(b))
    except InvalidOperation:
        return fold(a) == fold(b)


def same_name(a: object, b: object) -> bool:
    """Equal, one within the other, or at least 70% alike.

    >>> same_name("培训班期数", "培训期数"), same_name("", "培训期数")
    (True, False)
    """
    left, right = fold(a or ""), fold(b or "")
    if not left or not right:
        return left == right
    return left in right or right in left or SequenceMatcher(None, left, right).ratio() >= 0.7


def is_fact(want: Entry, got: Entry) -> bool:
    """Whether a stated fact is the one wanted."""
    return (
        want["concept"] == got.get("concept")
        and same_value(want["value"], got.get("value"))
        and all(want.get(key) in (None, got.get(key)) for key in ("period", "stage"))
        and (want.get("subject") is None or same_name(want["subject"], got.get("subject")))
    )


def is_finding(want: Entry, got: Entry) -> bool:
    """Whether a finding is the one wanted."""
    named = want.get("subject") is None or same_name(want["subject"], got.get("subject"))
    return want["rule"] == got.get("rule") and named


def is_row(want: Entry, got: Entry) -> bool:
    """Whether an indicator is the one wanted."""
    figures = all(want.get(key) is None or same_value(want[key], got.get(key)) for key in FIGURES)
    return same_name(want["name"], got.get("name")) and figures


def is_section(want: Entry, got: Entry) -> bool:
    """Whether a section has the role wanted."""
    return want["role"] == got.get("role")


def once(facts: Iterable[Entry]) -> list[Entry]:
    """Each statement a single time: a value stated twice is two facts, and asked for once."""
    kept: dict[tuple[object, ...], Entry] = {}
    for fact in facts:
        value = str(fact.get("value"))
        try:
            value = str(Decimal(value).normalize())
        except InvalidOperation:
            value = fold(value)
        key = (
            fact.get("concept"),
            value,
            fact.get("period"),
            fact.get("stage"),
            fold(fact.get("subject") or ""),
        )
        kept.setdefault(key, fact)
    return list(kept.values())


@dataclass
class Tally:
    """Hits, misses and false alarms by name."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    def counts(self, name: str | None = None) -> tuple[int, int, int]:
        """Hits, misses, false alarms of one name, or of all."""
        parts = (self.hit, self.missed, self.false)
        hit, missed, false = (part.total() if name is None else part[name] for part in parts)
        return hit, missed, false

    def names(self) -> list[str]:
        """Every name met."""
        return sorted({*self.hit, *self.missed, *self.false})


def rates(hit: int, missed: int, false: int) -> tuple[float, float, float]:
    """Precision, recall and F1; nothing asked and nothing given is perfect.

    >>> rates(1, 1, 0)
    (1.0, 0.5, 0.6666666666666666)
    """
    precision = hit / (hit + false) if hit + false else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


@dataclass
class Board:
    """The tallies of a run, and its mistakes in words."""

    facts: Tally = field(default_factory=Tally)
    findings: Tally = field(default_factory=Tally)
    indicators: Tally = field(default_factory=Tally)
    sections: Tally = field(default_factory=Tally)
    readers: dict[str, Tally] = field(default_factory=dict)
    kinds: Counter[bool] = field(default_factory=Counter)
    clean: Counter[bool] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def compare(
        self, wanted: list[Entry], optional: list[Entry], got: list[Entry], same: Callable[[Entry, Entry], bool],
        tallies: Iterable[Tally], name: Callable[[Entry], str], place: str,
    ) -> int:  # fmt: skip
        """Match one to one, wanted first; say how many false alarms were left."""
        left = list(got)
        for want in wanted:
            found = next((i for i, entry in enumerate(left) if same(want, entry)), None)
            for tally in tallies:
                (tally.missed if found is None else tally.hit)[name(want)] += 1
            if found is None:
                self.mistakes.append(f"{place}: missed {_brief(want)}")
            else:
                del left[found]
        # a further statement of something wanted is no false alarm
        false = [entry for entry in left if not any(same(w, entry) for w in [*wanted, *optional])]
        for entry in false:
            for tally in tallies:
                tally.false[name(entry)] += 1
            self.mistakes.append(f"{place}: false {_brief(entry)}")
        return len(false)

    def add(self, name: str, truth: dict[str, list[Entry]], output: dict[str, list[Entry]]) -> None:
        """Score one file."""
        if output.get("status") != "ok":
            self.mistakes.append(f"{name}: {output.get('status', 'no output')} {output.get('error', '')}")
        self.kinds[output.get("kind") == truth.get("kind")] += 1
        if output and output.get("kind") != truth.get("kind"):
            self.mistakes.append(f"{name}: kind {output.get('kind')} for {truth.get('kind')}")
        reader = self.readers.setdefault(reader_of(name), Tally())
        self.compare(truth["facts"], truth.get("optional_facts", []), once(output.get("facts", [])), is_fact,
                     (self.facts, reader), lambda e: str(e["concept"]), name)  # fmt: skip
        wanted = truth.get("findings", [])
        rules = {want["rule"] for want in wanted}
        loud = [
            f for f in output.get("findings", []) if f.get("severity") != "notice" or f.get("rule") in rules
        ]
        alarms = self.compare(wanted, truth.get("optional_findings", []), loud, is_finding, (self.findings,),
                              lambda e: str(e["rule"]), name)  # fmt: skip
        if not wanted:
            self.clean[not alarms] += 1
        self.compare(truth.get("indicators", []), truth.get("optional_indicators", []), output.get("indicators", []),
                     is_row, (self.indicators,), lambda e: "rows", name)  # fmt: skip
        headed = [section for section in output.get("sections", []) if section.get("role")]
        self.compare(truth.get("sections", []), truth.get("optional_sections", []), headed, is_section,
                     (self.sections,), lambda e: str(e["role"]), name)  # fmt: skip

    def figures(self) -> dict[str, list[int]]:
        """Every count by `part` and `part/name`, to be landed and compared."""
        parts = {
            "facts": self.facts,
            "findings": self.findings,
            "indicators": self.indicators,
            "sections": self.sections,
        }
        parts |= {f"reader {name}": tally for name, tally in self.readers.items()}
        found: dict[str, list[int]] = {}
        for part, tally in parts.items():
            found[part] = list(tally.counts())
            if not part.startswith("reader"):
                found |= {f"{part}/{name}": list(tally.counts(name)) for name in tally.names()}
        return found


def reader_of(name: str) -> str:
    """`a.scan.pdf` is a scan, every other file is of its ending."""
    return "scan" if ".scan." in name else Path(name).suffix.lstrip(".")


def _brief(entry: Entry) -> str:
    keys = ("concept", "rule", "role", "name", "value", "subject", "period", "stage", "target", "actual", "weight",
            "score", "stated", "message")  # fmt: skip
    return " ".join(f"{k}={entry[k]}" for k in keys if entry.get(k) is not None)


def read_truths(folder: Path, only: str | None = None, readers: set[str] | None = None) -> dict[str, dict]:
    """The truth of every labelled file by file name."""
    truths = {}
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text("utf8"))
        for name in truth["files"]:
            if (not only or name.startswith(only)) and (not readers or reader_of(name) in readers):
                truths[name] = truth
    return truths


def extract(files: list[Path]) -> Iterator[dict]:
    """The program's own answer for each file, some files a call."""
    command = str(Path(sys.executable).with_name("jihe"))
    for start in range(0, len(files), BATCH):
        part = [str(path) for path in files[start : start + BATCH]]
        done = subprocess.run([command, "extract", "--json", *part], capture_output=True, text=True)
        answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if len(answers) != len(part):
            print(f"! {len(part)} files gave {len(answers)} answers: {done.stderr[-400:]}", file=sys.stderr)
        yield from answers


def score(truths: dict[str, dict], answers: Iterable[dict]) -> Board:
    """The board of a run."""
    by_name = {Path(answer["source"]["name"]).name: answer for answer in answers if "source" in answer}
    board = Board()
    for name, truth in truths.items():
        board.add(name, truth, by_name.get(name, {}))
    return board


def show(board: Board, landed: dict[str, list[int]], whole: bool) -> None:
    """Print the tables, the weak names, and what changed since the landed figures."""
    print(f"kind right {board.kinds[True]}/{board.kinds.total()}; "
          f"clean files without a false alarm {board.clean[True]}/{board.clean.total()}")  # fmt: skip
    print(f"{'':<38}{'P':>8}{'R':>8}{'F1':>8}{'hit':>7}{'missed':>7}{'false':>7}  {'F1 since landed':>8}")
    for name, counts in board.figures().items():
        if "/" in name and not whole and not any(counts[1:]):
            continue
        precision, recall, f1 = rates(*counts)
        change = f"{f1 - rates(*landed[name])[2]:+.4f}" if name in landed else "new"
        print(f"{name:<38}{precision:>8.4f}{recall:>8.4f}{f1:>8.4f}{counts[0]:>7}{counts[1]:>7}{counts[2]:>7}  "
              f"{'' if change in ('+0.0000', '-0.0000') else change:>8}")  # fmt: skip


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=Path, default=ROOT / "fixtures" / "reports")
    parser.add_argument("--only", help="files whose name starts so")
    parser.add_argument("--readers", help="docx,pdf,txt,doc,scan")
    parser.add_argument("--jsonl", type=Path, help="score this output instead of running jihe")
    parser.add_argument("--mistakes", action="store_true", help="print every miss and false alarm")
    parser.add_argument("--all", action="store_true", help="print the names without mistakes too")
    parser.add_argument("--land", action="store_true", help="keep these figures as those to compare with")
    args = parser.parse_args()
    truths = read_truths(args.docs, args.only, set(args.readers.split(",")) if args.readers else None)
    started = time.perf_counter()
    if args.jsonl:
        answers = [json.loads(line) for line in args.jsonl.read_text("utf8").splitlines() if line.strip()]
    else:
        answers = list(extract([args.docs / name for name in truths]))
    board = score(truths, answers)
    if args.mistakes:
        print("\n".join(board.mistakes))
    every = json.loads(LANDED.read_text("utf8")) if LANDED.exists() else {}
    print(f"{len(truths)} files, {time.perf_counter() - started:.1f} s")
    show(board, every.get(args.docs.name, {}), args.all)
    if args.land:
        every[args.docs.name] = board.figures()
        LANDED.write_text(json.dumps(every, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
