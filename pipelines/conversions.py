"""The legacy files of a run, converted in batches by the workers before each is read."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from extractors.conversion import BATCH, convert_together, may_be_legacy
from extractors.isolation import Workers
from schema.errors import NotReadable

T = TypeVar("T")


def submitted(
    files: Sequence[Path],
    submit: Callable[[int, Path | None], Future[T]],
    workers: Workers,
    count: int,
) -> Generator[Future[T]]:
    """The futures of all files, in order. `submit` is called with a file's place and, for a legacy file,
    its converted .docx; without one such a file is converted by itself and tells what is wrong with it.

    All other files are submitted at once, beside the batches, which are spread over `count` workers; the
    files of a batch when the first of them is asked for. Close the iterator once all results are there:
    the converted files are deleted then.
    """
    batches = _batches([path for path in files if may_be_legacy(path)], count)
    with TemporaryDirectory(prefix="jihe-converted-") as folder:
        converting = {}
        for number, batch in enumerate(batches):
            into = Path(folder, str(number))
            into.mkdir()
            converting[batch] = workers.submit(convert_together, batch, into)
        of = {path: batch for batch in batches for path in batch}
        futures = {at: submit(at, None) for at, path in enumerate(files) if path not in of}
        for at, path in enumerate(files):
            if at not in futures:
                batch = of[path]
                done = _result(converting[batch], workers)
                its = [other for other, one in enumerate(files) if of.get(one) is batch]
                futures |= {other: submit(other, done.get(files[other])) for other in its}
            yield futures.pop(at)


def _batches(legacy: Sequence[Path], count: int) -> list[tuple[Path, ...]]:
    """At least as many batches as there are workers; none of a single file, which gains nothing."""
    legacy = list(dict.fromkeys(legacy))
    size = min(BATCH, math.ceil(len(legacy) / count))
    cut = (tuple(legacy[at : at + size]) for at in range(0, len(legacy), max(size, 1)))
    return [batch for batch in cut if len(batch) > 1]


def _result(future: Future[dict[Path, Path]], workers: Workers) -> dict[Path, Path]:
    """Original -> converted; nothing where the batch as a whole failed."""
    try:
        return workers.result(future, "")
    except (NotReadable, OSError):
        return {}


def converted_here(files: Sequence[Path]) -> Generator[Path | None]:
    """Each file's converted .docx or None, in order; a batch is made in this process when its first file
    is asked for. The files are deleted when the iterator is closed."""
    of = {
        path: batch
        for batch in _batches([path for path in files if may_be_legacy(path)], 1)
        for path in batch
    }
    done: dict[tuple[Path, ...], dict[Path, Path]] = {}
    with TemporaryDirectory(prefix="jihe-converted-") as folder:
        for path in files:
            batch = of.get(path)
            if batch is not None and batch not in done:
                into = Path(folder, str(len(done)))
                into.mkdir()
                done[batch] = convert_together(batch, into)
            yield done[batch].get(path) if batch is not None else None
