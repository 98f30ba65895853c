"""The console over PostgreSQL: every page, and what is written from pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text
from test_console import logged_in
from test_storage import POSTGRES

from storage.engine import connect
from storage.records import FlagFilter
from storage.store import Store
from tests.console import filled

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not POSTGRES, reason="JIHE_TEST_POSTGRES names no database"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    engine = connect(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    with filled(tmp_path_factory.mktemp("postgres"), url=POSTGRES) as found:
        yield found


PAGES = (
    "/", "/?year=2023", "/flags", "/flags?q=预算&year=2023", "/flags?q=算", "/flags?department=局&sort=department&desc=1",
    "/departments?q=局&score=90", "/departments?state=missing", "/compare", "/compare?concept=staff.actual&department=局",
    "/runs", "/exports", "/rules", "/audit", "/flags/1", "/papers/1", "/suggestions?q=局", "/metrics", "/api/flags?q=支出",
    "/export/flags.xlsx?severity=error", "/export/summary.xlsx", "/export/overall.docx", "/export/facts.csv",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers(store: Store, tmp_path: Path, page: str) -> None:
    one, _ = logged_in(store, tmp_path, "zhou")
    assert one.get(page).status_code == 200


@pytest.mark.parametrize(
    "page", ["/flags?q=%00", "/flags?department=%00", "/departments?q=a%00", "/api/flags?q=%00"]
)
def test_a_text_that_the_database_cannot_hold(store: Store, tmp_path: Path, page: str) -> None:
    one, _ = logged_in(store, tmp_path, "zhou")
    assert one.get(page).status_code == 422


def test_verdicts_filings_and_corrections(store: Store, tmp_path: Path) -> None:
    one, form = logged_in(store, tmp_path, "li")
    errors = store.flags(FlagFilter(severities=("error",))).total
    given = {"csrf": form, "query": "severity=error", "status": "confirmed", "seen": str(errors)}
    done = one.post("/verdicts/all", data=given, follow_redirects=True)
    assert f"已将{errors}条定为“属实”" in done.text
    nul = one.post("/verdicts/all", data=given | {"status": "open", "comment": "\0"})
    assert nul.status_code == 422
    flag = store.flags(FlagFilter(severities=("error",))).rows[0]
    filing = {
        "csrf": form,
        "seen": "0",
        "action": "file",
        "department": "某新局",
        "year": str(flag.fiscal_year),
        "sure": "true",
    }
    assert one.post(f"/papers/{flag.submission}/filing", data=filing).status_code == 303
    assert "某新局" in one.get(f"/departments/{quote('某新局')}").text
    moved = [f.status for f in store.flags(FlagFilter(departments=("某新局",))).rows if f.rule == flag.rule]
    assert moved == ["confirmed"]
