"""Files through the real browser: papers that are exported and opened again, bad files that are handed in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from fixtures.habits.docx import build
from pipelines.commands.serve import reader
from pipelines.settings import load_settings
from review.answering import Settings
from review.app import create_app
from storage.records import FlagFilter
from storage.store import Store
from tests import hostile
from tests.browsing import CHROMIUM, chromium, enter, serving
from tests.console import filled

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium in /usr/bin"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with filled(home) as found:
        yield found


@pytest.fixture(scope="module")
def site(store: Store, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A console whose uploads are really read, by `jihe ingest` in a process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.setenv("JIHE_HOME", str(home))
        patch.setenv("JIHE_WORKERS", "1")
        receive = reader(load_settings())
        with serving(create_app(store, Settings("x", home, home / "uploads", receive))) as address:
            yield address
        for process in receive._running:
            process.wait(60)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as found:
        yield found


def fetched(page, action: str) -> bytes:  # type: ignore[no-untyped-def]
    """What a click on the form of an export downloads."""
    with page.expect_download(timeout=60_000) as waiting:
        page.click(f"form[action='{action}'] button.main, button[formaction='{action}']")
    return Path(waiting.value.path()).read_bytes()


def test_papers_are_exported_and_opened_again(browser: object, site: str, store: Store) -> None:
    flag = store.flags(FlagFilter(rules=("rate.execution",))).rows[0]
    page = enter(browser, site, "li", f"/papers/{flag.submission}#g{flag.id}")
    page.wait_for_selector(f"#card-g{flag.id}.here")
    page.keyboard.press("n")
    page.keyboard.type("请按决算更正")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector(f"#card-g{flag.id} .status.confirmed")
    page.goto(f"{site}/exports")

    book = openpyxl.load_workbook(io.BytesIO(fetched(page, "/export/summary.xlsx")))
    rows = [row for row in book["汇总表"].iter_rows(values_only=True) if flag.department in row]
    assert len(rows) == 1
    assert "规则" in book.sheetnames

    page.fill("form[action='/export/opinions.zip'] [name=bureau]", "某县财政局")
    with zipfile.ZipFile(io.BytesIO(fetched(page, "/export/opinions.zip"))) as archive:
        (name,) = archive.namelist()
        letter = Document(io.BytesIO(archive.read(name)))
    said = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    for part in (flag.department, flag.message, "请按决算更正", "某县财政局"):
        assert part in said
    assert "{" not in said

    report = Document(io.BytesIO(fetched(page, "/export/overall.docx")))
    assert f"共发现问题{store.flags().total}条" in "\n".join(p.text for p in report.paragraphs)


REFUSED: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("程序.exe", lambda: b"MZ", "“程序.exe”不是能读的格式"),
    ("空.docx", lambda: b"", "“空.docx”是空文件"),
    ("太大.pdf", lambda: bytes(64 << 20), "一次最多"),
)


@pytest.mark.parametrize(("name", "make", "said"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_bad_file_is_refused_at_once(
    browser: object, site: str, store: Store, tmp_path: Path, name: str, make: Callable[[], bytes], said: str
) -> None:
    (tmp_path / name).write_bytes(make())
    runs = len(store.runs())
    page = enter(browser, site, "li", "/runs")
    page.set_input_files("input[type=file]", str(tmp_path / name))
    page.click(".drop button")
    page.wait_for_selector("#say.bad")
    assert said in page.inner_text("#say")
    assert len(store.runs()) == runs


def test_bad_files_are_read_and_refused_with_their_reasons(
    browser: object, site: str, tmp_path: Path
) -> None:
    reasons = {"加密.docx": "密码", "炸弹.docx": "过大", "断.docx": "不完整"}
    (tmp_path / "加密.docx").write_bytes(build.ole("EncryptionInfo", "EncryptedPackage"))
    (tmp_path / "炸弹.docx").write_bytes(hostile.bomb())
    (tmp_path / "断.docx").write_bytes(b"PK\x03\x04 and nothing more")
    page = enter(browser, site, "li", "/runs")
    page.set_input_files("input[type=file]", [str(tmp_path / name) for name in reasons])
    page.click(".drop button")
    page.wait_for_selector("#say:not(:empty)")
    assert "已接收3个文件" in page.inner_text("#say")
    for name, reason in reasons.items():
        row = page.locator("tr", has_text=f"“{name}”").first
        row.wait_for(timeout=180_000)  # the page loads itself anew until the run is over
        assert reason in row.inner_text()
