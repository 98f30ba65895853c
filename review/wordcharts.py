"""Charts in a Word document that Word itself draws and the bureau can edit: no picture, no fonts needed here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: English Metric Units: 15.5 by 7.5 cm
WIDTH, HEIGHT = 5_580_000, 2_700_000
INLINE = """<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="图{number}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"/>
</a:graphicData></a:graphic></wp:inline>"""

LABELS = b"".join(
    b'<c:%s val="%d"/>' % (name, name == b"showVal")
    for name in (
        b"showLegendKey",
        b"showVal",
        b"showCatName",
        b"showSerName",
        b"showPercent",
        b"showBubbleSize",
    )
)

Series = tuple[str, Sequence[float]]


def add_chart(
    document: Document, number: int, title: str, labels: Sequence[str], series: Sequence[Series], kind: str = "column"
) -> None:  # fmt: skip
    """A chart as a paragraph of its own, with the workbook that Word edits it by. `number` counts the
    document's charts from 1."""
    chart, book = _drawn(title, labels, series, kind)
    package = document.part.package
    # the workbook behind it, named where the format wants it
    linked = chart.replace(
        b"<c:printSettings>",
        b'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData><c:printSettings>',
    )
    # what a label must not show is said, or some programs show it
    linked = linked.replace(b'<c:showVal val="1"/>', LABELS)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART, linked, package)
    data = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), SHEET, book, package)
    part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = document.add_paragraph().add_run()
    inline: Any = parse_xml(INLINE.format(width=WIDTH, height=HEIGHT, number=number, relation=relation))
    run._r.add_drawing(inline)


def _drawn(title: str, labels: Sequence[str], series: Sequence[Series], kind: str) -> tuple[bytes, bytes]:
    """The chart's XML, its values inside, and the workbook."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(
        sink, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet, chart = book.add_worksheet("数据"), book.add_chart({"type": kind})
    last = len(labels)
    for row, label in enumerate(labels, 1):
        sheet.write_string(row, 0, label)
    for column, (name, values) in enumerate(series, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            sheet.write_number(row, column, value)
        chart.add_series({
            "name": ["数据", 0, column], "categories": ["数据", 1, 0, last, 0],
            "values": ["数据", 1, column, last, column],
            "data_labels": {"value": True} if len(series) == 1 else {},
        })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom"})
    light = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_y_axis(
        {"reverse": True} if kind == "bar" else {"major_gridlines": light, "num_format": "#,##0"}
    )
    if kind == "bar":
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    sheet.insert_chart(0, len(series) + 2, chart)
    book.close()
    with zipfile.ZipFile(sink) as archive:
        return archive.read("xl/charts/chart1.xml"), sink.getvalue()
