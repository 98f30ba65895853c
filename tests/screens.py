"""Pictures of every page of the console at two sizes: `python -m tests.screens docs/console`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from review import flags
from review.access import hashed
from schema.errors import NotReadable
from schema.examination import Received, Versions
from storage.accounts import Accounts
from storage.records import FlagFilter
from storage.store import Store
from tests.browsing import CHROMIUM, FLAGS, serving
from tests.console import PASSWORD, REPORTS, console, filled, put

SIZES = ((1366, 768), (1920, 1080))
CHINESE = ["--lang=zh-CN"]  # what the browser itself writes on its buttons


def filled_well(home: Path) -> Store:
    """A store of all the labelled reports, some judged, one refused."""
    files = sorted(path for path in REPORTS.iterdir() if path.suffix in (".docx", ".pdf"))[:45]
    store = filled(home, files[:1])
    run = store.begin_run(["/inbox"])
    for path in files[1:]:
        try:
            put(store, path, run)
        except (ValueError, AttributeError):
            continue
    bad = NotReadable("encrypted", "文件有密码，打不开；请去掉密码后重新报送")
    store.save(
        run, Received("加密的报告.docx", "/inbox/加密的报告.docx", "e" * 64, 48_000), bad, Versions("r", "b")
    )
    store.end_run(run, {"new": len(files), "quarantined": 1})
    for at, flag in enumerate(store.flags(FlagFilter(), limit=12).rows):
        if at % 3:
            store.review(flag.id, ("dismissed", "confirmed")[at % 3 - 1], "li", "已与单位核对")
    store.keep_filter("zhou", "待核的错误", "severity=error&status=open")
    return store


def addresses(store: Store) -> dict[str, str]:
    rows = store.submissions(statuses=("ok",), limit=100).rows
    listed = store.flags(limit=1000).rows
    flag = next(
        one for one in listed if one.file.endswith(".docx") and one.calculation and one.severity == "error"
    )
    pdf = next(row for row in rows if row.name.endswith(".pdf"))
    return {
        "overview": "/", "flags": "/flags", "flags-empty": "/flags?q=没有这样的字", "flag": f"/flags/{flag.id}",
        "report": f"/papers/{flag.submission}#g{flag.id}", "correction": f"/papers/{flag.submission}#facts",
        "pdf": f"/papers/{pdf.id}", "departments": "/departments", "missing": "/departments?state=missing",
        "department": f"/departments/{flag.department}", "compare": "/compare", "runs": "/runs",
        "exports": "/exports", "rules": "/rules", "audit": "/audit", "error": "/papers/999999", "filing": f"/papers/{flag.submission}", "keys": "/flags",
        "everything": "/flags", "unexplained": f"/papers/{pdf.id}", "compare-more": "/compare", "waiting": "/runs?after=99",
        "facts-file": f"/papers/{flag.submission}#file",
    }  # fmt: skip


#: what is clicked before the picture is taken
CLICKED = {
    "correction": "#tab-facts .mend[data-place] >> nth=0",
    "filing": "[data-filing]",
    "everything": "[data-everything]",
    "keys": "[data-help]",
    "unexplained": "#unexplained",
    "compare-more": "details.choice summary",
}


def shoot(page: Page, site: str, folder: Path, width: int, listed: dict[str, str]) -> None:
    page.goto(f"{site}/login")
    page.fill("[name=name]", "zhou")
    page.fill("[name=password]", "wrong")
    save(page, folder / f"login-{width}.png")
    page.click("button.main")
    save(page, folder / f"login-refused-{width}.png")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("header.top")
    for name, address in listed.items():
        page.goto("about:blank")
        page.goto(f"{site}{address}")
        if name in CLICKED:
            page.click(CLICKED[name])
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            print(f"{name} at {width}: {wide} pixels too wide")
        save(page, folder / f"{name}-{width}.png")
    refused(page, site, folder, width)


def refused(page: Page, site: str, folder: Path, width: int) -> None:
    """States that come of what someone does: a bad upload, a question before a report is moved, a conflict."""
    page.goto(f"{site}/runs")
    page.set_input_files("input[type=file]", {"name": "程序.exe", "mimeType": "x/x", "buffer": b"MZ"})
    page.click(".drop button")
    page.wait_for_selector("#say.bad")
    save(page, folder / f"upload-refused-{width}.png")
    page.goto(f"{site}/papers/1")
    page.click("[data-filing]")
    page.fill("#filing [name=department]", "某县新设的局")
    page.click("#filing button[value=file]")
    page.wait_for_selector("form.confirm")
    save(page, folder / f"filing-asked-{width}.png")


def save(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)


def main(folder: Path) -> None:
    flags.PAGE = 12  # so that there is a second page
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="jihe-screens-"))
    store, empty = filled_well(home), Store.open(f"sqlite:///{home}/empty.db", home / "none", upgrade=True)
    Accounts(empty).add("zhou", "admin", hashed(PASSWORD), "test")
    found = addresses(store)
    event = store.review_all(
        FlagFilter(severities=("notice",)), "dismissed", "zhou", "口径不同", notices(store)
    )
    found |= {"bulk": f"/flags?severity=notice&bulk={event}"}
    with (
        serving(console(store, home)) as site,
        serving(console(empty, home / "none")) as bare,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *CHINESE])
        for width, height in SIZES:
            size = {"width": width, "height": height}
            page = browser.new_context(viewport=size, locale="zh-CN").new_page()
            shoot(page, site, folder, width, found)
            page = browser.new_context(viewport=size, locale="zh-CN").new_page()
            page.goto(f"{bare}/login")
            page.fill("[name=name]", "zhou")
            page.fill("[name=password]", PASSWORD)
            page.click("button.main")
            for name in ("", "flags", "departments", "runs", "compare"):
                page.goto(f"{bare}/{name}")
                save(page, folder / f"empty-{name or 'overview'}-{width}.png")
        browser.close()


def notices(store: Store) -> int:
    return store.flags(FlagFilter(severities=("notice",), statuses=("open",))).total


if __name__ == "__main__":
    main(Path(sys.argv[1]))
