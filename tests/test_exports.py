"""What people and programs take away: the summary, the letters, the facts."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from extractors.readers.legacy import office
from review import letters
from review.factfiles import COLUMNS, harmless, write_facts
from review.letters import NotATemplate, letter, letter_values, opinion_letters, template_of
from review.overall import overall_pdf, overall_report
from review.workbook import Book, TooMuch, every_flag, flags_workbook, summary_workbook
from storage import searching
from storage.records import FlagFilter
from storage.store import Store
from tests.console import filled


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with filled(tmp_path_factory.mktemp("exports")) as found:
        yield found


def test_the_summary_has_a_row_a_department(store: Store) -> None:
    book = openpyxl.load_workbook(io.BytesIO(summary_workbook(store)))
    sheet = book["汇总表"]
    assert sheet.freeze_panes == "C4"
    rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
    reports = store.reports().rows
    assert set(rows) == {row.department for row in reports}
    one = next(row for row in reports if row.figures["budget.total"] is not None)
    assert sheet.cell(rows[one.department], 4).value == pytest.approx(
        float(one.figures["budget.total"] or 0) / 10000
    )
    assert sheet.cell(rows[one.department], 4).number_format == "#,##0.00"
    assert book["规则"].max_row > 30


def test_the_list_is_exactly_what_is_filtered(store: Store) -> None:
    wanted = FlagFilter(severities=("error",))
    sheet = openpyxl.load_workbook(io.BytesIO(flags_workbook(store, wanted)))["问题"]
    assert [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)] == [
        f.id for f in store.flags(wanted).rows
    ]


def test_formulas_stay_texts() -> None:
    book = Book()
    book.sheet("x", "x", "x", [("a", "text", 5), ("b", "text", 5)], [["=1+1", "@SUM(A1)\x01"]])
    sheet = openpyxl.load_workbook(io.BytesIO(book.data()))["x"]
    assert (sheet["A4"].data_type, sheet["A4"].value, sheet["B4"].value) == ("s", "=1+1", "@SUM(A1)")


@pytest.mark.parametrize(
    ("value", "written"),
    [("=1", "'=1"), (" @x", "' @x"), ("-5.2", "-5.2"), ("局", "局"), (None, None), (3, 3)],
)
def test_harmless(value: object, written: object) -> None:
    assert harmless(value) == written


def test_letters_hold_confirmed_findings_only(store: Store) -> None:
    assert opinion_letters(store)[1] == 0
    flag = store.flags(FlagFilter(rules=("rate.execution",))).rows[0]
    store.review(flag.id, "confirmed", "li", "请更正 <b>&")
    data, count = opinion_letters(store, bureau="某局")
    assert count == 1
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = archive.namelist()
        text = "\n".join(p.text for p in Document(io.BytesIO(archive.read(name))).paragraphs)
    assert flag.department in name
    for said in (flag.department, flag.message, "请更正 <b>&", "某局", "日前"):
        assert said in text
    assert "{" not in text


def test_a_letter_to_a_department_that_sent_nothing(store: Store) -> None:
    flag = store.flags(FlagFilter(rules=("rate.execution",))).rows[0]
    never = replace(
        flag, rule="submission.missing", file="（未报送）", excerpt="", page=None, calculation=None
    )
    values = letter_values("乙局", 2023, [never], 10, "某局", date(2024, 5, 6))
    text = "\n".join(
        p.text for p in Document(io.BytesIO(letter(template_of(None).read_bytes(), values))).paragraphs
    )
    assert "截至2024年5月6日，未收到你单位2023年度绩效自评报告。" in text
    assert "请于2024年5月16日前将绩效自评报告报送我单位。" in text
    assert "（未报送）" not in text


def test_what_is_too_much_for_one_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(list(every_flag(store, FlagFilter()))) == store.flags().total
    with pytest.raises(TooMuch, match="最多1条"):
        list(every_flag(store, FlagFilter(), 1))
    monkeypatch.setattr(searching, "MOST_MATCHES", 1)
    with pytest.raises(TooMuch, match="列不全"):
        list(every_flag(store, FlagFilter(text="元")))
    monkeypatch.setattr(letters, "MOST", 1)
    with pytest.raises(letters.TooManyLetters):
        opinion_letters(store, unconfirmed=True)


def test_a_template_reaches_nothing_but_its_fields() -> None:
    document = Document()
    document.add_paragraph("{{ ''.__class__.__mro__ }}")
    sink = io.BytesIO()
    document.save(sink)
    with pytest.raises(NotATemplate):
        letter(sink.getvalue(), {})
    with pytest.raises(NotATemplate):
        letter(b"no docx", {})


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_facts_in_every_format(store: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"facts.{form}"
    count = write_facts(store, path, form)
    if form == "csv":
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
    elif form == "jsonl":
        rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    else:
        import pyarrow.parquet as pq

        rows = pq.read_table(path).to_pylist()
    assert len(rows) == count > 50
    assert tuple(rows[0]) == COLUMNS
    assert all(row["value"] for row in rows)


def test_the_overall_report_has_native_charts(store: Store) -> None:
    data = overall_report(store, bureau="某局")
    text = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert f"共发现问题{store.flags().total}条" in text
    assert "某局" in text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/chart")]
        book = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/chart1.xlsx")))
        assert b"externalData" in archive.read(charts[0])
    assert len(charts) == 4
    counts = [book["数据"].cell(row, 2).value for row in range(2, book["数据"].max_row + 1)]
    assert counts == sorted(store.facets()["rule"].values(), reverse=True)[:10]


@pytest.mark.skipif(office() is None, reason="needs LibreOffice")
def test_the_overall_report_as_pdf(store: Store) -> None:
    assert overall_pdf(overall_report(store)).startswith(b"%PDF")
