"""Pictures of every page of the console at two sizes: `python -m tests.screens docs/console`."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from schema.errors import NotReadable
from schema.examination import Received, Versions
from storage.records import FlagFilter
from storage.store import Store
from tests.console import PASSWORD, REPORTS, console, filled, put

SIZES = ((1366, 768), (1920, 1080))
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


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
    flags = store.flags(limit=1000).rows
    flag = next(
        one for one in flags if one.file.endswith(".docx") and one.calculation and one.severity == "error"
    )
    pdf = next(row for row in rows if row.name.endswith(".pdf"))
    return {
        "overview": "/", "flags": "/flags", "flags-empty": "/flags?q=没有这样的字", "flag": f"/flags/{flag.id}",
        "report": f"/papers/{flag.submission}#g{flag.id}", "correction": f"/papers/{flag.submission}#facts",
        "pdf": f"/papers/{pdf.id}", "departments": "/departments", "missing": "/departments?state=missing",
        "department": f"/departments/{flag.department}", "compare": "/compare", "runs": "/runs",
        "exports": "/exports", "rules": "/rules", "audit": "/audit", "error": "/papers/999999",
    }  # fmt: skip


def shoot(page: Page, site: str, folder: Path, width: int, listed: dict[str, str]) -> None:
    page.goto(f"{site}/login")
    save(page, folder / f"login-{width}.png")
    page.fill("[name=name]", "zhou")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("header.top")
    for name, address in listed.items():
        page.goto("about:blank")
        page.goto(f"{site}{address}")
        if name == "correction":
            page.locator("#tab-facts .mend").first.click()
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            print(f"{name} at {width}: {wide} pixels too wide")
        save(page, folder / f"{name}-{width}.png")


def save(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="jihe-screens-"))
    store = filled_well(home)
    server = uvicorn.Server(uvicorn.Config(console(store, home), port=8655, log_level="error", ws="none"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width, height in SIZES:
            page = browser.new_context(viewport={"width": width, "height": height}).new_page()
            shoot(page, "http://127.0.0.1:8655", folder, width, addresses(store))
        browser.close()
    server.should_exit = True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
