"""The console: who may do what, what an address means, and that nothing a report says does harm."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from pipelines.examination import examine
from review.access import digest
from review.answering import safe_name
from review.flags import filter_of, pairs_of
from review.marks import Mark, cut
from schema.corrections import place_of
from schema.errors import NotReadable
from schema.examination import Received, Versions
from storage.accounts import Accounts
from storage.records import FlagFilter
from storage.store import Store
from tests.console import PASSWORD, USERS, TestClient, console, filled


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("console")


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with filled(home) as found:
        yield found


def client(store: Store, home: Path, **more: object) -> TestClient:
    return TestClient(console(store, home, **more), follow_redirects=False)  # type: ignore[arg-type]


def form_of(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found
    return found.group(1)


def logged_in(store: Store, home: Path, name: str, **more: object) -> tuple[TestClient, str]:
    one = client(store, home, **more)
    form = form_of(one.get("/login").text)
    answer = one.post("/login", data={"name": name, "password": PASSWORD, "csrf": form})
    assert answer.status_code == 303
    return one, form_of(one.get("/").text)


def routes(store: Store, home: Path) -> list[tuple[str, str]]:
    """Every method and address of the console, with numbers filled in."""
    found: list[tuple[str, str]] = []

    def walk(listed: list[object]) -> None:
        for route in listed:
            if isinstance(route, Mount):
                continue
            if isinstance(route, Route) or hasattr(route, "methods"):
                path = re.sub(r"\{(form)[^}]*\}", "docx" if "overall" in route.path else "csv", route.path)  # type: ignore[attr-defined]
                path = re.sub(r"\{(name)[^}]*\}", "x", path)
                path = re.sub(r"\{[^}]+\}", "1", path)
                found.extend((m, path) for m in route.methods or () if m != "HEAD")  # type: ignore[attr-defined]
            else:
                inner = getattr(route, "original_router", None) or getattr(route, "router", None)
                assert inner is not None, route
                walk(inner.routes)

    walk(console(store, home).routes)  # type: ignore[arg-type]
    return found


ADMIN_ONLY = {"/audit", "/template", "/users"}
REVIEWERS_ONLY = {"/verdicts", "/verdicts/all", "/verdicts/undo", "/uploads", "/export/opinions.zip", "/api/flags/1/verdict",
                  "/papers/1/corrections", "/papers/1/filing"}  # fmt: skip
OPEN = {"/login"}


def test_no_route_answers_without_login(store: Store, home: Path) -> None:
    walked = routes(store, home)
    assert len(walked) > 20
    for method, path in walked:
        if path in OPEN:
            continue
        answer = client(store, home).request(method, path)
        to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login")
        assert to_login or answer.status_code in (401, 403), (method, path, answer.status_code)


@pytest.mark.parametrize("name", ["wang", "li"])
def test_roles_hold_on_every_route(store: Store, home: Path, name: str) -> None:
    one, form = logged_in(store, home, name)
    barred = ADMIN_ONLY | (REVIEWERS_ONLY if USERS[name] == "viewer" else set())
    for method, path in routes(store, home):
        if path in OPEN or path == "/logout":
            continue
        answer = one.request(method, path, headers={"x-form-token": form})
        assert (answer.status_code == 403) == (path in barred), (method, path, answer.status_code)


@pytest.mark.parametrize(
    "path",
    [
        "/logout",
        "/verdicts",
        "/uploads",
        "/filters",
        "/template",
        "/papers/1/corrections",
        "/api/flags/1/verdict",
    ],
)
@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_write_without_the_form_token_is_refused(store: Store, home: Path, path: str, token: str) -> None:
    one, _ = logged_in(store, home, "li")
    answer = one.post(path, headers={"x-form-token": token})
    assert answer.status_code == 403


def test_login_begins_a_new_session(store: Store, home: Path) -> None:
    one = client(store, home)
    form = form_of(one.get("/login").text)
    before = one.cookies["jihe"]
    one.post("/login", data={"name": "li", "password": PASSWORD, "csrf": form})
    assert one.cookies["jihe"] != before
    assert form_of(one.get("/").text) != form


def test_logout_ends_copies_of_the_session(store: Store, home: Path) -> None:
    one, form = logged_in(store, home, "zhao")
    stolen = client(store, home)
    stolen.cookies.set("jihe", one.cookies["jihe"])
    assert stolen.get("/").status_code == 200
    assert one.post("/logout", data={"csrf": form}).status_code == 303
    assert stolen.get("/").status_code == 303


def test_login_is_limited(store: Store, home: Path) -> None:
    one = client(store, home, logins="3/minute")
    form = form_of(one.get("/login").text)
    codes = [
        one.post("/login", data={"name": "li", "password": "wrong", "csrf": form}).status_code
        for _ in range(4)
    ]
    assert codes == [401, 401, 401, 429]


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "x"])
def test_login_leads_nowhere_else(store: Store, home: Path, target: str) -> None:
    one = client(store, home)
    form = form_of(one.get("/login").text)
    answer = one.post("/login", data={"name": "li", "password": PASSWORD, "csrf": form, "next": target})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ([("year", "2023"), ("year", "x")], FlagFilter(years=(2023,))),
        ([("severity", "error"), ("severity", "drop table")], FlagFilter(severities=("error",))),
        ([("status", "open"), ("rule", "rate")], FlagFilter(statuses=("open",), rules=("rate",))),
        ([("q", " 执行率 "), ("department", "")], FlagFilter(text="执行率")),
    ],
)
def test_an_address_is_a_filter(query: list[tuple[str, str]], wanted: FlagFilter) -> None:
    assert filter_of(query) == wanted
    assert filter_of(pairs_of(wanted)) == wanted


def test_pieces_join_to_the_text_and_carry_their_marks() -> None:
    marks = [Mark("f0", 0, 2, 5), Mark("g1", 0, 4, 8), Mark("u", 0, 20, 30)]
    pieces = list(cut("0123456789", marks))
    assert "".join(piece.text for piece in pieces) == "0123456789"
    assert "".join(p.text for p in pieces if "f0" in p.marks) == "234"
    assert "".join(p.text for p in pieces if "g1" in p.marks) == "4567"


def test_two_reviewers_in_conflict(store: Store, home: Path) -> None:
    flag = store.flags(FlagFilter(statuses=("open",))).rows[0]
    pick = f"{flag.id}:{flag.state}"
    codes = []
    for name, status in (("li", "confirmed"), ("zhao", "dismissed")):
        one, form = logged_in(store, home, name)
        answer = one.post(
            "/verdicts",
            data={"pick": pick, "status": status, "csrf": form},
            headers={"accept": "application/json"},
        )
        codes.append(answer.status_code)
    assert codes == [200, 409]
    assert "li" in answer.json()["refused"][0]["message"]
    assert store.flag(flag.id).status == "confirmed"
    assert store.audit()[0].action in ("login", "review")


def test_every_page_answers(store: Store, home: Path) -> None:
    one, _ = logged_in(store, home, "zhou")
    paper = store.submissions(statuses=("ok",)).rows[0].id
    name = store.departments()[0]
    for path in ("/", "/flags?year=2023&sort=rule&page=99", "/departments", f"/departments/{name}", "/compare",
                 "/runs", "/rules", "/audit", "/exports", "/departments?score=90&state=pending", "/departments?state=missing", f"/papers/{paper}", "/api/openapi.json", "/flags?q=没有这样的字"):  # fmt: skip
        answer = one.get(path)
        assert answer.status_code == 200, path
        assert not re.search(r"""(src|href|action)="(https?:)?//""", answer.text), path
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/papers/999999", "/departments/没有", "/nothing", "/papers/abc", "/flags/0"]
)
def test_what_is_not_there(store: Store, home: Path, path: str) -> None:
    one, _ = logged_in(store, home, "wang")
    answer = one.get(path)
    assert answer.status_code in (404, 422)
    assert "不能继续" in answer.text


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
def test_static_files_stay_in_their_folder(store: Store, home: Path, path: str) -> None:
    assert client(store, home).get(path).status_code in (303, 404)


HOSTILE = "<script>alert(1)</script>县财政局"


def test_a_report_of_html_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        f'{HOSTILE}2023年度部门整体支出绩效自评报告\n一、基本情况\n<img src=x onerror=alert(1)>=HYPERLINK("x")\n'
        "2023年预算总额100.00万元，其中基本支出预算60.00万元，项目支出预算30.00万元。\n自评得分95分。\n",
        "utf8",
    )
    with filled(tmp_path / "home", [path]) as store:
        run = store.begin_run(["x"])
        store.save(
            run,
            Received(f"{HOSTILE}.docx", "/x", "0" * 64, 1),
            NotReadable("corrupt", HOSTILE),
            Versions("r", "b"),
        )
        one, _ = logged_in(store, tmp_path, "zhou")
        listed = store.submissions(statuses=("ok",)).rows
        for page in (
            "/runs",
            "/flags",
            "/departments",
            "/compare",
            "/",
            *(f"/papers/{row.id}" for row in listed),
        ):
            text = one.get(page).text
            assert "<script>alert" not in text, page
            assert "<img src=x" not in text, page
        assert listed
        assert "&lt;script&gt;" in one.get("/runs").text


def test_uploads(store: Store, home: Path) -> None:
    received: list[Path] = []
    one, form = logged_in(store, home, "li", received=received)
    headers = {"x-form-token": form, "accept": "application/json"}
    good = one.post("/uploads", files={"files": ("../../报告.docx", b"PK")}, headers=headers)
    assert good.status_code == 200
    assert [path.name for path in received] == ["报告.docx"]
    assert received[0].parent.parent == home / "uploads"
    bad = one.post("/uploads", files={"files": ("run.exe", b"MZ")}, headers=headers)
    assert bad.status_code == 415
    large = one.post("/uploads", headers={**headers, "content-length": str(100 * 1024**2)}, content=b"")
    assert large.status_code == 413


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a/b.docx", "b.docx"),
        ("..", "文件"),
        ("c:\\d\\报告.PDF", "报告.PDF"),
        ("x\x00y.doc", "xy.doc"),
        ("", "文件"),
    ],
)
def test_names_of_uploads(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_tokens_open_the_api_alone(store: Store, home: Path) -> None:
    Accounts(store).issue("wang", digest("a token"), "test", "test")
    one = client(store, home)
    headers = {"authorization": "Bearer a token"}
    assert one.get("/api/flags", headers=headers).json()["total"] == store.flags().total
    assert one.get("/api/flags", headers={"authorization": "Bearer another"}).status_code == 401
    assert one.get("/flags", headers=headers).status_code == 303
    refused = one.post("/api/flags/1/verdict", json={"status": "open", "state": 0}, headers=headers)
    assert refused.status_code == 403


def test_page_pictures(store: Store, home: Path) -> None:
    one, _ = logged_in(store, home, "wang")
    pdf = next(row.id for row in store.submissions(statuses=("ok",)).rows if row.name.endswith(".pdf"))
    assert one.get(f"/papers/{pdf}/pages/1.png").content.startswith(b"\x89PNG")
    assert one.get(f"/papers/{pdf}/pages/999.png").status_code == 404


def test_the_original_is_handed_out_as_it_came(store: Store, home: Path) -> None:
    one, _ = logged_in(store, home, "wang")
    paper = store.submissions(statuses=("ok",)).rows[0]
    answer = one.get(f"/papers/{paper.id}/original")
    assert hashlib.sha256(answer.content).hexdigest() == paper.sha256
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_correction_stands_and_the_rules_run_again(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "甲县财政局2023年度部门整体支出绩效自评报告\n一、基本情况\n"
        "2023年预算总额100.00万元，其中：基本支出预算60.00万元，项目支出预算30.00万元。\n自评得分95分。\n",
        "utf8",
    )
    with filled(tmp_path / "home", [path]) as store:
        submission = store.submissions(statuses=("ok",)).rows[0].id
        assert "sum.budget" in {flag.rule for flag in store.flags().rows}
        paper = store.paper(submission)
        at, fact = next((i, f) for i, f in enumerate(paper.read.facts) if f.concept == "budget.project")
        one, form = logged_in(store, tmp_path, "li")
        sent = {"place": place_of(fact), "seen": 0, "action": "correct", "concept": "budget.project", "value": "40.00",
                "period": "2023", "comment": "看错了", "csrf": form}  # fmt: skip
        assert (
            one.post(f"/papers/{submission}/corrections", data={**sent, "value": "四十"}).status_code == 422
        )
        assert one.post(f"/papers/{submission}/corrections", data=sent).status_code == 303
        assert "sum.budget" not in {flag.rule for flag in store.flags().rows}
        now = store.paper(submission)
        assert (now.report.facts[at].value, now.report.facts[at].corrected_by) == ("400000", "li")
        assert now.read.facts[at] == fact
        assert store.reports().rows[0].figures["budget.project"] == 400000
        assert "原读数 30万元" in one.get(f"/papers/{submission}").text
        other, token = logged_in(store, tmp_path, "zhao")
        late = other.post(f"/papers/{submission}/corrections", data={**sent, "csrf": token})
        assert late.status_code == 409
        assert "li刚改过" in late.text
        # another reader reads the same characters: the correction stands
        received = Received(path.name, str(path), now.submission.sha256, 1)
        store.save(store.begin_run([]), received, examine(path), Versions("r2", "b1"))
        assert store.paper(submission).report.facts[at].value == "400000"
        seen = store.paper(submission).corrections[-1].id
        restore = {**sent, "action": "restore", "seen": seen}
        assert one.post(f"/papers/{submission}/corrections", data=restore).status_code == 303
        assert "sum.budget" in {flag.rule for flag in store.flags().rows}
        assert store.audit()[0].action == "correct"
        seen = store.paper(submission).corrections[-1].id
        dropped = {**sent, "action": "drop", "seen": seen}
        assert one.post(f"/papers/{submission}/corrections", data=dropped).status_code == 303
        assert len(store.paper(submission).report.facts) == len(paper.report.facts) - 1
        assert "审核人剔除的" in one.get(f"/papers/{submission}").text


def test_a_report_is_filed_by_a_reviewer(tmp_path: Path) -> None:
    with filled(tmp_path / "home") as store:
        one, form = logged_in(store, tmp_path, "li")
        first, second = [
            row for row in store.submissions(statuses=("ok",)).rows if row.kind == "department_report"
        ][:2]
        address = f"/papers/{first.id}/filing"
        given = {"csrf": form, "seen": "0", "action": "file", "comment": "封面不清"}
        wrong = one.post(address, data=given | {"department": "甲县档案局", "year": "20"})
        assert wrong.status_code == 422
        asked = one.post(address, data=given | {"department": "甲县档案局", "year": "2021"})
        assert asked.status_code == 409
        assert "还没有名为“甲县档案局”的部门" in asked.text
        taken = given | {"department": str(second.department), "year": str(second.fiscal_year)}
        asked = one.post(address, data=taken)
        assert asked.status_code == 409
        assert second.name in asked.text
        assert store.paper(first.id).submission.department == first.department
        done = one.post(address, data=taken | {"sure": "true"}, follow_redirects=True)
        assert f"原读为 {first.department} {first.fiscal_year}" in done.text
        now = store.paper(first.id).submission
        assert (now.department, now.fiscal_year) == (second.department, second.fiscal_year)
        again = one.post(address, data=taken | {"sure": "true"})
        assert again.status_code == 409
        assert "li刚把这份报告改归" in again.text


def test_kept_filters_are_the_user_s_own(store: Store, home: Path) -> None:
    one, form = logged_in(store, home, "wang")
    query = "severity=error&year=2023&evil=x"
    assert one.post("/filters", data={"name": "错误", "query": query, "csrf": form}).status_code == 303
    assert store.filters("wang") == (("错误", "year=2023&severity=error"),)
    assert "错误" in one.get("/flags").text
    assert store.filters("li") == ()
    one.post("/filters", data={"name": "错误", "forget": "true", "csrf": form})
    assert store.filters("wang") == ()


def test_metrics_for_prometheus_by_token(store: Store, home: Path) -> None:
    Accounts(store).issue("wang", digest("for prometheus"), "test", "test")
    answer = client(store, home).get("/metrics", headers={"authorization": "Bearer for prometheus"})
    assert answer.status_code == 200
    assert (
        f'jihe_submissions{{status="ok"}} {float(store.submissions(statuses=("ok",)).total)}' in answer.text
    )
    assert client(store, home).get("/metrics").status_code == 303


def test_a_template_of_the_bureau_s_own(store: Store, tmp_path: Path) -> None:
    one, form = logged_in(store, tmp_path, "zhou")
    bad = one.post("/template", files={"file": ("x.docx", b"no")}, data={"csrf": form})
    assert (bad.status_code, (tmp_path / "审核意见书模板.docx").exists()) == (422, False)
    good = one.get("/export/template.docx").content
    assert one.post("/template", files={"file": ("x.docx", good)}, data={"csrf": form}).status_code == 303
    assert (tmp_path / "审核意见书模板.docx").read_bytes() == good


def test_an_admin_keeps_the_users(store: Store, home: Path) -> None:
    one, form = logged_in(store, home, "zhou")
    accounts = Accounts(store)

    def send(**values: str) -> int:
        return one.post("/users", data={**values, "csrf": form}).status_code

    assert send(name="新人", action="add", role="viewer", password="short") == 422
    assert send(name="新人", action="add", role="viewer", password="long enough") == 303
    assert send(name="新人", action="add", role="viewer", password="long enough") == 422
    assert send(name="新人", action="role", role="reviewer") == 303
    assert send(name="新人", action="stop") == 303
    found = accounts.find("新人")
    assert found
    assert (found.role, found.active) == ("reviewer", False)
    assert send(name="zhou", action="role", role="viewer") == 403
    assert send(name="nobody", action="start") == 404


def test_any_figure_is_compared(store: Store, home: Path) -> None:
    one, _ = logged_in(store, home, "wang")
    text = one.get("/compare?concept=income.fiscal&concept=budget.total&sort=budget.total").text
    best = store.reports(sort="budget_total", descending=True).rows[0]
    assert f"{best.figures['budget.total'] / 10000:,.2f}" in text  # type: ignore[operator]
    assert "财政拨款收入" in text
