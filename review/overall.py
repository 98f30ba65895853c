"""总体情况: what a night's flags and figures come to over all departments, as a Word paper with charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run

from extractors.readers.legacy import convert
from review.letters import chinese_date
from review.wordcharts import add_chart
from review.words import SEVERITIES, amount, concept_name, rule_name
from review.workbook import clean
from schema.errors import NotReadable
from storage.overview import BANDS, Totals, absent, has_roster, totals
from storage.records import FlagFilter
from storage.store import Store

#: rules and departments that a list names
NAMED = 10


def overall_report(
    store: Store, year: int | None = None, bureau: str = "", today: date | None = None
) -> bytes:
    """A docx over one year, or all years where it is None."""
    years = (year,) if year else ()
    found, facets = totals(store, years), store.facets(FlagFilter(years=years))
    paper = _paper(
        f"{year}年度部门整体支出绩效自评审核总体情况" if year else "部门整体支出绩效自评审核总体情况"
    )
    charts = 0

    def chart(
        title: str, labels: Sequence[str], *series: tuple[str, Sequence[float]], kind: str = "column"
    ) -> None:
        nonlocal charts
        if labels:
            charts += 1
            add_chart(paper, charts, title, labels, series, kind)

    reports = sum(one.reports for one in found.years)
    missing = absent(store, year)
    _heading(paper, "一、报送情况")
    due = f"应报未报{len(missing)}个。" if has_roster(store) else "没有应报部门的名册，未统计应报未报。"
    _say(
        paper,
        f"共审核{reports}个部门年度的自评材料，{found.submissions.get('quarantined', 0)}份文件未能读取，{due}",
    )
    if missing:
        _say(
            paper,
            f"应报未报：{'、'.join(missing[:50])}{f'等{len(missing)}个' if len(missing) > 50 else ''}。",
        )
    _heading(paper, "二、发现的问题")
    _say(paper, _flags_said(facets["severity"], facets["status"], found))
    ranked = sorted(facets["rule"].items(), key=lambda item: -item[1])[:NAMED]
    _table(paper, ("规则", "问题数"), [(rule_name(rule), str(count)) for rule, count in ranked])
    chart("问题最多的规则", [rule_name(r) for r, _ in ranked], ("问题数", [n for _, n in ranked]), kind="bar")
    _heading(paper, "三、得分与执行率")
    for counts, title, unit in ((found.scores, "自评得分分布", "分"), (found.rates, "整体执行率分布", "%")):
        if counts:
            named = [
                f"{low}～{high}{unit}" if high else f"{low}{unit}及以上"
                for low, high in zip(BANDS, (*BANDS[1:], None), strict=True)
            ]
            chart(title, named, ("部门年度", [counts.get(low, 0) for low in BANDS]))
    _heading(paper, "四、预算与支出")
    _table(
        paper,
        ("年度", "部门数", "预算（万元）", "支出（万元）", "问题数"),
        [
            (str(one.year), str(one.reports), amount(one.budget), amount(one.spending), str(one.flags))
            for one in found.years
        ],
    )
    chart("历年预算与支出（万元）", [f"{one.year}年" for one in found.years],
          ("预算", [float(one.budget or 0) / 10000 for one in found.years]),
          ("支出", [float(one.spending or 0) / 10000 for one in found.years]))  # fmt: skip
    _heading(paper, "五、错误最多的部门")
    worst = store.reports((), years, sort="errors", descending=True, limit=NAMED).rows
    _table(
        paper,
        ("部门", "年度", "错误", "疑点", concept_name("score.total")),
        [(clean(r.department or "（部门不明）"), str(r.fiscal_year or ""), str(r.errors), str(r.warnings),
          amount(r.figures.get("score.total"), "")) for r in worst if r.errors],
    )  # fmt: skip
    for line in (clean(bureau), chinese_date(today or date.today())):
        paper.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    sink = io.BytesIO()
    paper.save(sink)
    return sink.getvalue()


def overall_pdf(paper: bytes) -> bytes:
    """The paper as PDF by LibreOffice. Raises NotReadable where it is not installed or fails."""
    done = convert({"paper": (paper, ".docx")}, "pdf")
    if "paper" not in done:
        raise NotReadable("corrupt", "LibreOffice没有转换成功，请改为导出Word文件")
    return done["paper"]


def _flags_said(severities: dict[str, int], statuses: dict[str, int], found: Totals) -> str:
    parts = "、".join(f"{name}{severities.get(code, 0)}条" for code, name in SEVERITIES.items())
    return (
        f"共发现问题{sum(severities.values())}条，其中{parts}；已定为属实{statuses.get('confirmed', 0)}条，"
        f"排除{statuses.get('dismissed', 0)}条，待核{statuses.get('open', 0)}条。"
        f"{found.clean}个部门年度没有发现问题。"
    )


def _paper(title: str) -> WordDocument:
    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    head = paper.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(head.add_run(title), "黑体", 20)
    return paper


def _font(run: Run, name: str, size: int) -> None:
    run.font.name, run.font.size = name, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _heading(paper: WordDocument, text: str) -> None:
    head = paper.add_paragraph()
    head.paragraph_format.keep_with_next = True
    _font(head.add_run(text), "黑体", 15)


def _say(paper: WordDocument, text: str) -> None:
    paper.add_paragraph(clean(text)).paragraph_format.first_line_indent = Pt(28)


def _table(paper: WordDocument, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = paper.add_table(1, len(head), style="Table Grid")
    for row in (head, *rows):
        cells = table.rows[0].cells if row is head else table.add_row().cells
        for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.text = ""
            run = cell.paragraphs[0].add_run(text)
            _font(run, "宋体", 11)
            run.bold = row is head
            if at or row is head:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph()
