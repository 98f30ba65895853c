"""The main job without Prefect, in a process of its own: what orchestration is measured against.

    python -m benchmarks.bare FOLDER HOME WORKERS

Prints one JSON line: documents, seconds of the loop (workers warm) and of the step across reports,
megabytes of peak memory of this process and of its largest worker.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from pipelines.across import check_across
from pipelines.files import Found, Search, fingerprint
from pipelines.nightly import write_summary
from pipelines.settings import load_settings
from pipelines.workshop import Line, Workshop, workshop

CHUNK = 50  # as in pipelines.flow, which cannot be imported without Prefect


def run(shop: Workshop, files: list[Found]) -> list[Line]:
    """The flow's loop as plain calls."""
    number, lines = shop.store.begin_run([]), []
    for start in range(0, len(files), CHUNK):
        pairs = [(file, fingerprint(file)) for file in files[start : start + CHUNK]]
        lines += shop.examine_and_load(number, pairs, shop.intake(pairs))
    shop.store.end_run(number, {})
    return lines


def main(folder: Path, home: Path, workers: int) -> None:
    os.environ["JIHE_HOME"] = str(home)
    settings = load_settings(workers=workers)
    with Search() as search, workshop(settings) as shop:
        files = search.files([folder])
        for future in [shop.workers.submit(time.sleep, 0.2) for _ in range(workers)]:
            future.result()  # every worker is up
        began = time.perf_counter()
        lines = run(shop, files)
        loop = time.perf_counter() - began
        changes = check_across(shop.store)
        write_summary(home / "runs", 1, lines, changes)
        whole = time.perf_counter() - began
    refused = [line.reason for line in lines if line.outcome != "new"]
    assert not refused, refused[:3]
    print(json.dumps({
        "documents": len(lines), "loop": loop, "across": whole - loop,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
