"""A run on a Dask cluster: chunks are read on any machine that shares the database and the data folder.

The setting JIHE_DASK_ADDRESS names the scheduler (tcp://host:8786), or says "local" for a cluster of worker
processes on this machine. Dask's workers must be allowed children of their own, since every document is
read under limits in one: DASK_DISTRIBUTED__WORKER__DAEMON=false.
"""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipelines.files import Found
from pipelines.settings import Settings
from pipelines.workshop import Line, Workshop, workshop
from schema.examination import Received

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

LOCAL = "local"


class NotACluster(Exception):
    """The cluster cannot do the work: the message is one Chinese sentence."""


def dask_runner(settings: Settings) -> TaskRunner[Any]:
    """Prefect's runner for the cluster of the settings. Raises NotACluster where prefect-dask is missing."""
    try:
        import dask

        dask.config.set({"logging": {"distributed": "error"}})  # it is read when distributed is imported
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise NotACluster("使用 Dask 集群需要另外安装：pip install jihe[dask]") from error
    if settings.dask_address != LOCAL:
        named: TaskRunner[Any] = DaskTaskRunner(address=settings.dask_address)
        return named
    dask.config.set({"distributed.worker.daemon": False})
    size: dict[str, Any] = {
        "n_workers": settings.workers,
        "threads_per_worker": 1,
        "dashboard_address": None,
    }
    made: TaskRunner[Any] = DaskTaskRunner(cluster_kwargs=size)
    return made


def examine_and_load_here(
    settings: Settings, year: int | None, run: int, pairs: Sequence[tuple[Found, Received]]
) -> list[Line]:
    """One chunk on a worker of the cluster. The bytes come from the kept originals, which every machine
    sees; what is known is asked anew, so that a chunk done twice changes nothing.

    Raises storage's Unavailable, OSError, NotACluster.
    """
    shop = _shop(replace(settings, workers=1), year)
    known = shop.store.known([received.sha256 for _, received in pairs])
    fresh = {sha256: entry for sha256, entry in known.items() if shop.fresh(entry)}
    new = [received.sha256 for file, received in pairs if not file.error and received.sha256 not in fresh]
    with shop.store.originals.here(new) as paths:
        kept = [
            (replace(file, path=paths.get(received.sha256, file.path)), received) for file, received in pairs
        ]
        return shop.examine_and_load(run, kept, fresh)


@lru_cache(maxsize=1)
def _shop(settings: Settings, year: int | None) -> Workshop:
    """The tools of this worker process, made for its first chunk and kept until it ends."""
    if multiprocessing.current_process().daemon:
        raise NotACluster("Dask 工作进程不能启动子进程，请以 DASK_DISTRIBUTED__WORKER__DAEMON=false 启动")
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(workshop(settings, year))
