"""The main job as its flow, with a server that it starts for itself, as `jihe ingest` does it.

    python -m benchmarks.orchestrated FOLDER HOME WORKERS

Prints one JSON line: seconds until the flow's body could begin (server and imports) and of the flow.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from pipelines.server import prepare_environment, server
from pipelines.settings import load_settings
from pipelines.workshop import ready, workshop


def main(folder: Path, home: Path, workers: int) -> None:
    os.environ["JIHE_HOME"] = str(home)
    settings = load_settings(workers=workers)
    began = time.perf_counter()
    prepare_environment(settings)
    with server(settings, lambda text: None) as wait_for_server, workshop(settings) as shop:
        import pipelines.flow as flows

        wait_for_server()
        for future in [shop.workers.submit(time.sleep, 0.2) for _ in range(workers)]:
            future.result()  # every worker is up
        up = time.perf_counter()
        with ready(shop):
            lines = flows.ingest([str(folder)], None, None)
        ended = time.perf_counter()
    assert all(line.outcome == "new" for line in lines)
    print(json.dumps({"ready": up - began, "flow": ended - up, "documents": len(lines)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
