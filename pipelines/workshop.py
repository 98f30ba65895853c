"""What a run works with: the settings, the store and the worker processes, made once a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from extractors.isolation import Limits, Workers
from pipelines.conversions import submitted
from pipelines.examination import examine_packed, warm_up
from pipelines.files import Found
from pipelines.journal import journal
from pipelines.settings import Settings
from pipelines.versions import versions
from schema.codec import Parcel
from schema.errors import NotReadable
from schema.examination import Received, Versions
from storage.records import Known, Saved
from storage.store import Store

#: a scan of many pages takes minutes; whatever takes longer does not end
LIMITS = Limits(seconds=300)
Reading = Parcel | NotReadable


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file, for the summary that people read."""

    shown: str
    outcome: str
    department: str | None = None
    fiscal_year: int | None = None
    findings: int = 0
    reason: str = ""
    changed: bool = True  # whether the database was written


@dataclass
class Workshop:
    """The tools of a run; plain methods, testable without Prefect."""

    settings: Settings
    store: Store
    workers: Workers
    versions: Versions
    year: int | None = None
    advance: Callable[[int], None] = field(default=lambda count: None)

    def __post_init__(self) -> None:
        self.journal = journal(self.settings.home)

    def intake(self, found: Sequence[tuple[Found, Received]]) -> dict[str, Known]:
        """Keep the originals; gives the contents that the database has from these very versions.

        Raises OSError where an original cannot be kept, storage's Unavailable where the database fails.
        """
        for file, received in found:
            if file.error is None:
                self.store.originals.keep(file.path, received.sha256)
        known = self.store.known([received.sha256 for _, received in found])
        return {sha256: entry for sha256, entry in known.items() if self.fresh(entry)}

    def examine_and_load(
        self, run: int, found: Sequence[tuple[Found, Received]], known: dict[str, Known]
    ) -> list[Line]:
        """Read, understand and check what is new in the worker processes; save in the order given, each
        file as soon as it and all before it are done."""
        new = [file for file, received in found if received.sha256 not in known and file.error is None]
        lines = []

        def submit(at: int, converted: Path | None) -> Future[Reading]:
            return self._submit(new[at], converted)

        futures = submitted([file.path for file in new], submit, self.workers, self.settings.workers)
        with closing(futures):
            for file, received in found:
                if received.sha256 in known:
                    result: Reading | None = None
                else:
                    result = file.error or self._result(next(futures), file)
                lines.append(self._load(run, file, received, result, known.get(received.sha256)))
                self.advance(1)
        return lines

    def fresh(self, known: Known) -> bool:
        """Whether these very versions read it."""
        return (known.reader_version, known.rulebook_version, known.asked_profile) == (
            self.versions.reader,
            self.versions.rulebook,
            self.versions.profile,
        )

    def _submit(self, file: Found, converted: Path | None) -> Future[Reading]:
        asked = (file.path, self.versions.profile, self.settings.home, file.name, converted, self.year)
        return self.workers.submit(examine_packed, *asked)

    def _result(self, future: Future[Reading], file: Found) -> Reading:
        try:
            return self.workers.result(future, file.name)
        except NotReadable as refused:
            return refused

    def _load(
        self, run: int, file: Found, received: Received, result: Reading | None, known: Known | None
    ) -> Line:
        saved: Saved = self.store.save(run, received, result, self.versions)
        reason = result.message if isinstance(result, NotReadable) else ""
        outcome: str = saved.outcome
        changed = outcome != "unchanged"
        if changed:
            self._note(run, file, received, saved, result)
        if outcome == "unchanged" and isinstance(result, NotReadable):
            outcome = "quarantined"
        if result is None and known is not None and known.status == "quarantined":
            outcome, reason = "quarantined", known.error_message or ""
        return Line(file.shown, outcome, saved.department, saved.fiscal_year, saved.findings, reason, changed)

    def _note(self, run: int, file: Found, received: Received, saved: Saved, result: Reading | None) -> None:
        seconds = {k: round(v, 4) for k, v in result.seconds.items()} if isinstance(result, Parcel) else {}
        what = {
            "run": run, "document": saved.submission, "sha256": received.sha256, "file": file.shown,
            "outcome": saved.outcome, "version": saved.version, "findings": saved.findings, "seconds": seconds,
        }  # fmt: skip
        if isinstance(result, NotReadable):
            trace = {"trace": "".join(result.__notes__)} if getattr(result, "__notes__", None) else {}
            self.journal.warning("document", **what, code=result.code, reason=result.message, **trace)
        else:
            self.journal.info("document", **what)


@contextmanager
def workshop(settings: Settings, year: int | None = None) -> Iterator[Workshop]:
    """Open the store (made or migrated where needed) and start the workers, which warm up meanwhile.

    Raises storage's Unavailable.
    """
    with (
        Store.open(settings.database_url, settings.originals, upgrade=True) as store,
        Workers(settings.workers, LIMITS, warm_up) as workers,
    ):
        yield Workshop(settings, store, workers, versions(settings.profile, settings.home), year)


#: the workshop that the caller of a flow prepared while the server came up. It stands here and not beside
#: the flow, whose globals travel to the workers of a cluster.
_ready: list[Workshop] = []


@contextmanager
def ready(shop: Workshop) -> Iterator[None]:
    """Let the flow use this workshop instead of making one."""
    _ready.append(shop)
    try:
        yield
    finally:
        _ready.pop()


def in_hand() -> Workshop | None:
    """The workshop that was prepared, if any."""
    return _ready[-1] if _ready else None
