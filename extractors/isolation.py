"""Worker processes with limits: a document that hangs, crashes or swells ends alone.

Workers are spawned (no inherited state), kept warm, and replaced after a number of documents, after a
crash and after a timeout. pebble gives the pool; the memory limit is the kernel's.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from schema.errors import NotReadable

P = ParamSpec("P")
T = TypeVar("T")

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and megabytes of private memory of its worker."""

    seconds: float = 300
    megabytes: int = 1500
    documents_per_worker: int = 1000  # a new worker takes two seconds to load what reading needs


def _start(megabytes: int, warm_up: Callable[[], None] | None) -> None:
    if warm_up is not None:
        warm_up()
    limit = megabytes * MEGABYTE
    # RLIMIT_DATA counts private writable memory only, so large read-only maps (models, fonts) are free
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Workers:
    """A pool of spawned worker processes; use it as a context manager.

    `warm_up` runs once in each worker (loads models), before the memory limit is set.
    """

    def __init__(
        self, count: int, limits: Limits | None = None, warm_up: Callable[[], None] | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._pool = ProcessPool(
            max_workers=count,
            max_tasks=self.limits.documents_per_worker,
            initializer=_start,
            initargs=(self.limits.megabytes, warm_up),
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand one document's work to a worker; the clock starts when a worker takes it."""
        future: Future[T] = self._pool.schedule(work, args=args, kwargs=kwargs, timeout=self.limits.seconds)
        return future

    def result(self, future: Future[T], name: str) -> T:
        """The work's value. Raises NotReadable with the file's `name` where the limits ended it."""
        try:
            return future.result()
        except TimeoutError:
            raise NotReadable("timeout", f"“{name}”读取超过{self.limits.seconds:g}秒，已停止。") from None
        except MemoryError:
            raise NotReadable(
                "too_large", f"“{name}”读取时占用内存超过{self.limits.megabytes}MB，已停止。"
            ) from None
        except ProcessExpired as expired:
            raise NotReadable(
                "corrupt", f"“{name}”使读取程序异常退出（代码{expired.exitcode}），文件可能已损坏。"
            ) from None

    def results(self, pairs: Iterable[tuple[str, Future[T]]]) -> Iterable[T | NotReadable]:
        """The values in the order given; a document that failed gives its NotReadable."""
        for name, future in pairs:
            try:
                yield self.result(future, name)
            except NotReadable as refusal:
                yield refusal
