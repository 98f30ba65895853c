"""The console in a real browser: what a reviewer does on a morning."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import uvicorn

from storage.records import FlagFilter
from storage.store import Store
from tests.console import PASSWORD, console, filled

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium in /usr/bin"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = uvicorn.Config(
        console(store, tmp_path_factory.mktemp("site")), port=0, log_level="error", ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield found
        found.close()


def enter(browser: object, site: str, name: str):  # type: ignore[no-untyped-def]
    """A page of a new, logged-in session that fails the test on any request elsewhere."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()  # type: ignore[attr-defined]
    page.set_default_timeout(10_000)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{site}/flags")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("tr.item")
    return page


def test_a_reviewers_morning(browser: object, site: str, store: Store) -> None:
    flag = store.flags(FlagFilter(rules=("rate.execution",))).rows[0]
    page = enter(browser, site, "li")
    page.click("aside.facets >> text=执行率与金额不符")
    page.wait_for_url("**rule=rate.execution**")
    with page.expect_download() as waiting:
        page.click("text=导出 Excel")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))["问题"]
    assert sheet.max_row - 3 == store.flags(FlagFilter(rules=("rate.execution",))).total
    page.keyboard.press("o")
    page.wait_for_selector(f"#card-g{flag.id}.here")
    lit = page.eval_on_selector_all(
        "article.paper .m.on", "marks => marks.map(m => [m.closest('[id]').id, m.textContent])"
    )
    said = {f"b{one['block']}": one["text"] for one in flag.evidence}
    assert said
    for block, text in said.items():
        assert text in "".join(found for at, found in lit if at == block)
    page.keyboard.press("p")
    assert page.locator(".jump.on").count() == 1
    page.keyboard.press("n")
    page.keyboard.type("请更正")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector(f"#card-g{flag.id} .status.confirmed")
    assert store.flag(flag.id).comment == "请更正"
    page.goto(f"{site}/flags/{flag.id}")
    assert "请更正" in page.inner_text("main")
    assert all(url.startswith(site) for url in page.asked)


def test_auto_advance_and_conflict(browser: object, site: str, store: Store) -> None:
    first, second = enter(browser, site, "li"), enter(browser, site, "zhao")
    for page in (first, second):
        page.goto(f"{site}/flags?status=open")
    shown = store.flags(FlagFilter(statuses=("open",))).rows
    first.keyboard.press("d")
    first.wait_for_selector(f"tr[data-id='{shown[0].id}'] .status.dismissed")
    first.wait_for_selector(f"tr.here[data-id='{shown[1].id}']")
    second.keyboard.press("c")
    second.wait_for_selector("#say.bad")
    assert "li" in second.inner_text("#say")
    assert store.flag(shown[0].id).status == "dismissed"


def test_pages_of_a_pdf_and_unexplained_numbers(browser: object, site: str, store: Store) -> None:
    pdf = next(row.id for row in store.submissions(statuses=("ok",)).rows if row.name.endswith(".pdf"))
    page = enter(browser, site, "wang")
    page.goto(f"{site}/papers/{pdf}")
    assert page.locator(".sheet image").count() >= 1
    page.click("[data-tab=facts]")
    page.click("#tab-facts .jump >> nth=0")
    assert page.locator("rect.m.on").count() >= 1
    page.click("[data-show=text]")
    assert page.locator("article.paper span.m.on").first.is_visible()
    page.check("#unexplained")
    assert page.evaluate("document.body.classList.contains('unexplained')")
    page.keyboard.press("?")


def test_a_bad_file_is_refused_in_words(browser: object, site: str, tmp_path: Path) -> None:
    bad = tmp_path / "x.exe"
    bad.write_bytes(b"MZ")
    page = enter(browser, site, "li")
    page.goto(f"{site}/runs")
    page.set_input_files("input[type=file]", str(bad))
    page.click("text=上传 >> nth=-1")
    page.wait_for_selector("#say.bad")
    assert "x.exe" in page.inner_text("#say")


def test_a_wrong_reading_is_corrected(browser: object, site: str, store: Store) -> None:
    flag = store.flags(FlagFilter(rules=("sum.budget",))).rows[0]
    page = enter(browser, site, "li")
    page.goto(f"{site}/papers/{flag.submission}#facts")
    page.locator(".mend[data-concept='budget.project']").first.click()
    page.fill("#mending [name=value]", "1.00")
    page.fill("#mending [name=comment]", "看错一位")
    page.click("#mending button[value=correct]")
    page.wait_for_selector("#tab-facts .by")
    assert "li于" in page.inner_text("#tab-facts")
    assert "原读数" in page.inner_text("#tab-facts")
    facts = store.paper(flag.submission).report.facts
    assert [f.value for f in facts if f.corrected_by == "li"] == ["10000"]
    page.locator(".mend[data-by^='li于']").first.click()
    page.click("#mending button[value=restore]")
    page.wait_for_function("!document.querySelector('#tab-facts .by')")
    assert store.paper(flag.submission).report == store.paper(flag.submission).read


def test_a_list_is_kept_under_a_name(browser: object, site: str) -> None:
    page = enter(browser, site, "zhao")
    page.goto(f"{site}/flags?severity=error")
    page.fill(".keep [name=name]", "我的错误")
    page.click(".keep button")
    page.wait_for_selector(".kept a[aria-current]")
    page.goto(f"{site}/flags")
    page.click("text=我的错误")
    page.wait_for_url("**severity=error**")
