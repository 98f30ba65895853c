"""The Store: idempotent saves, versions, verdicts that stay, lists, concurrent writers."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import examined, received
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schema.codec import NotACopy, pack, unpack
from schema.errors import NotReadable
from schema.examination import Versions
from schema.quantity import Quantity
from schema.report import Report
from storage import searching, tallies
from storage.engine import Unavailable, connect
from storage.records import Changed, FlagFilter, Missing
from storage.store import Store

V1 = Versions("reader-1", "rules-1")
V2 = Versions("reader-2", "rules-1")


#: an empty PostgreSQL database that tests may fill and empty; `make test-postgres` gives one
POSTGRES = os.environ.get("JIHE_TEST_POSTGRES", "")
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jihe.db"
    if not POSTGRES:
        pytest.skip("JIHE_TEST_POSTGRES names no database")
    engine = connect(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRES


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(url, tmp_path / "originals", upgrade=True) as found:
        yield found


def put(store: Store, content: str, versions: Versions = V1, path: str | None = None, **what: object):
    run = store.begin_run(["/inbox"])
    return store.save(run, received(content, path), examined(content, **what), versions)  # type: ignore[arg-type]


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that does not depend on the time of day."""
    queries = {
        "submissions": "SELECT id, sha256, path, status, version, slot, error_code FROM submissions ORDER BY id",
        "facts": "SELECT submission_id, position, concept, value FROM facts ORDER BY 1, 2",
        "findings": 'SELECT submission_id, position, fingerprint, "current", status FROM findings ORDER BY 1, 2',
        "reports": "SELECT scope, submission_id, spending_total, errors, open_flags FROM reports ORDER BY 1",
    }
    with store.reading() as connection:
        return {name: [tuple(row) for row in connection.execute(text(sql))] for name, sql in queries.items()}


# codec


@pytest.mark.parametrize("part", ["document", "report", "verdicts"])
def test_a_stored_noun_comes_back_equal(part: str) -> None:
    value = getattr(examined("a"), part)
    assert unpack(pack(value), type(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_come_back_exact(number: Decimal) -> None:
    report = examined("a").report
    fact = replace(report.facts[0], quantity=Quantity(number, Decimal("0.01")))
    back = unpack(pack(replace(report, facts=(fact,))), Report).facts[0].number
    assert back == number
    assert back.as_tuple() == number.as_tuple()


def test_damaged_bytes_are_refused() -> None:
    with pytest.raises(NotACopy):
        unpack(b"nothing", Report)


# saving


def test_a_save_costs_the_same_however_many_there_are(store: Store) -> None:
    """No statement goes through what others have saved: SQLite counts its steps, which no other program disturbs."""
    if not store._engine.url.drivername.startswith("sqlite"):
        pytest.skip("PostgreSQL counts no steps")
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1

    with store.reading() as connection:  # one thread, so the pool has this connection only
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(step, 1)
    spent = []
    for number in range(80):  # the first forty are new in their places, the others second versions
        began = steps
        put(store, f"{number}", department=f"甲县{number % 40:02}局", findings=("f1", "f2"))
        spent.append(steps - began)
    assert spent[39] <= spent[1] * 1.01
    assert spent[79] <= spent[41] * 1.01


def test_the_end_of_a_run_counts_what_lists_choose_indexes_by(store: Store) -> None:
    if not store._engine.url.drivername.startswith("sqlite"):
        pytest.skip("PostgreSQL counts by itself")
    put(store, "a", findings=("f1", "f2"))
    store.end_run(1, {})
    with store.reading() as connection:
        stated = connection.execute(text("SELECT idx, stat FROM sqlite_stat1")).all()
    assert ("ix_findings_scope_fingerprint", "2 2 1") in [tuple(row) for row in stated]


def test_a_second_save_changes_nothing(store: Store) -> None:
    assert put(store, "a").outcome == "new"
    before = dump(store)
    assert put(store, "a").outcome == "unchanged"
    assert store.save(store.begin_run([]), received("a"), None, V1).outcome == "unchanged"
    assert dump(store) == before


def test_the_same_content_elsewhere_is_noted_once(store: Store) -> None:
    put(store, "a")
    assert [put(store, "a", path="/other/a.docx").outcome for _ in range(2)] == ["duplicate", "unchanged"]
    assert store.flags().total == 1
    assert [s.status for s in store.submissions().rows] == ["duplicate", "ok"]


def test_a_resubmission_is_a_new_version(store: Store) -> None:
    put(store, "a", findings=("f1", "f2"))
    saved = put(store, "b", spending="200", findings=("f2", "f3"))
    assert (saved.outcome, saved.version) == ("version", 2)
    assert [f.fingerprint for f in store.flags().rows] == ["f2", "f3"]
    assert store.flags(FlagFilter(superseded=True)).total == 4
    assert [(s.version, s.status) for s in store.submissions().rows] == [(2, "ok"), (1, "superseded")]
    assert store.reports().rows[0].figures["spending.total"] == Decimal(200)


@pytest.mark.parametrize(
    "other",
    [{"year": 2022}, {"department": "乙县民政局"}, {"kind": "department_table"}, {"kind": "project_table"},
     {"department": None}],
)  # fmt: skip
def test_what_is_no_new_version(store: Store, other: dict[str, object]) -> None:
    put(store, "a")
    assert put(store, "b", **other).outcome == "new"
    assert {s.status for s in store.submissions().rows} == {"ok"}


def test_another_reader_replaces_the_rows_of_the_same_submission(store: Store) -> None:
    first = put(store, "a", findings=("f1", "f2"))
    again = put(store, "a", V2, findings=("f2",))
    assert (again.outcome, again.submission, again.version) == ("reread", first.submission, 1)
    assert [f.fingerprint for f in store.flags().rows] == ["f2"]


def test_a_reread_that_finds_another_year_gives_the_old_one_back(store: Store) -> None:
    put(store, "a")
    put(store, "b")
    put(store, "b", V2, year=2024)
    assert {(s.name, s.fiscal_year, s.version, s.status) for s in store.submissions().rows} == {
        ("a.docx", 2023, 1, "ok"), ("b.docx", 2024, 1, "ok"),
    }  # fmt: skip
    assert {row.fiscal_year for row in store.reports().rows} == {2023, 2024}


def test_quarantine_and_recovery(store: Store) -> None:
    run = store.begin_run(["/inbox"])
    error = NotReadable("encrypted", "文件已加密")
    assert store.save(run, received("a"), error, V1).outcome == "quarantined"
    row = store.submissions(statuses=["quarantined"]).rows[0]
    assert (row.error_code, row.error_message) == ("encrypted", "文件已加密")
    with pytest.raises(Missing):
        store.paper(row.id)
    assert put(store, "a", V2).version == 1
    assert store.submissions().rows[0].error_code is None


def test_a_refused_file_that_can_be_read_now_is_read_though_no_version_changed(store: Store) -> None:
    refused = NotReadable("unsupported_format", "没有安装 LibreOffice")
    run = store.begin_run([])
    first = store.save(run, received("a"), refused, V1)
    assert store.save(run, received("a"), refused, V1).outcome == "unchanged"
    assert store.save(run, received("a"), examined("a"), V1) == replace(
        store.save(run, received("b"), examined("b", department="乙局"), V1),
        submission=first.submission, outcome="reread", department="甲县民政局",
    )  # fmt: skip
    assert [one.status for one in store.submissions().rows] == ["ok", "ok"]


def test_a_failed_reread_keeps_the_good_reading(store: Store) -> None:
    put(store, "a")
    before = dump(store)
    assert store.save(1, received("a"), NotReadable("timeout", "太久"), V2).outcome == "quarantined"
    assert dump(store) == before


def test_a_stored_paper_comes_back_whole(store: Store) -> None:
    saved = put(store, "a")
    paper, original = store.paper(saved.submission), examined("a")
    assert (paper.document, paper.report, paper.verdicts) == (
        original.document,
        original.report,
        original.verdicts,
    )


def test_known_answers_for_many(store: Store) -> None:
    put(store, "a")
    contents = [received(str(number)).sha256 for number in range(1200)] + [received("a").sha256]
    assert [known.path for known in store.known(contents).values()] == ["/inbox/a.docx"]


def test_writers_at_once_give_what_one_gives(url: str, tmp_path: Path) -> None:
    """Two runs over the same inbox at once, each with its own connections."""
    contents = [f"c{number}" for number in range(12)]
    errors: list[BaseException] = []

    def ingest() -> None:
        try:
            with Store.open(url, tmp_path) as own:
                for number, content in enumerate(contents):
                    put(own, content, department=f"部门{number % 3}", findings=(f"f{number}",))
        except BaseException as error:
            errors.append(error)

    with Store.open(url, tmp_path, upgrade=True) as store:
        threads = [threading.Thread(target=ingest) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not errors
        both = dump(store)
    with Store.open(f"sqlite:///{tmp_path}/one.db", tmp_path, upgrade=True) as alone:
        for number, content in enumerate(contents):
            put(alone, content, department=f"部门{number % 3}", findings=(f"f{number}",))
        one = dump(alone)
        # numbers may have gaps: a lost race takes one with it
        assert [row[1:] for row in both["submissions"]] == [row[1:] for row in one["submissions"]]
        assert [(row[0], *row[2:]) for row in both["reports"]] == [
            (row[0], *row[2:]) for row in one["reports"]
        ]


def test_one_process_at_a_time_does_what_is_done_alone(url: str, tmp_path: Path) -> None:
    """Two threads, each with its own connections, in the same step."""
    inside, most = 0, 0

    def work(store: Store) -> None:
        nonlocal inside, most
        with store.alone("across"):
            inside += 1
            most = max(most, inside)
            time.sleep(0.1)
            inside -= 1

    with Store.open(url, tmp_path, upgrade=True) as one, Store.open(url, tmp_path) as two:
        threads = [threading.Thread(target=work, args=(store,)) for store in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == 1


def test_runs_that_were_broken_off_are_known_until_another_does_their_last_step(store: Store) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    killed, failed, alive, elsewhere = (store.begin_run([]) for _ in range(4))
    store.end_run(failed, {}, "failed", "磁盘已满")
    for run, process, host in ((killed, ended.pid, ""), (alive, os.getppid(), ""), (elsewhere, 1, "other")):
        change = "UPDATE runs SET process = :p, host = CASE WHEN :h = '' THEN host ELSE :h END WHERE id = :r"
        store.writing(
            lambda c, sql=change, p=process, h=host, r=run: c.execute(text(sql), {"p": p, "h": h, "r": r})
        )
    last = store.begin_run([])
    assert store.undone(last) == [killed, failed]
    assert store.undone(last) == [killed, failed], "still, until somebody does it"
    store.mend([killed, failed])
    assert store.undone(last) == []
    assert [run.status for run in store.runs()] == ["running"] * 3 + ["mended"] * 2


# reviewing


def test_a_verdict_stays_through_rereads_and_versions(store: Store) -> None:
    put(store, "a")
    flag = store.flags().rows[0]
    judged = store.review(flag.id, "dismissed", "李敏", "口径不同", flag.state)
    assert (judged.status, judged.reviewer, judged.comment) == ("dismissed", "李敏", "口径不同")
    put(store, "a", V2)
    put(store, "b")
    assert [(f.status, f.version) for f in store.flags().rows] == [("dismissed", 2)]
    row = store.reports().rows[0]
    assert (row.errors, row.open_flags, row.dismissed_flags) == (1, 0, 1)


def test_a_verdict_belongs_to_its_department_and_year(store: Store) -> None:
    put(store, "a")
    put(store, "b", department="乙县民政局")
    mine = store.flags(FlagFilter(departments=("甲县",))).rows[0]
    store.review(mine.id, "confirmed", "李敏")
    assert {f.department: f.status for f in store.flags().rows} == {
        "甲县民政局": "confirmed",
        "乙县民政局": "open",
    }


def test_a_verdict_on_what_changed_meanwhile_is_refused(store: Store) -> None:
    put(store, "a")
    seen = store.flags().rows[0]
    store.review(seen.id, "confirmed", "李敏", seen_state=seen.state)
    with pytest.raises(Changed) as refused:
        store.review(seen.id, "dismissed", "王强", seen_state=seen.state)
    assert refused.value.flag.reviewer == "李敏"
    assert [j.who for j in store.history(seen.id)] == ["李敏"]
    store.review(seen.id, "open", "王强", seen_state=refused.value.flag.state)
    assert [j.status for j in store.history(seen.id)] == ["confirmed", "open"]
    assert [e.action for e in store.audit()] == ["review", "review"]


def test_findings_go_by_id_or_fingerprint(store: Store) -> None:
    put(store, "a", findings=("abcd01", "abcd02"))
    assert store.flag("abcd01").fingerprint == "abcd01"
    assert store.flag(store.flag("abcd02").id).fingerprint == "abcd02"
    for wrong in ("abcd", "zzzz", 99, "%%%%", ""):
        with pytest.raises(Missing):
            store.flag(wrong)


@pytest.mark.parametrize(
    "statement", ["UPDATE verdicts SET who = 'x'", "DELETE FROM verdicts", "DELETE FROM audit"]
)
def test_verdicts_and_audit_are_append_only(store: Store, statement: str) -> None:
    put(store, "a")
    store.review(1, "confirmed", "李敏")
    with pytest.raises(DBAPIError, match="append-only"):
        store.writing(lambda connection: connection.execute(text(statement)))


# lists


def test_flags_filter_sort_and_page(store: Store) -> None:
    for number in range(4):
        put(
            store,
            f"c{number}",
            department=f"部门{number}",
            year=2022 + number % 2,
            findings=("x1", "x2", "x3"),
        )
    table = [
        (FlagFilter(), 12),
        (FlagFilter(departments=("部门1",)), 3),
        (FlagFilter(departments=("部门",)), 12),
        (FlagFilter(departments=("无",)), 0),
        (FlagFilter(years=(2022,)), 6),
        (FlagFilter(rules=("rate.execution", "sum.budget")), 8),
        (FlagFilter(rules=("rate",)), 4),
        (FlagFilter(severities=("error",), years=(2023,)), 2),
        (FlagFilter(statuses=("confirmed",)), 0),
        (FlagFilter(text="x3"), 4),
        (FlagFilter(text="%"), 0),
        (FlagFilter(submission=1), 3),
    ]
    assert [store.flags(wanted).total for wanted, _ in table] == [count for _, count in table]
    everything = [f.id for f in store.flags(sort="department", limit=12).rows]
    paged = [f.id for at in range(0, 12, 5) for f in store.flags(sort="department", limit=5, offset=at).rows]
    assert paged == everything
    assert [f.severity for f in store.flags(limit=5).rows] == ["error"] * 4 + ["warning"]
    assert [f.id for f in store.flags(sort="newest", limit=12).rows] == list(range(12, 0, -1))


@pytest.mark.parametrize("few", [0, 20_000], ids=["by index", "by reading"])
def test_a_text_is_found(store: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(tallies, "FEW", few)
    put(store, "a", findings=("第3处预算不符", "50%_“超”支'\"", "Aa超", "超"))
    put(store, "b", department="东西县财政局", year=2022, findings=("尾字是预",))
    table = {
        "预算": 1, "算不": 1, "不符": 1, "预算不符": 1, "算预": 0, "预": 2, "是预": 1, "超": 3, "超支": 0, "%": 1, "_": 1,
        "%_": 1, "'\"": 1, "Aa": 1, "aa": 0, "AA超": 0, "东西": 1, "东西县": 1, "局": 5, "\x1f": 0, "a OR b": 0,
    }  # fmt: skip
    assert {text: store.flags(FlagFilter(text=text)).total for text in table} == table
    assert store.facets(FlagFilter(text="预", years=(2022,)))["fiscal_year"] == {2023: 1, 2022: 1}
    put(store, "a", V2, findings=("另一句",))
    assert [store.flags(FlagFilter(text=text)).total for text in ("预算", "一句", "超")] == [0, 1, 0]


def test_a_text_that_too_many_hold(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "FEW", 2)
    monkeypatch.setattr(searching, "MOST_MATCHES", 3)
    put(store, "a", findings=("预算一", "预算二", "预算三", "预算四"))
    put(store, "b", department="乙局", year=2022, findings=("预算五",))
    page = store.flags(FlagFilter(text="预算"))
    assert (page.total, page.cut, len(page.rows)) == (3, True, 3)
    page = store.flags(FlagFilter(text="预算", years=(2022,)))
    assert (page.total, page.cut, [flag.message for flag in page.rows]) == (1, False, ["问题预算五"])
    assert store.flags(FlagFilter(text="预算五")).cut is False


def test_departments_with_the_most_findings(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "a", department="甲局", findings=("f1",))
    put(store, "b", department="乙局", findings=("f1", "f2"))
    put(store, "c", department="丙局", year=2022, findings=("f1", "f2", "f3"))
    assert list(store.top_departments(FlagFilter(), 2).items()) == [("丙局", 3), ("乙局", 2)]
    assert store.top_departments(FlagFilter(years=(2023,)), 9) == {"乙局": 2, "甲局": 1}
    assert store.top_departments(FlagFilter(text="f3"), 9) == {"丙局": 1}
    put(store, "d", department="丁局", findings=("f1",))
    assert "丁局" in store.top_departments(FlagFilter(), 9)
    monkeypatch.setattr(tallies, "MANY", 2)
    assert store.top_departments(FlagFilter(), 2) == {}


def test_facets_count_what_a_click_would_show(store: Store) -> None:
    put(store, "a", findings=("f1", "f2", "f3"))
    put(store, "b", department="乙局", year=2022, findings=("f1",))
    facets = store.facets(FlagFilter(years=(2023,)))
    assert facets["fiscal_year"] == {2022: 1, 2023: 3}
    assert facets["severity"] == {"error": 1, "warning": 1, "notice": 1}
    assert facets["status"] == {"open": 3}


def test_a_department_s_year(store: Store) -> None:
    put(store, "a", year=2022)
    put(store, "b", findings=("f1", "f2"))
    put(store, "c", kind="department_table", findings=("t1",))
    filed = store.report("民政")
    assert (filed.summary.fiscal_year, filed.summary.documents, len(filed.flags)) == (2023, 2, 3)
    assert [s.name for s in filed.submissions] == ["b.docx", "c.docx"]
    assert (store.departments(), store.years()) == (("甲县民政局",), (2023, 2022))
    for wrong in (("工信局", None), ("甲县民政局", 2019)):
        with pytest.raises(Missing):
            store.report(*wrong)


def test_money_keeps_its_digits(store: Store) -> None:
    put(store, "a", spending="123456789012.34")
    with store.reading() as connection:
        assert connection.execute(text("SELECT value FROM v_facts")).scalar() == "123456789012.34"
    assert store.reports().rows[0].figures["spending.total"] == Decimal("123456789012.34")


VIEWS = {
    "v_reports": ("department", "spending_total", "errors"),
    "v_facts": ("concept", "value", "document_kind"),
    "v_flags": ("severity", "status", "is_current"),
    "v_submissions": ("file", "status", "department"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_views_answer(store: Store, view: str) -> None:
    put(store, "a")
    store.save(1, received("bad"), NotReadable("corrupt", "损坏"), V1)
    with store.reading() as connection:
        rows = connection.execute(text(f"SELECT {', '.join(VIEWS[view])} FROM {view}")).all()
    expected = {
        "v_reports": [("甲县民政局", 1356400, 1)],
        "v_facts": [("spending.total", "1356400", "department_report")],
        "v_flags": [("error", "open", 1)],
        "v_submissions": [("a.docx", "ok", "甲县民政局"), ("bad.docx", "quarantined", None)],
    }
    assert [tuple(row) for row in rows] == expected[view]


# opening


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="jihe db upgrade"):
        Store.open(f"sqlite:///{tmp_path}/none.db", tmp_path)
    assert not (tmp_path / "none.db").exists(), "a look leaves nothing behind"


@pytest.mark.parametrize(
    ("url", "words"),
    [("nonsense", "地址不对"), ("sqlite:////proc/none/jihe.db", "不能写入"), ("sqlite:///{text}", "已损坏")],
)
def test_a_database_that_cannot_be_used(tmp_path: Path, url: str, words: str) -> None:
    (tmp_path / "text.db").write_text("no database" * 100)
    with pytest.raises(Unavailable, match=words):
        Store.open(url.format(text=tmp_path / "text.db"), tmp_path, upgrade=True)


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        Store.open("postgresql+nonsense://jihe:secret@host/jihe", tmp_path)
    assert "secret" not in str(refused.value)
    assert "jihe:***@host" in str(refused.value)


def test_originals_are_kept_once_and_checked(store: Store, tmp_path: Path) -> None:
    import hashlib

    file = tmp_path / "报告.docx"
    file.write_bytes(b"content")
    sha256 = hashlib.sha256(b"content").hexdigest()
    store.originals.keep(file, sha256)
    store.originals.keep(file, sha256)
    kept = store.originals.path(sha256)
    assert list(store.originals.damaged()) == []
    with pytest.raises(ValueError):
        store.originals.keep(file, "0" * 64)
    assert [path.name for path in store.originals.folder.glob("*/*")] == [sha256]
    kept.chmod(0o644)
    kept.write_bytes(b"other")
    assert list(store.originals.damaged()) == [sha256]
