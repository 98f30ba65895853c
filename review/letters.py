"""审核意见书: one letter a department and year, by docxtpl from a template that the bureau can edit in
Word, all in one ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from review.words import SEVERITIES, rule_name
from review.workbook import clean, every_flag
from schema.rules.figures import DOUBT
from storage.records import Flag, FlagFilter, Status
from storage.store import Store

#: the template of the bureau's own, in the data folder; else the one that comes with jihe
OWN = "审核意见书模板.docx"
#: the rule of a report that never came: there is no file to speak of
MISSING = "submission.missing"
#: letters in one ZIP
MOST = 2_000
#: days that a department has to answer, where nobody says otherwise
DAYS = 10


class TooManyLetters(ValueError):
    """More than one ZIP should hold: the message is one Chinese sentence."""


class NotATemplate(ValueError):
    """A template that Word or the fields in it do not allow: the message is one Chinese sentence."""


def template_of(home: Path | None) -> Path:
    own = home / OWN if home else None
    return own if own and own.exists() else Path(str(files("review") / "templates" / "opinion.docx"))


def opinion_letters(
    store: Store, home: Path | None = None, departments: Sequence[str] = (), years: Sequence[int] = (),
    *, unconfirmed: bool = False, days: int = DAYS, bureau: str = "", today: date | None = None,
) -> tuple[bytes, int]:  # fmt: skip
    """A ZIP with a letter for each department and year that has findings, and how many there are.

    Only confirmed findings, unless `unconfirmed` adds those that nobody has judged. Raises NotATemplate and
    TooManyLetters.
    """
    statuses: tuple[Status, ...] = ("confirmed", "open") if unconfirmed else ("confirmed",)
    wanted = FlagFilter(departments=tuple(departments), years=tuple(years), statuses=statuses)
    states = ("confirmed", "pending") if unconfirmed else ("confirmed",)
    likely = max(store.reports(departments, years, state=state, limit=1).total for state in states)
    if likely > MOST:
        raise TooManyLetters(f"要出{likely:,}份意见书，一次最多{MOST:,}份，请选一个年度或部门，分几次导出")
    grouped: dict[tuple[str, int | None], list[Flag]] = defaultdict(list)
    for flag in every_flag(store, wanted):
        grouped[flag.department, flag.fiscal_year].append(flag)
    template = template_of(home).read_bytes()
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for (department, year), flags in sorted(
            grouped.items(), key=lambda item: (item[0][0], item[0][1] or 0)
        ):
            values = letter_values(department, year, flags, days, bureau, today or date.today())
            name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "", f"{department or '部门不明'}{year or ''}审核意见书")[
                :80
            ]
            archive.writestr(_free(archive, name), letter(template, values))
    return sink.getvalue(), len(grouped)


def _free(archive: zipfile.ZipFile, name: str) -> str:
    taken = set(archive.namelist())
    candidates: Iterator[str] = (f"{name}{f'（{n}）' if n else ''}.docx" for n in range(10_000))
    return next(one for one in candidates if one not in taken)


def letter_values(
    department: str, year: int | None, flags: Sequence[Flag], days: int, bureau: str, today: date
) -> dict[str, Any]:
    """What a template may name: department, year, bureau, date, deadline, count, files ("" where nothing came
    in) and opinions with
    number, title, severity, file, place, stated, expected, message, clause, comment."""
    ordered = sorted(flags, key=lambda flag: (flag.file, list(SEVERITIES).index(flag.severity), flag.id))
    return {
        "department": clean(department or "（部门不明）"), "year": year or "", "bureau": clean(bureau),
        "date": chinese_date(today), "deadline": chinese_date(today + timedelta(days=days)), "count": len(flags),
        "files": "、".join(dict.fromkeys(f"《{clean(flag.file)}》" for flag in ordered if flag.rule != MISSING)),
        "opinions": [_opinion(number, flag) for number, flag in enumerate(ordered, 1)],
    }  # fmt: skip


def _opinion(number: int, flag: Flag) -> dict[str, Any]:
    place = f"第{flag.page}页" if flag.page else ""
    excerpt = clean(flag.excerpt).replace("\n", " ").strip()
    return {
        "number": number, "title": rule_name(flag.rule), "severity": SEVERITIES[flag.severity],
        "file": clean(flag.file), "place": place, "excerpt": excerpt[:160], "message": clean(flag.message.replace(DOUBT, "")),
        "stated": clean(flag.stated or ""), "expected": clean(flag.expected or ""),
        "clause": clean(flag.clause or ""), "comment": clean(flag.comment or ""),
        "correction": clean(_correction(flag)),
    }  # fmt: skip


def _correction(flag: Flag) -> str:
    if flag.rule == MISSING:
        return "请报送；如不需要报送，请书面说明理由。"
    if flag.calculation is not None:
        return "请按上述计算核实并更正；如另有口径，请书面说明。"
    return "请核实并补充或更正；如确无需更正，请书面说明理由。"


def letter(template: bytes, values: dict[str, Any]) -> bytes:
    """One letter. Raises NotATemplate."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    sink = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        # a bureau's template is data: it may fill fields in, and reach nothing else
        document.render(values, SandboxedEnvironment(autoescape=True), autoescape=True)
        document.save(sink)
    except (TemplateError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotATemplate(f"审核意见书模板有误：{error}") from error
    return sink.getvalue()


def chinese_date(day: date) -> str:
    """>>> chinese_date(date(2026, 1, 5))
    '2026年1月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
