"""One file from path to verdicts: the straight line that `extract` and `ingest` share."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from schema.codec import Parcel
from schema.errors import NotReadable
from schema.examination import Examined, Result

#: up to so many files the start of worker processes costs more than they save
FEW = 4


def examine(
    path: Path, profile: str = "", home: Path | None = None, name: str = "", converted: Path | None = None
) -> Result:
    """Read, understand and check one file; never raises for what a file holds.

    `profile` "" lets the report decide; `name` is shown instead of the path's (members of archives);
    `converted` is a legacy file's .docx where there is one already.
    An unforeseen error becomes `corrupt` with its kind in the message and its trace on the exception.
    """
    try:
        return _examine(path, profile, home, name or path.name, converted)
    except NotReadable as refused:
        if not name or name == path.name:
            return refused
        # an original's own name is its content's hash, an archive member's is shortened
        return NotReadable(refused.code, refused.message.replace(path.name, name))
    except MemoryError:
        return NotReadable("too_large", "文件太大，内存不够")
    except Exception as error:  # one bad document never stops a run
        unforeseen = NotReadable("corrupt", f"读取时出现意外错误（{type(error).__name__}：{error}）")
        unforeseen.add_note(traceback.format_exc())
        return unforeseen


def examine_packed(
    path: Path, profile: str = "", home: Path | None = None, name: str = "", converted: Path | None = None,
    year: int | None = None,
) -> Parcel | NotReadable:  # fmt: skip
    """The same for a worker process: packed there, so that the one process that stores has little to do.

    `year` is given to a report that names none.
    """
    result = examine(path, profile, home, name, converted)
    if isinstance(result, NotReadable):
        return result
    if result.report.fiscal_year is None and year is not None:
        result = replace(result, report=replace(result.report, fiscal_year=year))
    return Parcel.of(result)


def _examine(path: Path, profile: str, home: Path | None, name: str, converted: Path | None) -> Examined:
    from extractors.intake import read_document
    from extractors.understanding import understand
    from schema.profile import load_profile
    from schema.rules.checking import check

    asked = load_profile(profile, home) if profile else None
    start = time.perf_counter()
    document = read_document(path, converted)
    if document.source.name != name:
        document = replace(document, source=replace(document.source, name=name))
    read = time.perf_counter()
    report = understand(document)
    understood = time.perf_counter()
    if report.kind == "other" and not report.facts and not report.tables:
        raise NotReadable("not_a_report", "看不出是绩效自评报告或自评表：没有部门、年度和数据")
    verdicts = check(report, asked)
    checked = time.perf_counter()
    seconds = {"read": read - start, "understand": understood - read, "check": checked - understood}
    return Examined(document, report, verdicts, seconds)


def examine_all(
    files: Sequence[tuple[Path, str]], profile: str = "", home: Path | None = None, workers: int = 1
) -> Iterator[Result]:
    """Every file of (path, shown name), in their order; with more than a few files and more than one
    worker in processes under limits of time and memory, else here."""
    from pipelines.conversions import converted_here, submitted

    paths = [path for path, _ in files]
    if workers < 2 or len(files) <= FEW:
        with closing(converted_here(paths)) as conversions:
            for (path, name), converted in zip(files, conversions, strict=True):
                yield examine(path, profile, home, name, converted)
        return
    from extractors.isolation import Workers

    count = min(workers, len(files))
    with Workers(count, warm_up=warm_up) as pool:

        def submit(at: int, converted: Path | None) -> Future[Result]:
            path, name = files[at]
            return pool.submit(examine, path, profile, home, name, converted)

        with closing(submitted(paths, submit, pool, count)) as futures:
            yield from pool.results((name, future) for (_, name), future in zip(files, futures, strict=True))


def warm_up() -> None:
    """Load what every document needs, before the first one comes."""
    for module in ("extractors.intake", "extractors.understanding", "schema.rules.checking"):
        import_module(module)
