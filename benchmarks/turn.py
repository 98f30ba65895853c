"""One turn of one reader over some files, in the reader's own environment; started by reading.py.

    PYTHON benchmarks/turn.py NAME TIMES FOLDER FILE...

Prints one JSON line: file -> [milliseconds, processor milliseconds] of the fastest reading, or why there is none;
the text goes to FOLDER.
"""

import json
import sys
import time
from pathlib import Path

from peers import PEERS


def jihe():
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from extractors.intake import read_document

    def convert(path):
        return "\n".join([block.text for block in read_document(Path(path)).blocks])

    return convert


def docling():
    """Word files only, by its Word backend alone: its PDF pipeline fetches models from a hub."""
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    def convert(path):
        if not path.endswith(".docx"):
            raise ValueError("needs models")
        given = InputDocument(
            path_or_stream=Path(path), format=InputFormat.DOCX, backend=MsWordDocumentBackend,
            filename=Path(path).name,
        )  # fmt: skip
        return given._backend.convert().export_to_markdown()

    return convert


READERS = {**PEERS, "jihe": jihe, "docling": docling}


def main(name, times, folder, files):
    convert, found = READERS[name](), {}
    for path in files:
        try:
            text, best = convert(path), []
            Path(folder, Path(path).name + ".txt").write_text(text, "utf8")
            for _ in range(times):
                began, busy = time.perf_counter(), time.process_time()
                convert(path)
                best.append((time.perf_counter() - began, time.process_time() - busy))
            found[path] = [min(spent) * 1000 for spent in zip(*best, strict=True)]
        except Exception as error:
            found[path] = f"{type(error).__name__}: {error}"[:120]
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:])
