"""Facts of the current documents as csv, jsonl or parquet, row by row out of the documented view."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.store import Store

COLUMNS = (
    "department", "fiscal_year", "document_kind", "file", "version", "concept", "kind", "subject", "period",
    "stage", "value", "precision", "stated", "confidence", "page", "section", "table_index", "table_row", "block",
    "start_at", "end_at", "context",
)  # fmt: skip
WHOLE = {
    "fiscal_year",
    "version",
    "period",
    "page",
    "table_index",
    "table_row",
    "block",
    "start_at",
    "end_at",
}
FORMATS = ("csv", "jsonl", "parquet")
BATCH = 5000


def write_facts(store: Store, path: Path, form: str) -> int:
    """Write every fact of the newest versions; gives their number. `value` is exact text in the fact's
    unit (yuan, percent)."""
    writers = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
    return writers[form](path, _batches(store))


def _batches(store: Store) -> Iterator[list[tuple[Any, ...]]]:
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    query = text(f"SELECT {names} FROM v_facts WHERE submission_status = 'ok' ORDER BY fact_id")  # noqa: S608 - our own names
    with store.reading() as connection:
        for part in connection.execution_options(stream_results=True).execute(query).partitions(BATCH):
            yield [tuple(row) for row in part]


def _csv(path: Path, batches: Iterator[Sequence[tuple[Any, ...]]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as sink:  # the mark lets Excel see UTF-8
        writer = csv.writer(sink)
        writer.writerow(COLUMNS)
        for rows in batches:
            count += len(rows)
            writer.writerows([harmless(value) for value in row] for row in rows)
    return count


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, marked as text; numbers stay.

    >>> harmless("=1+1"), harmless("-12.5"), harmless("甲局")
    ("'=1+1", '-12.5', '甲局')
    """
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        try:
            float(value)
        except ValueError:
            return f"'{value}"
    return value


def _jsonl(path: Path, batches: Iterator[Sequence[tuple[Any, ...]]]) -> int:
    count = 0
    with path.open("w", encoding="utf8") as sink:
        for rows in batches:
            count += len(rows)
            sink.writelines(
                json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n" for row in rows
            )
    return count


def _parquet(path: Path, batches: Iterator[Sequence[tuple[Any, ...]]]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {name: pa.int64() for name in WHOLE} | {"confidence": pa.float64()}
    shape = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    count = 0
    with pq.ParquetWriter(path, shape, compression="zstd") as sink:
        for rows in batches:
            count += len(rows)
            columns = zip(*rows, strict=True)
            sink.write_table(pa.table(dict(zip(COLUMNS, columns, strict=True)), schema=shape))
    return count
