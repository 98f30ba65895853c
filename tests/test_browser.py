"""The console in a real browser: what a reviewer does on a morning."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from review import flags
from storage.records import FlagFilter
from storage.store import Store
from tests.browsing import CHROMIUM, chromium, enter, serving
from tests.console import console, filled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium in /usr/bin"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(console(store, tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as found:
        yield found


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


def test_from_report_to_report_without_the_mouse(browser: object, site: str, store: Store) -> None:
    page = enter(browser, site, "zhao", "/flags?sort=department")
    rows = store.flags(FlagFilter(), sort="department", limit=50).rows
    second = next(flag for flag in rows if flag.submission != rows[0].submission)
    page.wait_for_selector("tr.item.here")
    page.keyboard.press("o")
    page.wait_for_url(f"**/papers/{rows[0].submission}#g{rows[0].id}")
    page.keyboard.press(".")
    page.wait_for_url(f"**/papers/{second.submission}#g{second.id}")
    page.keyboard.press("u")
    page.wait_for_url("**/flags?sort=department")
    page.wait_for_selector(f"tr.item.here[data-id='{rows[0].id}']")


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


def test_a_report_is_filed_elsewhere_and_back(browser: object, site: str, store: Store) -> None:
    paper = next(row for row in store.submissions(statuses=("ok",)).rows if row.name.startswith("hn-civil"))
    page = enter(browser, site, "li", f"/papers/{paper.id}")
    page.click("[data-filing]")
    page.fill("#filing [name=department]", "某县新设的局")
    page.fill("#filing [name=year]", "2021")
    page.click("#filing button[value=file]")
    page.wait_for_selector("text=还没有名为“某县新设的局”的部门")
    page.click("text=确认改归")
    page.wait_for_selector("#tab-file .by")
    assert "某县新设的局 2021" in page.inner_text("h1")
    assert f"原读为 {paper.department} {paper.fiscal_year}" in page.inner_text("#tab-file")
    page.click("[data-filing]")
    page.click("#filing button[value=unfile]")
    page.wait_for_function("!document.querySelector('#tab-file .by')")
    assert store.paper(paper.id).submission.department == paper.department


def test_a_list_is_kept_under_a_name(browser: object, site: str) -> None:
    page = enter(browser, site, "zhao")
    page.goto(f"{site}/flags?severity=error")
    page.fill(".keep [name=name]", "我的错误")
    page.click(".keep button")
    page.wait_for_selector(".kept a[aria-current]")
    page.goto(f"{site}/flags")
    page.click("text=我的错误")
    page.wait_for_url("**severity=error**")


def test_everything_that_the_filter_matches(
    browser: object, site: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flags, "PAGE", 1)
    wanted = FlagFilter(severities=("error",))
    open_ones = [store.review(flag.id, "open", "test") for flag in store.flags(wanted).rows]
    assert len(open_ones) >= 2
    page = enter(browser, site, "li", "/flags?severity=error")
    page.click("[data-everything]")
    page.fill("#everything [name=comment]", "同一口径")
    page.click(f"text=把待核的 {len(open_ones)} 条排除")
    page.wait_for_selector("main .note")
    assert f"已将{len(open_ones)}条定为“排除”" in page.inner_text("main .note")
    assert {store.flag(flag.id).comment for flag in open_ones} == {"同一口径"}
    page.click("text=撤销这一批")
    page.wait_for_function("!document.querySelector('main .note')")
    assert {store.flag(flag.id).status for flag in open_ones} == {"open"}
