"""One verdict on everything that a filter matches, and taking it back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import text
from test_console import logged_in
from test_filing import store as store  # the fixture: SQLite and PostgreSQL
from test_storage import put

from storage import bulk
from storage.records import FlagFilter, Missing, Overtaken, TooMany
from storage.store import Store
from tests.console import filled

ALL = FlagFilter(rules=("rate",))


@pytest.fixture
def three(store: Store) -> Store:
    """Three departments with one finding of the rule and one of another each."""
    for at, name in enumerate(("甲局", "乙局", "丙局")):
        put(store, f"c{at}", department=name, findings=("x", "y"))
    return store


def statuses(store: Store, rule: str = "rate") -> list[str]:
    return [flag.status for flag in store.flags(FlagFilter(rules=(rule,)), sort="newest").rows]


def test_all_that_match_are_judged(three: Store) -> None:
    first = three.flags(ALL).rows[0]
    three.review(first.id, "dismissed", "王强", "早先")
    event = three.review_all(ALL, "confirmed", "li", "同一口径", 2, "rule=rate")
    assert sorted(statuses(three)) == ["confirmed", "confirmed", "dismissed"]
    assert statuses(three, "sum") == ["open"] * 3
    judged = next(flag for flag in three.flags(ALL).rows if flag.status == "confirmed")
    assert (judged.reviewer, judged.comment) == ("li", "同一口径")
    (said,) = three.history(judged.id)
    assert (said.id, said.who, said.status) == (judged.state, "li", "confirmed")
    line = three.audit()[0]
    assert (line.id, line.action, line.who, line.detail["count"]) == (event, "bulk", "li", 2)
    assert sum(row.confirmed_flags for row in three.reports().rows) == 2


def test_a_bulk_verdict_is_taken_back(three: Store) -> None:
    event = three.review_all(ALL, "confirmed", "li", "", 3)
    again = three.flags(ALL).rows[0]
    three.review(again.id, "dismissed", "zhao", "另有说法")
    with pytest.raises(Missing):
        three.undo_all(event, "zhao")
    last = three.last_bulk("li")
    assert last is not None
    assert last.id == event
    assert three.last_bulk("zhao") is None
    assert three.undo_all(event, "li") == 2
    assert three.last_bulk("li") is None
    assert sorted(statuses(three)) == ["dismissed", "open", "open"]
    with pytest.raises(Missing):
        three.undo_all(event, "li")
    assert three.audit()[0].action == "bulk.undo"


def test_what_changed_meanwhile_is_asked_again(three: Store) -> None:
    three.review(three.flags(ALL).rows[0].id, "dismissed", "王强")
    with pytest.raises(Overtaken, match="现在是2条，不是您看到的3条"):
        three.review_all(ALL, "confirmed", "li", "", 3)
    assert "confirmed" not in statuses(three)


def test_it_is_bounded(three: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(TooMany):
        three.review_all(ALL, "confirmed", "li", "", 3)
    assert statuses(three) == ["open"] * 3


def test_reopening_all(three: Store) -> None:
    event = three.review_all(ALL, "dismissed", "li", "", 3)
    reopened = three.review_all(ALL, "open", "zhao", "", 3)
    assert statuses(three) == ["open"] * 3
    for number in (event, reopened, 999):
        with pytest.raises(Missing):
            three.undo_all(number, "li")


def test_an_older_version_follows(three: Store) -> None:
    put(three, "d", department="甲局", findings=("x",))
    three.review_all(ALL, "dismissed", "li", "", 3)
    with three.reading() as connection:
        found = connection.execute(
            text("SELECT DISTINCT status FROM findings WHERE fingerprint = 'x'")
        ).scalars()
        assert list(found) == ["dismissed"]


def test_the_page_names_the_number_and_takes_back(tmp_path: Path) -> None:
    with filled(tmp_path / "home") as store:
        one, form = logged_in(store, tmp_path, "li")
        total = store.flags(FlagFilter(severities=("error",))).total
        given = {"csrf": form, "query": "severity=error", "status": "confirmed", "comment": "批"}
        wrong = one.post("/verdicts/all", data=given | {"seen": str(total + 1)})
        assert wrong.status_code == 409
        assert f"现在是{total}条" in wrong.text
        done = one.post("/verdicts/all", data=given | {"seen": str(total)}, follow_redirects=True)
        assert f"已将{total}条定为“属实”" in done.text
        event = re.search(r'name="event" value="(\d+)"', done.text)
        assert event
        back = one.post(
            "/verdicts/undo", data={"csrf": form, "event": event[1], "query": "severity=error"}, follow_redirects=True
        )  # fmt: skip
        assert back.status_code == 200
        assert store.flags(FlagFilter(statuses=("open",))).total == store.flags().total
