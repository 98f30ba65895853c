"""The bureau's lists: columns guessed, units understood, names matched and never silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.__main__ import jihe
from pipelines.roster import NotAList, ledger_of, matched, read_rows, roster_of, unused_columns

HEADINGS = {
    "万元": ("支出合计（万元）", "135.64", "1356400.00", "100.00"),
    "元": ("支出合计（元）", "1,356,400", "1356400", "1"),
    "whole": ("支出合计(万元)", "136", "1360000", "10000"),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_units_stand_in_the_heading(case: str) -> None:
    heading, cell, value, step = HEADINGS[case]
    (entry,) = ledger_of([["某县台账"], ["单位名称", heading], ["甲局", cell], ["合计", cell]], 2023, "a.csv")
    assert (f"{entry.value:f}", f"{entry.step:f}", entry.concept) == (value, step, "spending.total")


def test_the_unit_above_the_table_and_the_year_s_column() -> None:
    rows = [["单位：万元", ""], ["部门名称", "年度", "年初预算", "执行率"], ["甲局", "2022", "10.5", "97.2%"]]
    budget, rate = ledger_of(rows, None, "a.csv")
    assert (budget.value, budget.stage, budget.fiscal_year) == (105000, "initial", 2022)
    assert (str(rate.value), rate.stated) == ("97.2", "97.2%")


def test_columns_of_a_part_or_of_nothing_known_are_left_and_named() -> None:
    heading = ["序号", "部门名称", "支出决算（万元）", "政府性基金支出决算（万元）", "在职人数", "备注"]
    rows = [heading, ["1", "甲局", "10", "3", "12", ""]]
    assert [(entry.concept, str(entry.value)) for entry in ledger_of(rows, 2023, "a.csv")] == [
        ("spending.total", "100000")
    ]
    assert unused_columns(rows) == ["政府性基金支出决算（万元）", "在职人数"]


WRONG = {
    "no unit": ([["部门名称", "支出合计"], ["甲局", "5"]], "金额单位"),
    "no name": ([["甲", "支出合计（元）"], ["甲局", "5"]], "一列"),
    "no year": ([["部门名称", "支出合计（元）"], ["甲局", "5"]], "--year"),
    "no number": ([["部门名称", "年度", "支出合计（元）"], ["甲局", "2023", "约五"]], "不是数字"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_ledger_is_said(case: str) -> None:
    rows, words = WRONG[case]
    with pytest.raises(NotAList, match=words):
        ledger_of(rows, None, "a.csv")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("序号,部门名称,简称,部门类别\n1,甲县民政局,民政局、县民政,政府部门\n".encode(encoding))
    (one,) = roster_of(read_rows(file))
    assert (one.name, one.aliases, one.kind) == ("甲县民政局", ("民政局", "县民政"), "政府部门")


def test_names_alike_are_doubts_and_never_taken() -> None:
    known = {"甲县人力资源和社会保障局": "甲县人力资源和社会保障局", "县民政局": "甲县民政局"}
    sure, doubts, new = matched(["县民政局", "甲县人力资源与社会保障局", "乙县水利站"], known)
    assert sure == {"县民政局": "甲县民政局"}
    assert [(d.name, d.like) for d in doubts] == [("甲县人力资源与社会保障局", "甲县人力资源和社会保障局")]
    assert new == ["乙县水利站"]


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import Workbook

    monkeypatch.setenv("JIHE_HOME", str(tmp_path / "home"))
    book = Workbook()
    for row in (["部门名称", "别名"], ["甲县民政局", "县民政局"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_text("部门名称,支出合计（万元）\n县民政局,12.5\n", "utf8")
    call = CliRunner().invoke
    said = call(jihe, ["roster", "import", str(tmp_path / "a.xlsx"), "--yes"])
    assert "已导入1个部门" in said.output, said.output
    said = call(jihe, ["ledger", "import", str(tmp_path / "b.csv"), "--year", "2023", "--yes"])
    assert "已导入1个数字" in said.output, said.output
