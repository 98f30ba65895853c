"""The one door to the database."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from schema.codec import Parcel, unpack
from schema.corrections import Correction
from schema.document import Document
from schema.examination import Received, Result, Versions
from schema.filing import Filing
from schema.finding import Verdicts
from schema.report import Report
from storage import (
    bulk,
    correcting,
    corrections,
    engine,
    migration,
    queries,
    reviewing,
    runs,
    saving,
    tables,
    tallies,
)
from storage import filing as filings
from storage.originals import Originals
from storage.records import (
    DepartmentYear,
    Event,
    Filed,
    Flag,
    FlagFilter,
    FlagSort,
    Judgement,
    Known,
    Missing,
    Page,
    Paper,
    RunRecord,
    Saved,
    Status,
    Submission,
    TooMany,
    Within,
)

T = TypeVar("T")
#: names in one IN list: below every database's limit of parameters
CHUNK = 500


class Store:
    """Everything that is kept. Safe to share between threads; every verb is one transaction.

    Any verb raises engine.Unavailable, with one Chinese sentence, where the database cannot be used.
    """

    def __init__(self, found: Engine, originals: Path | Originals) -> None:
        self._engine = found
        self.originals = Originals(originals) if isinstance(originals, Path) else originals
        self.home = self.originals.home
        self._counts = tallies.Counts()

    @classmethod
    def open(cls, url: str, originals: Path | Originals, *, upgrade: bool = False) -> Store:
        """The store at a SQLAlchemy address. With `upgrade` it is created or migrated first; without,
        one that is not up to date raises Unavailable."""
        found = engine.connect(url)
        if upgrade:
            migration.upgrade(found)
            return cls(found, originals)
        if not engine.exists(url):
            raise engine.Unavailable("数据库里还没有数据，请先运行 jihe ingest 或 jihe db upgrade")
        state = migration.schema_state(found)
        if state.current is None:
            raise engine.Unavailable("数据库里还没有数据，请先运行 jihe ingest 或 jihe db upgrade")
        if not state.ready:
            raise engine.Unavailable("数据库版本与程序不符，请先运行 jihe db upgrade")
        return cls(found, originals)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reports of one's own; one snapshot, nothing may be written."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise engine.refusal(error) from error

    def writing(self, work: Callable[[Connection], T]) -> T:
        """`work` in one transaction, tried again where it lost against another writer."""
        return engine.write(self._engine, work)

    def alone(self, name: str) -> AbstractContextManager[None]:
        """Work of several verbs that one process does at a time; others wait for it."""
        return engine.alone(self._engine, name)

    # runs

    def begin_run(
        self, paths: Sequence[str], profile: str = "", kind: str = "ingest", flow_run: str | None = None
    ) -> int:
        values = {
            "kind": kind, "started_at": datetime.now(UTC), "status": "running", "paths": list(paths),
            "profile": profile, "host": socket.gethostname(), "process": os.getpid(), "flow_run": flow_run,
            "counts": {},
        }  # fmt: skip
        started = insert(tables.Run).values(values).returning(tables.Run.id)
        return self.writing(lambda connection: int(connection.execute(started).scalar_one()))

    def end_run(
        self, run: int, counts: dict[str, int], status: str = "done", message: str | None = None
    ) -> None:
        values = {"finished_at": datetime.now(UTC), "status": status, "counts": counts, "message": message}
        ended = update(tables.Run).where(tables.Run.id == run).values(values)

        def work(connection: Connection) -> None:
            connection.execute(ended)
            engine.analyze(connection, "submissions", "findings", "reports")  # what lists choose indexes of

        self.writing(work)

    def undone(self, run: int) -> list[int]:
        """Earlier runs that ended before the rules across reports; killed ones are marked as such."""
        return self.writing(lambda connection: runs.undone(connection, run))

    def mend(self, undone: list[int]) -> None:
        """What these runs left undone was done by another."""
        self.writing(lambda connection: runs.mend(connection, undone))

    def runs(self, limit: int = 50) -> tuple[RunRecord, ...]:
        """Newest first."""
        with self.reading() as connection:
            rows = connection.execute(
                select(tables.Run.__table__).order_by(tables.Run.id.desc()).limit(limit)
            )
            return tuple(
                RunRecord(**{**row._mapping, "paths": tuple(row.paths)})  # the columns are the fields
                for row in rows
            )

    # saving

    def known(self, contents: Sequence[str]) -> dict[str, Known]:
        """Of these sha256 those that are there, with the versions that read them."""
        row, found = tables.Submission, {}
        columns = (
            row.id.label("submission"), row.sha256, row.path, row.status, row.reader_version, row.rulebook_version,
            row.asked_profile, row.error_code, row.error_message,
        )  # fmt: skip
        with self.reading() as connection:
            for start in range(0, len(contents), CHUNK):
                query = select(*columns).where(
                    row.sha256.in_(contents[start : start + CHUNK]), row.status != "duplicate"
                )
                found.update({known.sha256: Known(**known._mapping) for known in connection.execute(query)})
        return found

    def save(self, run: int, received: Received, result: Parcel | Result | None, versions: Versions) -> Saved:
        """One file's result, packed or not, in one transaction; the same again changes nothing. `result` None says
        that `known` has it already, read by the same versions: then only a new path is noted."""
        return self.writing(
            lambda connection: saving.save(connection, run, received, result, versions, self.home)
        )

    # reading

    def flags(
        self, wanted: FlagFilter | None = None, *, sort: FlagSort = "severity", descending: bool = False,
        limit: int = 100, offset: int = 0,
    ) -> Page[Flag]:  # fmt: skip
        asked = wanted or FlagFilter()
        with self.reading() as connection:
            found = self._counts.of(connection, asked)
            return queries.flag_page(
                connection, found.wanted, sort, descending, limit, offset, found.total, found.cut
            )

    def facets(self, wanted: FlagFilter | None = None) -> dict[str, dict[Any, int]]:
        """rule | severity | status | fiscal_year -> value -> number of findings."""
        asked = wanted or FlagFilter()
        with self.reading() as connection:
            return tallies.facets(self._counts.of(connection, asked).tallies, asked)

    def top_departments(self, wanted: FlagFilter, limit: int) -> dict[str, int]:
        """The departments with the most findings that the filter matches; none where tallies.MANY match."""
        with self.reading() as connection:
            return self._counts.departments(connection, wanted, limit)

    def flag(self, reference: int | str) -> Flag:
        """The finding of an id, or of a fingerprint (or its first letters) that names only one.

        Raises Missing.
        """
        with self.reading() as connection:
            return reviewing.only_flag(connection, reference)

    def reports(
        self, departments: Sequence[str] = (), years: Sequence[int] = (), *, sort: str = "department",
        descending: bool = False, limit: int = 100, offset: int = 0, within: Sequence[Within] = (), state: str = "",
    ) -> Page[DepartmentYear]:  # fmt: skip
        """Departments' years; `sort` is any column of the table reports, `state` of queries.STATES."""
        with self.reading() as connection:
            return queries.report_page(
                connection, departments, years, sort, descending, limit, offset, within, state
            )

    def report(self, department: str, year: int | None = None) -> Filed:
        """All of one department's year, the newest where none is named. Raises Missing."""
        with self.reading() as connection:
            return reviewing.filed(connection, department, year)

    def submissions(
        self, departments: Sequence[str] = (), years: Sequence[int] = (), statuses: Sequence[str] = (),
        *, run: int | None = None, text: str | None = None, limit: int = 100, offset: int = 0,
    ) -> Page[Submission]:  # fmt: skip
        """Every file ever received, newest first."""
        conditions = queries.submission_conditions(departments, years, statuses, run, text)
        with self.reading() as connection:
            return queries.submission_page(connection, conditions, limit, offset)

    def paper(self, submission: int) -> Paper:
        """A document whole. Raises Missing for one that was quarantined or never came."""
        with self.reading() as connection:
            listed = queries.submission_page(connection, [tables.Submission.id == submission], 1, 0)
            stored = connection.execute(
                select(tables.Paper.__table__).where(tables.Paper.submission_id == submission)
            ).first()
            noted = corrections.listed(connection, submission)
        if stored is None or not listed.rows:
            raise Missing(f"没有编号为 {submission} 的文件，或者它没有读出来")
        report = unpack(stored.report, Report)
        return Paper(
            listed.rows[0],
            unpack(stored.document, Document),
            report,
            unpack(stored.verdicts, Verdicts),
            unpack(stored.as_read, Report) if stored.as_read else report,
            noted,
        )

    def departments(self, part: str = "", limit: int | None = None) -> tuple[str, ...]:
        """Names, those that hold `part` only; sorted."""
        name = tables.Department.name
        query = select(name).where(name.contains(part, autoescape=True)).order_by(name).limit(limit)
        with self.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def years(self) -> tuple[int, ...]:
        """The fiscal years that there are reports of, newest first."""
        year = tables.ReportRow.fiscal_year
        with self.reading() as connection:
            query = select(year).where(year.is_not(None)).distinct().order_by(year.desc())
            return tuple(found for found in connection.execute(query).scalars() if found is not None)

    # reviewing

    def review(
        self, finding: int | str, status: Status, who: str, comment: str = "", seen_state: int | None = None
    ) -> Flag:
        """A verdict on a finding and on the same finding in every version; gives it as it stands then.

        `seen_state` is Flag.state as the reviewer saw it: another verdict since raises Changed. None
        means that the caller saw nothing and overrides. Raises Missing.
        """
        return self.writing(
            lambda connection: reviewing.review(connection, finding, status, who, comment, seen_state)
        )

    def review_all(self, wanted: FlagFilter, status: Status, who: str, comment: str, seen: int,
                   query: str = "") -> int:  # fmt: skip
        """A verdict on all that a filter matches and nobody has judged, or with "open" on all that somebody
        has; gives the id of the audit's line. `seen` is the number that the reviewer was asked about: another
        now raises Overtaken. Raises TooMany past bulk.MOST, and for a text that too many hold."""

        def work(connection: Connection) -> int:
            found = self._counts.of(connection, wanted)
            if found.cut:
                raise TooMany("含这些字的问题太多，请再加条件")
            conditions = queries.flag_conditions(connection, found.wanted)
            return bulk.review_all(connection, conditions, status, who, comment, seen, query)

        return self.writing(work)

    def undo_all(self, event: int, who: str) -> int:
        """Take back one's own review_all where nobody judged since; gives the number. Raises Missing."""

        def work(connection: Connection) -> int:
            found = bulk.event(connection, event)
            if found is None:
                raise Missing("没有可以撤销的批量结论")
            return bulk.undo(connection, found, who)

        return self.writing(work)

    def last_bulk(self, who: str) -> Event | None:
        """The user's newest review_all that can be taken back."""
        with self.reading() as connection:
            return bulk.latest(connection, who)

    def event(self, number: int) -> Event | None:
        """A line of the audit trail."""
        with self.reading() as connection:
            return bulk.event(connection, number)

    def correct(self, submission: int, place: str, correction: Correction | None, who: str,
                comment: str = "", seen: int | None = None) -> Paper:  # fmt: skip
        """A reviewer's value instead of a reading, or None to restore it; the rules run again at once.

        `seen` is the id of the place's newest correction as the reviewer saw it, 0 for none: another since
        raises Overtaken. Raises Missing where there is no such reading.
        """
        self.writing(
            lambda c: correcting.correct(c, submission, place, correction, who, comment, seen, self.home)
        )
        return self.paper(submission)

    def refile(self, submission: int, filing: Filing | None, who: str, comment: str = "",
               seen: int | None = None) -> Paper:  # fmt: skip
        """Under another department and year than the cover was read as, or None as it was read; the rules run
        again at once and the versions of both places are numbered anew. Findings across reports come
        with the next run.

        `seen` is the id of the newest filing as the reviewer saw it, 0 for none: another since raises
        Overtaken. Raises Missing.
        """
        self.writing(lambda c: filings.refile(c, submission, filing, who, comment, seen, self.home))
        return self.paper(submission)

    def filing_of(self, submission: int, filing: Filing) -> tuple[Filing, bool, tuple[Submission, ...]]:
        """A filing under the department's own name for an alias, whether that department is known, and the
        documents whose versions the report would join."""
        with self.reading() as connection:
            name = filings.named(connection, filing.department)
            known = select(tables.Department.id).where(tables.Department.name == name)
            wanted = replace(filing, department=name)
            return (
                wanted,
                connection.execute(known).first() is not None,
                filings.neighbours(connection, submission, wanted),
            )

    def filters(self, owner: str) -> tuple[tuple[str, str], ...]:
        """(name, query) of the lists that a user keeps, by name."""
        row = tables.Filter
        with self.reading() as connection:
            found = connection.execute(
                select(row.name, row.query).where(row.owner == owner).order_by(row.name)
            )
            return tuple((one.name, one.query) for one in found)

    def keep_filter(self, owner: str, name: str, query: str | None) -> None:
        """Keep a list under a name, in place of one of that name; None forgets it."""
        row = tables.Filter

        def work(connection: Connection) -> None:
            connection.execute(delete(row).where(row.owner == owner, row.name == name))
            if query is not None:
                connection.execute(insert(row).values(owner=owner, name=name, query=query))

        self.writing(work)

    def history(self, finding: int | str) -> tuple[Judgement, ...]:
        """Every verdict on a finding, oldest first. Raises Missing."""
        with self.reading() as connection:
            return reviewing.history(connection, reviewing.only_flag(connection, finding))

    def record(self, who: str, action: str, subject: str, detail: dict[str, Any] | None = None) -> None:
        """A line of the audit trail."""
        self.writing(lambda connection: reviewing.record(connection, who, action, subject, detail or {}))

    def audit(self, limit: int = 100, offset: int = 0) -> tuple[Event, ...]:
        """Newest first."""
        row = tables.Event
        with self.reading() as connection:
            query = select(row.__table__).order_by(row.id.desc()).limit(limit).offset(offset)
            return tuple(Event(**found._mapping) for found in connection.execute(query))
