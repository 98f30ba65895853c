"""Everything that is fast or slow, side by side: `make bench`, or some parts by `make bench PART="queries prefect"`.
JIHE_BENCH_LARGEST=3000 makes the longest part, growth, shorter.

Each part prints its figures and ratios and keeps them in .bench/PART.json, so that a bench that was broken off
goes on part by part; `python -m benchmarks.bench note` prints what was measured last of each.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
KEPT = Path(os.environ.get("JIHE_BENCH", ROOT / ".bench"))
REPORTS = ROOT / "fixtures" / "reports"
STEMS = ("ah-archive-clean", "ah-education-clean", "gd-education-clean", "hn-education-clean")
TIMES = 7
GROWTH = (100, 1_000, int(os.environ.get("JIHE_BENCH_LARGEST", "10000")))
SHARE = 1_000  # documents of the run that Prefect's share is measured in
SPEED = 400
TURNS = 3  # of the same
LARGE = 100_000  # reports of the database that is queried
Figures = dict[str, Any]


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="jihe-bench-") as folder:
        yield Path(folder)


def python(*arguments: object, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=ROOT, env={**os.environ, **environment}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stderr[-2000:]}")
    return done.stdout


def corpus(count: int) -> Path:
    """A folder of so many reports; the first ones of a larger folder are those of a smaller one."""
    from benchmarks.copies import make_copies

    whole = make_copies(KEPT / "copies", count)
    folder = KEPT / f"first-{count}"
    folder.mkdir(exist_ok=True)
    for number in range(count):
        link = folder / f"{number:06}.docx"
        if not link.exists():
            link.hardlink_to(whole / link.name)
    return folder


def bare(count: int, workers: int, cores: str = "") -> Figures:
    command = ("-m", "benchmarks.bare", corpus(count))
    with scratch() as home:
        found: Figures = json.loads(python(*command, home, workers, JIHE_BENCH_CORES=cores))
    return found


# the parts


def document() -> Figures:
    """One document end to end on one core, beside mere conversion by others and by plain loops."""
    files = [
        path
        for stem in STEMS
        for suffix in (".docx", ".pdf")
        if (path := REPORTS / f"{stem}{suffix}").exists()
    ]
    told: dict[str, dict[str, Any]] = {"jihe": _jihe(files), "plain loop": _loops(files)}
    for name in ("kreuzberg", "markitdown", "docling"):
        interpreter = KEPT / name / "bin" / "python"
        if not interpreter.exists():
            say(f"  {name}: skipped, no {interpreter} (make bench-peers)")
            continue
        done = subprocess.run(
            [interpreter, ROOT / "benchmarks" / "peers.py", name, str(TIMES), *map(str, files)],
            capture_output=True, text=True, check=False, env={**os.environ, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        if done.returncode:
            say(f"  {name}: failed: {done.stderr.strip().splitlines()[-1][:100]}")
            continue
        told[name] = json.loads(done.stdout.splitlines()[-1])
    result: Figures = {}
    for suffix in (".docx", ".pdf"):
        for name, found in told.items():
            spent = [ms for path, ms in found.items() if path.endswith(suffix) and not isinstance(ms, str)]
            if spent:
                result[f"{name} {suffix[1:]} ms"] = round(statistics.median(spent), 1)
            elif failed := [ms for path, ms in found.items() if path.endswith(suffix)]:
                say(f"  {name} {suffix[1:]}: no result ({failed[0]})")
        own = result[f"jihe {suffix[1:]} ms"]
        for name in told:
            if name != "jihe" and (other := result.get(f"{name} {suffix[1:]} ms")):
                result[f"jihe / {name}, {suffix[1:]}"] = round(own / other, 2)
    return result


def _jihe(files: list[Path]) -> dict[str, float]:
    """Read, understand, check and store; each time into a store that has never seen it."""
    from pipelines.examination import examine, warm_up
    from pipelines.files import Found, fingerprint
    from schema.examination import Versions
    from storage.store import Store

    warm_up()
    found = {}
    with scratch() as home, Store.open(f"sqlite:///{home}/jihe.db", home, upgrade=True) as store:
        run = store.begin_run([])
        for path in files:
            spent = []
            for turn in range(TIMES + 1):
                began = time.perf_counter()
                received = fingerprint(Found(path, str(path)))
                store.originals.keep(path, received.sha256)
                store.save(run, received, examine(path), Versions(str(turn), ""))
                spent.append(time.perf_counter() - began)
            found[str(path)] = statistics.median(spent[1:]) * 1000
    return found


def _loops(files: list[Path]) -> dict[str, float]:
    """The few lines that one would write first: paragraphs and cells, no outline, no facts, no checks."""
    import docx
    import pdfplumber

    def words(path: Path) -> None:
        document = docx.Document(str(path))
        _ = [paragraph.text for paragraph in document.paragraphs]
        _ = [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    def pages(path: Path) -> None:
        with pdfplumber.open(path) as pdf:
            _ = [(page.extract_text(), page.extract_tables()) for page in pdf.pages]

    found = {}
    for path in files:
        read: Callable[[Path], None] = words if path.suffix == ".docx" else pages
        spent = []
        for _ in range(TIMES):
            began = time.perf_counter()
            read(path)
            spent.append(time.perf_counter() - began)
        found[str(path)] = statistics.median(spent[1:]) * 1000
    return found


def prefect() -> Figures:
    """Prefect's share of a run of 1,000 documents: the flow against the same calls without it, beside a
    server that runs, and of the whole command where it starts a server for itself."""
    folder, plain, flow, ready = corpus(SHARE), [], [], []
    for _ in range(TURNS):  # the quickest of each: whatever else runs only ever adds
        found = bare(SHARE, 2)
        plain.append(found["loop"] + found["across"])
        with scratch() as home:
            told = json.loads(python("-m", "benchmarks.orchestrated", folder, home, 2).splitlines()[-1])
        flow.append(told["flow"])
        ready.append(told["ready"])
    work, whole, up = min(plain), min(flow), min(ready)
    return {
        "documents": SHARE, "without Prefect s": round(work, 2), "flow s": round(whole, 2),
        "Prefect's share of the flow": round(1 - work / whole, 3), "server and imports s": round(up, 2),
        "Prefect's share with its own server": round(1 - work / (whole + up), 3),
    }  # fmt: skip


def growth() -> Figures:
    """Time and peak memory a document must not grow with the number of documents."""
    result: Figures = {}
    for count in GROWTH:
        found = bare(count, 2)
        result |= {
            f"{count}: ms a document": round(found["loop"] * 1000 / count, 2),
            f"{count}: ms a document across": round(found["across"] * 1000 / count, 2),
            f"{count}: storing, processor ms a document": round(found["storing"] * 1000 / count, 2),
            f"{count}: peak MB": round(found["peak_mb"]), f"{count}: worker peak MB": round(found["worker_mb"]),
        }  # fmt: skip
        say(f"  {count}: {result[f'{count}: ms a document']} ms a document, {result[f'{count}: peak MB']} MB")
    for name, figure in (
        (f"growth {GROWTH[0]} to {GROWTH[-1]}", "ms a document"),
        ("growth of peak memory", "peak MB"),
        (
            "growth of storing, processor time",
            "storing, processor ms a document",
        ),  # where else could it come from
    ):
        result[name] = round(result[f"{GROWTH[-1]}: {figure}"] / result[f"{GROWTH[0]}: {figure}"], 3)
    return result


def processes() -> Figures:
    """Two processes against one, over the same documents, beside what this machine gives two processes that
    only count, and against one core, on which the process that stores has no core of its own. Turn by turn, so that whatever else runs disturbs all three alike."""
    corpus(SPEED)
    alone, pair, core, one, two, storing = [], [], [], [], [], []
    for _ in range(TURNS):
        alone.append(counting(1))
        core.append(bare(SPEED, 1, cores="1")["loop"])
        one.append(bare(SPEED, 1)["loop"])
        pair.append(counting(2))
        found = bare(SPEED, 2)
        two.append(found["loop"])
        storing.append(found["storing"])
    first, second = statistics.median(one), statistics.median(two)
    control = 2 * statistics.median(alone) / statistics.median(pair)
    return {
        "1 process docs/s": round(SPEED / first, 1), "2 processes docs/s": round(SPEED / second, 1),
        "1 core docs/s": round(SPEED / statistics.median(core), 1),
        "speed-up of 2 processes": round(first / second, 2),
        "speed-up of 2 cores": round(statistics.median(core) / second, 2), "speed-up of 2 that only count": round(control, 2),
        "of what the machine gives": round(first / second / control, 2),
        "storing, processor ms a document": round(statistics.median(storing) * 1000 / SPEED, 1),
        "cores": os.cpu_count(),
    }  # fmt: skip


def counting(count: int) -> float:
    """Seconds until so many processes at once have each done the same plain arithmetic."""
    work = "import time; began = time.perf_counter(); x = 0\nfor i in range(30_000_000): x = (x * 31 + i) & 65535\n"
    command = [sys.executable, "-c", f"{work}print(time.perf_counter() - began)"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return max(float(run.communicate()[0]) for run in runs)


def queries() -> Figures:
    """p95 of v_flags and of the console's lists with filters, over 100,000 reports and 1,000,000 findings."""
    from benchmarks.asking import ask

    result: Figures = {}
    file = KEPT / f"large-{LARGE}.db"
    if not file.exists():
        part = file.with_suffix(".part")
        for stale in KEPT.glob(f"{part.name}*"):
            stale.unlink()
        python(
            "-c",
            f"from benchmarks.synthetic import make; make('sqlite:///{part}', {LARGE}, with_facts=False)",
        )
        part.rename(file)
    result |= {f"sqlite {name}": value for name, value in ask(f"sqlite:///{file}").items()}
    if not shutil.which("psql"):
        say("  postgresql: skipped, not installed")
        return result
    script = "import json, os; from benchmarks import asking; print(json.dumps(asking.made(os.environ['JIHE_TEST_POSTGRES'], %d)))"
    done = subprocess.run(
        [ROOT / "tests" / "with_postgres", sys.executable, "-c", script % LARGE],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        say(f"  postgresql: failed: {done.stderr.strip()[-300:]}")
        return result
    found = json.loads(done.stdout.splitlines()[-1])
    return result | {f"postgresql {name}": value for name, value in found.items()}


PARTS: dict[str, Callable[[], Figures]] = {
    "document": document, "processes": processes, "queries": queries, "prefect": prefect, "growth": growth,
}  # fmt: skip


def note() -> None:
    for name in PARTS:
        if (kept := KEPT / f"{name}.json").exists():
            found = json.loads(kept.read_text("utf8"))
            say(f"{name} ({found['measured']}, load {found['load']}, {found['seconds']} s)")
            for key, value in found["figures"].items():
                say(f"  {key:<42} {value}")


def main(asked: list[str]) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    if asked == ["note"]:
        note()
        return
    if unknown := set(asked) - set(PARTS):
        raise SystemExit(f"no part {', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    say(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in asked or PARTS:
        load, began = os.getloadavg()[0], time.perf_counter()
        say(f"{name}: {(PARTS[name].__doc__ or '').split('.')[0]}")
        figures = PARTS[name]()
        kept = {
            "measured": time.strftime("%Y-%m-%d %H:%M"), "load": round(load, 1),
            "seconds": round(time.perf_counter() - began), "figures": figures,
        }  # fmt: skip
        (KEPT / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf8")
        for key, value in figures.items():
            say(f"  {key:<42} {value}")


if __name__ == "__main__":
    main(sys.argv[1:])
