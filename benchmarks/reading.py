"""Reading alone, side by side: how fast, and how much of the text is kept.

    python benchmarks/reading.py [--times 7] [--stems 12] [--only jihe,kreuzberg]

The same Word files and text PDFs of fixtures/reports go to this program's readers and to what users would pick
instead (benchmarks/turn.py), each in its own environment (make bench-peers; one that is absent is skipped) and on
one core, turn by turn. A time is the best of all turns, so that other load on the machine weighs little; "cpu" is
the same of processor time. Kept is the share of the text that the builder of the fixtures put into the file, its
automatic numbers and cells included, that is there in the right order: by pairs of neighbouring characters within
each paragraph or cell.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
KEPT = Path(os.environ.get("JIHE_BENCH", ROOT / ".bench"))
PEERS = ("kreuzberg", "markitdown", "docling")
OWN = "jihe"
MARKUP = set("|-*#\\_<>/$&;")  # Markdown's own, left out on both sides


def known_texts(count: int) -> dict[str, list[str]]:
    """Stems that are there as .docx and .pdf, with the paragraphs and cells that were put into them."""
    from fixtures.build.__main__ import REPORTS, compose, read_plan

    found: dict[str, list[str]] = {}
    plan = [
        spec for spec in read_plan() if spec["folder"] == REPORTS and {"docx", "pdf"} <= set(spec["formats"])
    ]
    for spec in plan[:: max(1, len(plan) // count)][:count]:
        blocks, _ = compose(spec)
        pieces = [block.number + block.text for block in blocks if block.kind != "table"]
        pieces += [cell.text for block in blocks for row in block.rows for cell in row]
        found[spec["stem"]] = [piece for piece in pieces if piece]
    return found


def bare(text: str) -> str:
    """Without white space and Markdown's marks.

    >>> bare("| **执行率** | 97.23% |")
    '执行率97.23%'
    """
    return "".join(char for char in text if not char.isspace() and char not in MARKUP)


def pairs(text: str) -> Counter[str]:
    """Neighbouring characters, with the start: a single character is a pair too."""
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) if len(text) > 1 else Counter([text])


def kept(pieces: Iterable[str], text: str) -> tuple[int, int]:
    """How many pairs of the known text are there, and how many there should be.

    >>> kept(["执行率", "97%"], "执 行 率 97 %")
    (4, 4)
    """
    known = Counter[str]()
    for piece in pieces:
        known += pairs(bare(piece))
    given = pairs(bare(text)) + Counter(bare(text))
    return sum(min(count, given[pair]) for pair, count in known.items()), known.total()


def turn(name: str, times: int, files: list[Path], texts: Path) -> dict[str, list[float] | str] | None:
    """One turn of one reader: file -> [seconds, processor seconds] or why not; None where it is absent."""
    interpreter = Path(sys.executable) if name == OWN else KEPT / name / "bin" / "python"
    if not interpreter.exists():
        return None
    single = dict.fromkeys(("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "TOKIO_WORKER_THREADS"), "1")
    environment = {**os.environ, **single, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [interpreter, ROOT / "benchmarks" / "turn.py", name, str(times), str(texts), *map(str, files)],
        capture_output=True, text=True, check=False, env=environment, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        return dict.fromkeys(map(str, files), (done.stderr.strip().splitlines() or ["failed"])[-1][:100])
    result: dict[str, list[float] | str] = json.loads(done.stdout.splitlines()[-1])
    return result


def pages_of(files: Iterable[Path]) -> int:
    """The pages of all PDFs."""
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(path)) for path in files)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=7, help="readings of a file a turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--stems", type=int, default=12)
    parser.add_argument("--only", help="jihe,kreuzberg,markitdown,docling")
    args = parser.parse_args()
    texts = known_texts(args.stems)
    names = args.only.split(",") if args.only else [OWN, *PEERS]
    reports = ROOT / "fixtures" / "reports"
    print(f"{len(texts)} reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':<12}{'':<6}{'ms':>8}{'cpu ms':>8}{'kept':>9}{'lost most':>11}")
    for suffix in ("docx", "pdf"):
        files = [reports / f"{stem}.{suffix}" for stem in texts]
        per = pages_of(files) / len(files) if suffix == "pdf" else 1.0
        _compare(suffix, files, per, names, texts, args)
    return 0


def _compare(
    suffix: str, files: list[Path], per: float, names: list[str], texts: dict[str, list[str]],
    args: argparse.Namespace,
) -> None:  # fmt: skip
    best: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for _ in range(args.turns):
            for name in names:
                folder = Path(scratch, name)
                folder.mkdir(exist_ok=True)
                told = turn(name, args.times, files, folder)
                if told is None:
                    continue
                for path, spent in told.items():
                    if isinstance(spent, str):
                        best.setdefault(name, {})
                        failed = spent
                        continue
                    before = best.setdefault(name, {}).get(path, spent)
                    best[name][path] = [min(pair) for pair in zip(before, spent, strict=True)]
        for name in names:
            if name not in best:
                print(f"{name:<12}{suffix:<6} skipped: not in {KEPT}")
            elif not best[name]:
                print(f"{name:<12}{suffix:<6} failed: {failed}")
            else:
                shares = {}
                for stem, pieces in texts.items():
                    given = Path(scratch, name, f"{stem}.{suffix}.txt")
                    found, all_ = kept(pieces, given.read_text("utf8")) if given.exists() else (0, 1)
                    shares[stem] = (found, all_)
                wall, cpu = (
                    statistics.mean(spent[which] for spent in best[name].values()) / per for which in (0, 1)
                )
                share = sum(found for found, _ in shares.values()) / sum(all_ for _, all_ in shares.values())
                worst = min(found / all_ for found, all_ in shares.values())
                unit = "/page" if suffix == "pdf" else ""
                print(f"{name:<12}{suffix:<6}{wall:>8.1f}{cpu:>8.1f}{share:>9.4f}{worst:>11.4f} {unit}")


if __name__ == "__main__":
    raise SystemExit(main())
