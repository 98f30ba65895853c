"""A database as large as a province's: made-up reports, findings and facts, written straight into the tables.

    python benchmarks/synthetic.py sqlite:////tmp/large.db 100000

A report has ten findings and twelve facts, two in a hundred files are quarantined. One real document (of
fixtures/) stands behind every hundredth report, so that its page can be opened; the others have none.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from pipelines.examination import examine
from schema.catalogue import BY_ID
from schema.codec import Parcel
from schema.examination import Examined
from schema.finding import plain
from schema.rules.table import RULES
from storage import rows, tables
from storage.store import Store

FINDINGS, FACTS = 10, 12
YEARS = range(2020, 2025)
BATCH = 20_000
START = datetime(2025, 1, 1, tzinfo=UTC)
PLACES = (
    "东",
    "南",
    "西",
    "北",
    "中",
    "上",
    "下",
    "大",
    "小",
    "新",
    "长",
    "平",
    "安",
    "永",
    "清",
    "临",
    "武",
    "文",
    "德",
    "和",
)
OFFICES = ("财政", "教育", "民政", "水利", "交通运输", "农业农村", "卫生健康", "司法", "审计", "统计", "林业", "科技",
           "文化旅游", "应急管理", "市场监管", "医疗保障", "信访", "档案", "气象", "供销")  # fmt: skip
PAPER = Path(__file__).parent.parent / "fixtures" / "reports" / "gd-justice-rate.docx"


def departments(count: int) -> list[str]:
    named = (f"{a}{b}{kind}{office}局" for kind in ("县", "市", "区", "州", "旗")
             for office in OFFICES for a in PLACES for b in PLACES)  # fmt: skip
    return list(islice(named, count))


def reports(names: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    """One row of `submissions` and `reports` joined, ids from 1."""
    number = 0
    for name_at, name in enumerate(names, 1):
        for year in YEARS:
            number += 1
            budget = Decimal(chance.randrange(500_000, 90_000_000, 100))
            spent = (budget * chance.randrange(820, 1000) / 1000).quantize(Decimal(100))
            yield {
                "id": number, "department_id": name_at, "department": name, "fiscal_year": year,
                "budget": budget, "spent": spent, "basic": (spent * 6 / 10).quantize(Decimal(100)),
                "rate": (spent * 100 / budget).quantize(Decimal("0.01")),
                "score": Decimal(chance.randrange(700, 1000)) / 10, "people": Decimal(chance.randrange(8, 90)),
            }  # fmt: skip


def submission(one: dict[str, Any]) -> dict[str, Any]:
    scope = f"{one['department']}|{one['fiscal_year']}"
    at = START + timedelta(minutes=one["id"])
    return {
        "id": one["id"], "run_id": 1 + one["id"] % 40, "sha256": f"{one['id']:064x}",
        "name": f"{one['department']}{one['fiscal_year']}年度自评报告.docx", "path": f"/inbox/{one['id']}.docx",
        "size": 40_000, "received_at": at, "examined_at": at, "status": "ok", "error_code": None,
        "error_message": None, "department_id": one["department_id"], "fiscal_year": one["fiscal_year"],
        "kind": "department_report", "project": "", "slot": f"{scope}|department_report|", "scope": scope,
        "version": 1, "profile": "mof", "reader": "docx", "media_type": "application/x", "pages": None,
        "reader_version": "1", "rulebook_version": "1", "asked_profile": "", "seconds": {}, "attempts": 1,
    }  # fmt: skip


def refused(number: int) -> dict[str, Any]:
    own = f"sha256:{number:064x}"
    return submission({"id": number, "department": "", "fiscal_year": None, "department_id": None}) | {
        "name": f"损坏的文件{number}.docx", "status": "quarantined", "error_code": "corrupt",
        "error_message": "文件已损坏，打不开", "kind": None, "slot": own, "scope": own, "version": 0,
        "profile": None, "reader": None,
    }  # fmt: skip


def findings(one: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    scope = f"{one['department']}|{one['fiscal_year']}"
    for position in range(FINDINGS):
        rule = RULES[min(int(chance.expovariate(0.12)), len(RULES) - 1)]
        said, right = plain(one["spent"] / 10000), plain(one["basic"] / 10000)
        sentence = f"{one['fiscal_year']}年{one['department']}整体支出{said}万元，其中基本支出{right}万元，项目支出{position}万元。"
        status = chance.choices(("open", "confirmed", "dismissed"), (80, 12, 8))[0]
        place = {"page": None, "block": 40, "start": 3, "end": 9, "text": said, "context": sentence, "section": "1.4",
                 "table": None}  # fmt: skip
        yield {
            "submission_id": one["id"], "position": position, "fingerprint": f"{one['id']:012x}{position:04x}",
            "rule": rule.id, "severity": rows.SEVERITIES.index(rule.severity), "subject": "spending.total",
            "message": f"{rule.zh}：支出总额写为{said}万元，各项相加应为{right}万元（第{position}处）", "stated": said,
            "expected": right, "clause": rule.clause, "page": None, "excerpt": sentence, "evidence": [place, place],
            "calculation": {"formula": f"{right}+{position}={said}", "result": [said, said], "operands": [
                {"label": "基本支出", "stated": right, "interval": [right, right], "evidence": place}]},
            "department_id": one["department_id"], "department": one["department"],
            "fiscal_year": one["fiscal_year"], "scope": scope, "current": True, "status": status, "state": 0,
            "reviewer": None, "reviewed_at": None, "comment": None,
        }  # fmt: skip


def facts(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    values = {
        "budget.total": one["budget"], "spending.total": one["spent"], "spending.basic": one["basic"],
        "spending.project": one["spent"] - one["basic"], "rate.total": one["rate"], "score.total": one["score"],
        "staff.authorized": one["people"], "staff.actual": one["people"] - 2, "income.total": one["budget"],
        "three_public.spending": one["basic"] / 100, "procurement.budget": one["basic"] / 10,
        "procurement.spending": one["basic"] / 20,
    }  # fmt: skip
    for position, (concept, value) in enumerate(values.items()):
        yield {
            "submission_id": one["id"], "position": position, "concept": concept, "kind": BY_ID[concept].kind,
            "subject": None, "period": one["fiscal_year"], "stage": None, "value": plain(value), "number": value,
            "step": None, "stated": plain(value), "context": f"本年{BY_ID[concept].zh}{plain(value)}", "confidence": 1.0,
            "page": None, "block": 40, "start": 3, "end": 9, "section": "1.4", "table_index": None, "table_row": None,
        }  # fmt: skip


def summary(one: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    def count(field: str, value: Any) -> int:
        return sum(row[field] == value for row in found)

    return dict.fromkeys(rows.FIGURES) | {
        "scope": f"{one['department']}|{one['fiscal_year']}", "department_id": one["department_id"],
        "department": one["department"], "fiscal_year": one["fiscal_year"], "submission_id": one["id"],
        "documents": 1, "profile": "mof", "income_total": one["budget"], "budget_total": one["budget"],
        "spending_total": one["spent"], "spending_basic": one["basic"],
        "spending_project": one["spent"] - one["basic"], "rate_total": one["rate"], "score_total": one["score"],
        "staff_authorized": one["people"], "staff_actual": one["people"] - 2, "rating": "良",
        "errors": count("severity", 0), "warnings": count("severity", 1), "notices": count("severity", 2),
        "open_flags": count("status", "open"), "confirmed_flags": count("status", "confirmed"),
        "dismissed_flags": count("status", "dismissed"), "updated_at": START,
    }  # fmt: skip


def fill(connection: Connection, count: int, examined: Examined, with_facts: bool = True) -> None:
    chance = random.Random(20250101)
    names = departments(-(-count // len(YEARS)))
    connection.execute(insert(tables.Department), [
        {"id": at, "name": name, "aliases": [], "kind": None, "created_at": START} for at, name in enumerate(names, 1)
    ])  # fmt: skip
    connection.execute(insert(tables.Run), [
        {"id": number, "kind": "ingest", "started_at": START, "finished_at": START, "status": "done", "paths": ["/inbox"],
         "profile": "", "host": "h", "process": 1, "flow_run": None, "counts": {"new": count // 40}, "message": None}
        for number in range(1, 41)
    ])  # fmt: skip
    listed = islice(reports(names, chance), count)
    while part := list(islice(listed, BATCH // FINDINGS)):
        found = {one["id"]: list(findings(one, chance)) for one in part}
        connection.execute(insert(tables.Submission), [submission(one) for one in part])
        connection.execute(insert(tables.FindingRow), [row for several in found.values() for row in several])
        if with_facts:
            connection.execute(insert(tables.FactRow), [row for one in part for row in facts(one)])
        connection.execute(insert(tables.ReportRow), [summary(one, found[one["id"]]) for one in part])
        whole = rows.paper_row(Parcel.of(examined), examined.report)
        kept = [whole | {"submission_id": one["id"]} for one in part if one["id"] % 100 == 0]
        if kept:
            connection.execute(insert(tables.Paper), kept)
    bad = [refused(count + number) for number in range(1, count // 50 + 1)]
    if bad:
        connection.execute(insert(tables.Submission), bad)


def make(url: str, count: int, with_facts: bool = True) -> None:
    """A new database of so many reports at a SQLAlchemy address; facts take more than half of its time."""
    examined = examine(PAPER)
    assert isinstance(examined, Examined)
    with Store.open(url, Path("/tmp"), upgrade=True) as store:
        store.writing(lambda connection: fill(connection, count, examined, with_facts))
        store.writing(lambda connection: connection.execute(text("ANALYZE")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("reports", type=int, nargs="?", default=100_000)
    asked = parser.parse_args()
    began = time.perf_counter()
    make(asked.url, asked.reports)
    print(f"{asked.reports} reports in {time.perf_counter() - began:.0f} s")
