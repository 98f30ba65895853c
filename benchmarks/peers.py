"""What users would pick instead, converting a file to text only. Runs in the peer's own environment:

    .bench/markitdown/bin/python benchmarks/peers.py markitdown TIMES FILE...

Prints one JSON line: file -> median milliseconds, warm. Knows nothing of jihe.
"""

import json
import statistics
import sys
import time


def markitdown():
    from markitdown import MarkItDown

    converter = MarkItDown(enable_plugins=False)
    return lambda path: converter.convert(path).text_content


def kreuzberg():
    from kreuzberg import ExtractionConfig, extract_file_sync

    setting = ExtractionConfig(use_cache=False)
    return lambda path: extract_file_sync(path, config=setting).content


def docling():
    from docling.document_converter import DocumentConverter

    converter = DocumentConverter()
    return lambda path: converter.convert(path).document.export_to_markdown()


PEERS = {"markitdown": markitdown, "kreuzberg": kreuzberg, "docling": docling}


def main(name, times, files):
    convert, found = PEERS[name](), {}
    for path in files:
        try:
            assert convert(path).strip(), "no text"
            spent = []
            for _ in range(times):
                began = time.perf_counter()
                convert(path)
                spent.append(time.perf_counter() - began)
            found[path] = statistics.median(spent) * 1000
        except Exception as error:  # docling needs models for a PDF: said, not hidden
            found[path] = f"{type(error).__name__}: {error}"[:120]
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
