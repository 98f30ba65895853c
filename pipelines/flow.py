"""The main job as a Prefect flow: discover → intake → parse, check, load → publish.

Documents go in chunks, so that orchestration costs little; what computes is below, in worker
processes. A task is tried again only where the disk or the database failed: a bad document is an
outcome, not an error. Importing this module imports Prefect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.tasks import Task

from pipelines.across import Change, check_across
from pipelines.cluster import dask_runner, examine_and_load_here
from pipelines.files import Found, Search, fingerprint
from pipelines.nightly import settled, write_summary
from pipelines.notices import Notice, send
from pipelines.settings import Settings, load_settings
from pipelines.workshop import Line, Workshop, in_hand, workshop
from schema.examination import Received
from storage.engine import Unavailable
from storage.records import Known

T = TypeVar("T")
Pair = tuple[Found, Received]

#: documents a task: at about 10 ms a task this is well below one part in a hundred, and the workers wait
#: only for the last of a hundred
CHUNK = 100


def _is_transient(_: Task[Any, Any], __: TaskRun, state: State[Any]) -> bool:
    """Only the disk and the database may recover by waiting."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError | Unavailable)


_io: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": [1, 5, 20],
    "retry_condition_fn": _is_transient,
    "cache_policy": NO_CACHE,
}


@task(**_io)
def discover(files: Sequence[Found]) -> list[Pair]:
    """Every file's identity: its content's hash."""
    return [(file, fingerprint(file)) for file in files]


@task(**_io)
def intake(shop: Workshop, pairs: Sequence[Pair]) -> dict[str, Known]:
    """Originals kept, known contents told apart."""
    return shop.intake(pairs)


@task(**_io)
def examine_and_load(shop: Workshop, run: int, pairs: Sequence[Pair], known: dict[str, Known]) -> list[Line]:
    """Parse, check and load one chunk; done again from the start it changes nothing that was loaded."""
    return shop.examine_and_load(run, pairs, known)


@task(**_io)
def examine_and_load_far(settings: Settings, year: int | None, run: int, pairs: Sequence[Pair]) -> list[Line]:
    """The same on a worker of the Dask cluster, which makes its own workshop."""
    return examine_and_load_here(settings, year, run, pairs)


@task(**_io)
def compare(shop: Workshop) -> list[Change]:
    """The rules that need more than one report, over everything in force."""
    return check_across(shop.store)


@task(cache_policy=NO_CACHE)
def publish(lines: Sequence[Line]) -> None:
    """The run's outcome as a table in Prefect."""
    create_table_artifact(
        key="jihe-run",
        table=[
            {"文件": line.shown, "结果": line.outcome, "部门": line.department or "", "年度": line.fiscal_year or "",
             "问题": line.findings, "原因": line.reason}
            for line in lines
        ],
        description="、".join(f"{outcome} {count}" for outcome, count in count_outcomes(lines).items()),
    )  # fmt: skip


@flow(name="jihe-ingest", validate_parameters=False, log_prints=False)
def ingest(paths: list[str], profile: str | None = None, year: int | None = None) -> list[Line]:
    """Files, folders and archives into the database; gives one line a file, in order."""
    prepared = in_hand()
    with nullcontext(prepared) if prepared else workshop(load_settings(profile=profile), year) as shop:
        if shop is None:  # pragma: no cover - nullcontext's type allows it
            raise AssertionError
        return _ingest(shop, paths)


def _ingest(shop: Workshop, paths: list[str]) -> list[Line]:
    run = shop.store.begin_run(paths, shop.versions.profile, flow_run=str(flow_run.id))
    lines: list[Line] = []
    status, message = "failed", None
    try:
        with Search() as search:
            chunks = _chunks(search.files(map(Path, paths)))
            spread = _spread if shop.settings.dask_address else _pool
            for loaded in spread(shop, run, chunks):
                lines += loaded
        undone = shop.store.undone(run)
        changes = compare(shop) if undone or any(line.changed for line in lines) else []
        shop.store.mend(undone)
        publish(lines)
        write_summary(shop.settings.home / "runs", run, lines, changes)
        status = "done"
    except Exception as error:
        message = str(error)
        raise
    finally:
        shop.store.end_run(run, count_outcomes(lines), status, message)
    return lines


def _pool(shop: Workshop, run: int, chunks: Iterable[list[Found]]) -> Iterator[list[Line]]:
    """Chunk after chunk; the documents of one are read at once by the worker processes, and meanwhile the
    originals of the next are kept."""
    before: list[tuple[PrefectFuture[Any], PrefectFuture[Any]]] = []
    for files in chunks:
        pairs = discover.submit(files)
        known: Any = cast(Any, intake).submit(shop, pairs)  # Prefect waits for the pairs
        before.append((pairs, known))
        if len(before) > 1:
            yield _load(shop, run, *before.pop(0))
    for chunk in before:
        yield _load(shop, run, *chunk)


def _load(
    shop: Workshop, run: int, pairs: PrefectFuture[list[Pair]], known: PrefectFuture[dict[str, Known]]
) -> list[Line]:
    return examine_and_load(shop, run, pairs.result(), known.result())


def _spread(shop: Workshop, run: int, chunks: Iterable[list[Found]]) -> Iterator[list[Line]]:
    """All chunks at once over the cluster's workers; the lines come in the order of the files."""
    waiting = []
    for pairs in map(discover, chunks):
        intake(shop, pairs)  # the originals are where every machine sees them before a worker is asked
        waiting.append(examine_and_load_far.submit(shop.settings, shop.year, run, pairs))
    for future in waiting:
        lines = future.result()
        shop.advance(len(lines))
        yield lines


def ingest_on(settings: Settings) -> Callable[..., list[Line]]:
    """The main job on the runner of the settings: this machine's processes, or a Dask cluster."""
    if not settings.dask_address:
        return ingest
    chosen: Callable[..., list[Line]] = ingest.with_options(task_runner=dask_runner(settings))
    return chosen


@flow(name="jihe-nightly", validate_parameters=False, log_prints=False)
def nightly() -> list[Line]:
    """The inbox of the settings: what has settled is read and checked, and whoever asked is told.

    Safe beside another run over the same inbox: a content is stored once.
    """
    settings = load_settings()
    paths = settled(settings.inbox) if settings.inbox.is_dir() else []
    lines = ingest_on(settings)([str(path) for path in paths], settings.profile or None) if paths else []
    tell(Notice.of_run(lines, settings), settings)
    return lines


@task(retries=2, retry_delay_seconds=30, cache_policy=NO_CACHE)
def tell(notice: Notice, settings: Settings) -> None:
    """The run's outcome to the webhook and the mailboxes of the settings, if any."""
    send(notice, settings)


def count_outcomes(lines: Sequence[Line]) -> dict[str, int]:
    return dict(Counter(line.outcome for line in lines))


def _chunks(files: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(files)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
