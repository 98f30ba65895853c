"""The main job without Prefect, in a process of its own: what orchestration is measured against.

    python -m benchmarks.bare FOLDER HOME WORKERS

Prints one JSON line: documents, seconds of the loop (workers warm) and of the step across reports, processor
seconds that this process spent in the loop, megabytes of peak memory of this process and of its largest worker.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.across import check_across
from pipelines.files import Found, Search, fingerprint
from pipelines.nightly import write_summary
from pipelines.settings import load_settings
from pipelines.workshop import Line, Workshop, workshop
from schema.examination import Received
from storage.records import Known

CHUNK = 100  # as in pipelines.flow, which cannot be imported without Prefect


def run(shop: Workshop, files: list[Found]) -> list[Line]:
    """The flow's loop as plain calls: while a chunk is read, the originals of the next are kept."""

    def taken(chunk: list[Found]) -> tuple[list[tuple[Found, Received]], dict[str, Known]]:
        pairs = [(file, fingerprint(file)) for file in chunk]
        return pairs, shop.intake(pairs)

    number, lines = shop.store.begin_run([]), []
    with ThreadPoolExecutor(1) as beside:
        waiting = []
        for start in range(0, len(files), CHUNK):
            waiting.append(beside.submit(taken, files[start : start + CHUNK]))
            if len(waiting) > 1:
                lines += shop.examine_and_load(number, *waiting.pop(0).result())
        for last in waiting:
            lines += shop.examine_and_load(number, *last.result())
    shop.store.end_run(number, {})
    return lines


def main(folder: Path, home: Path, workers: int) -> None:
    os.environ["JIHE_HOME"] = str(home)
    if os.environ.get("JIHE_BENCH_CORES") == "1":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # its workers inherit it
    settings = load_settings(workers=workers)
    with Search() as search, workshop(settings) as shop:
        files = search.files([folder])
        for future in [shop.workers.submit(time.sleep, 0.2) for _ in range(workers)]:
            future.result()  # every worker is up
        began, spent = time.perf_counter(), time.process_time()
        lines = run(shop, files)
        loop, spent = time.perf_counter() - began, time.process_time() - spent
        changes = check_across(shop.store)
        write_summary(home / "runs", 1, lines, changes)
        whole = time.perf_counter() - began
    refused = [line.reason for line in lines if line.outcome != "new"]
    assert not refused, refused[:3]
    print(json.dumps({
        "documents": len(lines), "loop": loop, "across": whole - loop, "storing": spent,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
