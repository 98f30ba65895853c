"""Scans and pictures: recognised figures, tables by their rules, seals, tilt, turned pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extractors.intake import read_document
from extractors.readers import cells, imaging, lines, paragraphs, pictures, readings, scan, straight
from extractors.readers.glyphs import Stroke
from extractors.readers.mending import mended
from extractors.readers.ocr import Reading
from extractors.readers.pdf import read_pdf
from extractors.readers.render import page_image
from extractors.readers.scan import read_image
from schema.document import Document, Source
from schema.errors import NotReadable

HABITS = Path(__file__).parents[1] / "fixtures" / "habits"
SCANS = HABITS / "scan"
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@cache
def read(name: str) -> Document:
    data = (SCANS / name).read_bytes()
    source = Source(name, "0" * 64, "application/pdf" if name.endswith("pdf") else "image/jpeg", "scan")
    return read_pdf(data, source) if name.endswith("pdf") else read_image(data, source)


@cache
def printed(name: str) -> Document:
    data = (HABITS / "pdf" / f"{name}.pdf").read_bytes()
    return read_pdf(data, Source(name, "0" * 64, "application/pdf", "pdf"))


def figures(document: Document, pages: range) -> list[str]:
    return [f for b in document.body() if b.page in pages for f in FIGURE.findall("".join(b.text.split()))]


def test_each_cell_of_a_stamped_tilted_table_keeps_its_place() -> None:
    found, truth = read("table-stamped.jpg"), printed("long-table")
    (table,) = found.tables
    assert table.cols == 8
    assert (table.cells[3].row, table.cells[3].col, table.cells[3].colspan) == (0, 3, 2)
    wrong = []
    for row in range(2, table.rows - 1):
        for col in (3, 4, 5, 6):
            ours, theirs = found.cell_text(0, row, col), truth.cell_text(0, row, col)
            if "".join(ours.split()) != theirs:
                wrong.append((row, col, ours, theirs))
    assert len(wrong) <= 1, wrong


def test_every_recognised_character_has_a_box_and_a_confidence() -> None:
    document = read("table-stamped.jpg")
    width, height = document.page_sizes[0]
    for block in document.blocks:
        assert len(block.boxes) == len(block.confidences) == len(block.text)
        assert all(0 <= sure <= 1 for sure in block.confidences)
        assert all(
            -5 <= box[0] <= box[2] <= width + 5 and -5 <= box[1] <= box[3] <= height + 5
            for box in block.boxes
        )


def test_boxes_lie_on_the_picture_as_it_was_given() -> None:
    """The tilt is taken back: a word's box on the scan is dark inside."""
    document = read("table-stamped.jpg")
    image = page_image((SCANS / "table-stamped.jpg").read_bytes(), "image/jpeg", 1, 72).convert("L")
    title = next(block for block in document.blocks if block.text == "部门整体支出绩效自评表")
    inside = [image.crop(tuple(round(v) for v in box)).getextrema()[0] for box in title.boxes]
    assert max(inside) < 170
    first, last = title.boxes[0], title.boxes[-1]
    assert first[1] > last[1] + 3  # it rises to the right, as the sheet does


def test_paragraphs_of_a_scanned_pdf() -> None:
    ours, theirs = read("paragraphs.pdf"), printed("paragraphs")
    assert ours.source.pages == 2
    assert len(ours.page_sizes) == 2
    mine = ["".join(b.text.split()) for b in ours.paragraphs() if b.kind == "paragraph"]
    right = ["".join(b.text.split()) for b in theirs.paragraphs() if b.kind == "paragraph"]
    assert len(mine) == len(right)
    assert sum(a == b for a, b in zip(mine, right, strict=True)) >= 13
    wanted, got = Counter(figures(theirs, range(1, 3))), Counter(figures(ours, range(1, 3)))
    assert (wanted - got).total() <= 0.02 * wanted.total(), wanted - got
    assert sum(b.kind in ("header", "footer") for b in ours.blocks) == 4


@pytest.mark.parametrize(
    ("name", "expected", "size"),
    [
        ("table-lying.jpg", "项目支出绩效自评表", (595, 842)),
        ("upside-down.jpg", "二、存在的问题", (595, 842)),
        ("camera.jpg", "以上数据来自决算报表。", (595, 842)),
    ],
)
def test_turned_pictures_are_set_upright(name: str, expected: str, size: tuple[float, float]) -> None:
    document = read(name)
    assert expected in [block.text for block in document.blocks]
    assert document.page_sizes[0] == pytest.approx(size, abs=2)


def test_a_lying_table_keeps_its_eight_columns() -> None:
    document = read("table-lying.jpg")
    assert [(table.rows, table.cols) for table in document.tables] == [(9, 8)]
    assert [document.cell_text(0, 2, col) for col in (3, 5, 6)] == ["≥120处", "2.5", "2.5"]


def test_the_pages_of_a_fax() -> None:
    document = read("fax.tif")
    assert document.source.pages == 2
    assert [[document.cell_text(0, row, col) for col in (1, 2)] for row in (1, 2, 3)] == [
        ["702.18", "698.00"], ["584.27", "560.40"], ["1,286.45", "1,258.40"],
    ]  # fmt: skip
    assert {block.page for block in document.body()} == {1, 2}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param((SCANS / "noise.jpg").read_bytes(), "no_text", id="noise"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(60), "corrupt", id="broken"),
        pytest.param((SCANS / "fax.tif").read_bytes()[:3000], "corrupt", id="truncated"),
    ],
)
def test_pictures_that_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read_image(data, Source("x", "0" * 64, "image/png", "scan"))
    assert refused.value.code == code


def test_a_picture_too_large_is_refused_before_it_is_decoded() -> None:
    from PIL import Image

    held = io.BytesIO()
    Image.new("1", (14000, 12000)).save(held, "PNG")
    with pytest.raises(NotReadable) as refused:
        pictures.frames(held.getvalue())
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        pytest.param([(5, 2, 45, 12)], [(5, 2, 45, 12)], id="within a cell"),
        pytest.param([(5, 2, 95, 12)], [(5, 2, 50, 12), (50, 2, 95, 12)], id="over a side"),
        pytest.param([(40, 2, 52, 12)], [(40, 2, 50, 12)], id="a little over"),
        pytest.param([(5, 102, 95, 112)], [(5, 102, 95, 112)], id="outside"),
    ],
)
def test_lines_are_cut_at_the_sides_of_cells(boxes: list[cells.Box], expected: list[cells.Box]) -> None:
    assert cells.cut_at_rules(boxes, [(0, 0, 50, 20), (50, 0, 100, 20)]) == expected


def test_illegible_lines_are_counted_and_dropped() -> None:
    sure = Reading("合计12.5", (0.1, 0.3, 0.5, 0.6, 0.7, 0.8), (0.99,) * 6)
    unsure = Reading("||~", (0.2, 0.5, 0.8), (0.3, 0.2, 0.4))
    glyphs, noise = readings.to_glyphs([(0, 0, 100, 20), (0, 40, 60, 60)], [sure, unsure])
    assert "".join(glyph.char for glyph in glyphs) == "合计12.5"
    assert noise == 3


def test_a_seal_leaves_print_and_red_headings() -> None:
    import numpy as np

    from extractors.readers import imaging

    page = np.full((900, 900, 3), 250, np.uint8)
    page[100:106, 100:800] = (30, 30, 30)
    page[400:440, 100:860] = (220, 20, 20)  # a red heading: wider than a seal
    rows, cols = np.ogrid[:900, :900]
    ring = (abs(np.hypot(rows - 150, cols - 500) - 120) < 6)[..., None]
    stamped = np.where(ring, np.minimum(page, (225, 60, 60)), page).astype(np.uint8)
    grey, with_seal = imaging.grey_without_seals(stamped, 200)
    assert with_seal is not None
    assert int(grey[100:106, 120:780].max()) < 120  # the rule beneath the seal
    assert int(grey[200:280, 380:620].min()) > 160  # the seal is gone
    assert int(grey[420, 200]) < 120  # the heading is not


def test_the_doctests_hold() -> None:
    import doctest

    for module in (cells, readings, scan, straight):
        assert doctest.testmod(module).failed == 0


def test_a_rule_is_whole_beside_close_print() -> None:
    """Print three pixels off makes a thin rule look light: it is one rule all the same."""
    page = np.full((400, 1000), 250, np.uint8)
    page[200:202, 100:900] = 165
    page[204:226, 460:520] = 10  # print below it
    page[204:226, 700:740] = 10
    rules, mask = imaging.find_rules(page, 200)
    assert [(rule.x0, rule.x1) for rule in rules if rule.flat and abs(rule.top - 201) < 2] == [(100, 900)]
    assert mask[200:202, 470:510].all()
    page[200:202, 480:500] = 250  # a gap of paper is a gap
    rules, _ = imaging.find_rules(page, 200)
    assert len([rule for rule in rules if rule.flat and abs(rule.top - 201) < 2]) == 2


@pytest.mark.parametrize(("ink", "begin"), [(slice(40, 120), 40), (slice(70, 120), 120)])
def test_a_rule_reaches_the_side_of_its_cell_under_close_print(ink: slice, begin: int) -> None:
    picture = np.full((80, 400), 250, np.uint8)
    picture[38:42, ink] = 90
    mask = np.zeros_like(picture)
    sides = [Stroke(40, 0, 40, 80), Stroke(360, 0, 360, 80)]
    rule = imaging._reaching(picture, Stroke(120, 40, 360, 40), sides, mask, 200)
    assert (rule.x0, rule.x1) == (begin, 360)
    assert bool(mask.any()) is (begin == 40)


def test_blanks_between_the_labels_of_a_line_are_kept() -> None:
    text = "填报单位某局填报人王某"
    middles = [
        at + 0.5 + (1.2 if at > 5 else 0) for at in range(len(text))
    ]  # over a character's width between them
    width = len(text) + 1.2
    line = Reading(text, tuple(at / width for at in middles), (0.99,) * len(text))
    glyphs, _ = readings.to_glyphs([(0, 0, width * 20, 20)], [line])
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs)]
    assert [at for at, gap in enumerate(gaps) if gap > 15] == [5]


def test_a_lone_stroke_in_a_cell_is_a_dash() -> None:
    page = np.full((60, 200), 250, np.uint8)
    page[28:31, 40:60] = 100
    rows = [(0.0, 0.0, 100.0, 60.0), (100.0, 0.0, 200.0, 60.0)]
    (box,) = cells.overlooked(page, [], rows)
    assert box[0] <= 40
    assert box[2] >= 60
    readings = [Reading("一", (0.5,), (0.9,)), Reading("一", (0.5,), (0.9,))]
    assert [r.text for r in cells.as_dashes(readings[:1], [box], rows)] == ["—"]
    assert [r.text for r in cells.as_dashes(readings, [box, (5, 10, 30, 40)], rows)] == ["一", "一"]


@pytest.mark.parametrize("name", ["a15-gs-dept-table", "a41-unexplained"])
def test_a_tight_scanned_form_has_the_cells_of_its_word_file(name: str) -> None:
    fields = HABITS.parent / "field"
    scanned, word = (read_document(fields / f"{name}{end}").tables[0] for end in (".scan.pdf", ".docx"))
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in scanned.cells] == [
        (c.row, c.col, c.rowspan, c.colspan) for c in word.cells
    ]


def reading(text: str, confidence: float) -> Reading:
    places = tuple((at + 0.5) / len(text) for at in range(len(text)))
    return Reading(text, places, (confidence,) * len(text))


def test_a_figure_that_a_seal_hides_in_part_is_read_without_it_and_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The stamped picture gives 020.00 surely: the figure without the seal has more of the print."""
    clean = np.full((40, 200), 250, np.uint8)
    stamped = clean.copy()
    stamped[:, :20] = 60
    monkeypatch.setattr(scan, "read_lines", lambda pictures: [reading("支出020.00元", 1.0)] * len(pictures))
    (best,) = scan._second_look([reading("支出1,020.00元", 0.95)], [(0, 0, 200, 40)], clean, stamped)
    assert best.text == "支出1,020.00元"
    assert set(best.confidences[2:-1]) == {scan.UNSURE}  # the whole figure, not only its stamped part
    assert best.confidences[-1] == 0.95


def test_a_short_line_is_of_its_prints_size() -> None:
    """Detection makes short lines high: their characters' distance tells the size."""
    full = "全年预算按时下达并用于各项工作"
    lines = [(100.0, 100.0 + 40 * at, 700.0, 136.0 + 40 * at) for at in range(3)]
    glyphs, _ = readings.to_glyphs(
        [*lines, (100.0, 220.0, 180.0, 274.0)], [*[reading(full, 1.0)] * 3, reading("万元", 1.0)]
    )
    assert glyphs[-1].size == glyphs[0].size


@pytest.mark.parametrize("form", ["PNG", "BMP", "GIF", "WEBP", "TIFF", "JPEG"])
def test_every_form_of_picture_opens_upright_on_white(form: str) -> None:
    image = Image.new(
        "RGBA" if form in ("PNG", "WEBP") else "L", (300, 400), 0 if form in ("PNG", "WEBP") else 255
    )
    held = io.BytesIO()
    image.save(held, form)
    ((page, dpi),) = pictures.frames(held.getvalue())
    assert (page.mode, page.size, page.getpixel((150, 200))) == ("RGB", (300, 400), (255, 255, 255))
    assert dpi == pytest.approx(300 / 8.27, rel=0.01)


def test_a_title_of_two_lines_is_one_though_the_scan_is_a_little_off() -> None:
    def line(text: str, x0: float, x1: float, bottom: float) -> lines.Line:
        step = (x1 - x0) / len(text)
        boxes = tuple((x0 + at * step, bottom - 18, x0 + (at + 1) * step, bottom) for at in range(len(text)))
        return lines.Line(text, boxes, (0.9,) * len(text), x0, bottom - 18, x1, bottom, 18.0, False)

    measure = paragraphs.Measure(91.1, 512.8, 26.0, 302.0)
    first = line("信丰岭县机构编制委员会办公室2022年部门整体支", 100, 516, 118)
    assert paragraphs.goes_on(first, line("出绩效自评报告", 245, 369, 148), measure)
    assert not paragraphs.goes_on(first, line("出绩效自评报告", 265, 389, 148), measure)


def test_a_comma_that_groups_nothing_was_a_point() -> None:
    assert readings.as_printed("100,00%") == "100.00%"
    assert readings.as_printed("支出1,234,50万元") == "支出1,234.50万元"
    assert readings.as_printed("1,234,500元") == "1,234,500元"
    box, sure = (0.0, 0.0, 70.0, 20.0), (0.99,) * 7
    reading = Reading("100,00%", tuple((at + 0.5) / 7 for at in range(7)), sure)
    glyphs, _ = readings.to_glyphs([box], [reading])
    assert [glyph.confidence for glyph in glyphs if glyph.char == "."] == [readings.MENDED]


def photographed(page: Image.Image) -> Image.Image:
    """A page on a dark table, seen from the side, a corner of it in shadow."""
    import cv2

    width, height = page.size
    lying = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = np.array([(110, 90), (width - 60, 130), (width - 10, height - 20), (30, height - 90)], np.float32)
    way = cv2.getPerspectiveTransform(lying, seen)
    photo = cv2.warpPerspective(
        np.asarray(page.convert("RGB")), way, (width, height), borderValue=(70, 68, 66)
    )
    down, right = np.mgrid[0:height, 0:width] / max(page.size)
    shade = np.clip(1.35 - 0.35 * (down + right), 0.7, 1)[..., None]
    return Image.fromarray((photo * shade).astype(np.uint8))


def test_a_photographed_sheet_is_laid_flat_and_its_boxes_lie_on_the_photograph() -> None:
    page = page_image((SCANS / "table-stamped.jpg").read_bytes(), "image/jpeg", 1, 200)
    photo = photographed(page)
    saved = io.BytesIO()
    photo.save(saved, "JPEG", quality=90)
    document = read_image(saved.getvalue(), Source("photo.jpg", "0" * 64, "image/jpeg", "scan"))
    flat = read("table-stamped.jpg")
    (table,), (same,) = document.tables, flat.tables
    assert (table.rows, table.cols) == (same.rows, same.cols)
    places = [(row, col) for row in range(2, table.rows - 1) for col in (3, 4, 5, 6)]
    wrong = [
        (document.cell_text(0, *place), flat.cell_text(0, *place))
        for place in places
        if "".join(document.cell_text(0, *place).split()) != "".join(flat.cell_text(0, *place).split())
    ]
    assert len(wrong) <= 0.03 * len(places), wrong
    title = next(block for block in document.blocks if block.text == "部门整体支出绩效自评表")
    points = photo.convert("L").resize([round(side) for side in document.page_sizes[0]])
    inside = [points.crop(tuple(round(v) for v in box)).getextrema()[0] for box in title.boxes]
    assert max(inside) < 170


def test_a_page_that_is_its_picture_has_no_corners_to_look_for() -> None:
    page = page_image((SCANS / "table-stamped.jpg").read_bytes(), "image/jpeg", 1, 100)
    assert imaging.paper_corners(np.asarray(page.convert("RGB"))) is None


def level(y: float, *ends: float) -> list[Stroke]:
    return [Stroke(a, y, b, y) for a, b in zip(ends[::2], ends[1::2], strict=True)]


def upright(x: float, *ends: float) -> list[Stroke]:
    return [Stroke(x, a, x, b) for a, b in zip(ends[::2], ends[1::2], strict=True)]


FRAME = [*level(0, 0, 300), *level(120, 0, 300), *upright(0, 0, 120), *upright(300, 0, 120)]


@pytest.mark.parametrize(
    ("worn", "whole"),
    [
        # broken in the open: one rule
        ([*level(60, 0, 110, 140, 300)], [*level(60, 0, 300)]),
        # open from side to side of a column: two, beside a higher cell
        (
            [*upright(100, 0, 120), *upright(200, 0, 120), *level(60, 0, 100, 200, 300)],
            [*level(60, 0, 100, 200, 300)],
        ),
        # worn away before it reaches the side of the table
        ([*level(60, 0, 280)], [*level(60, 0, 300)]),
        ([*upright(100, 8, 60, 72, 120)], [*upright(100, 0, 120)]),
        # strokes of characters in one line of print
        ([*level(30, 110, 135, 150, 176)], [*level(30, 110, 135, 150, 176)]),
    ],
)
def test_a_rule_is_mended_where_no_other_rule_ends_it(worn: list[Stroke], whole: list[Stroke]) -> None:
    found = mended([*FRAME, *worn])
    assert [rule for rule in whole if rule not in found] == []
    assert len(found) == len(FRAME) + len([one for one in worn if one.flat != whole[0].flat]) + len(whole)
