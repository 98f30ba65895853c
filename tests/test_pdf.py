"""Text PDFs: paragraphs, tables over pages, furniture, and the hostile ones."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from extractors.readers import paragraphs as paragraph_module
from extractors.readers.furniture import PAGE_NUMBER
from extractors.readers.glyphs import Frame, Glyph, Glyphs, Stroke, quarter_turns
from extractors.readers.lines import Line, line_up
from extractors.readers.pages import compose, lay_out
from extractors.readers.pdf import needs_recognition, read_pdf
from extractors.readers.pdfium import PageText, Pdf
from extractors.readers.render import page_image
from extractors.readers.ruled import find_tables
from schema.document import Document, Source
from schema.errors import NotReadable

HABITS = Path(__file__).parents[1] / "fixtures" / "habits" / "pdf"
SOURCE = Source("sample.pdf", "0" * 64, "application/pdf", "pdf")


def read(name: str) -> Document:
    return read_pdf((HABITS / f"{name}.pdf").read_bytes(), SOURCE)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs() if block.kind == "paragraph"]


@pytest.fixture(scope="module", params=["long-table", "long-table-no-header"])
def long_table(request: pytest.FixtureRequest) -> Document:
    return read(request.param)


def test_a_table_over_three_pages_is_one(long_table: Document) -> None:
    (table,) = long_table.tables
    assert (table.rows, table.cols) == (29, 8)
    cells = {(cell.row, cell.col): cell for cell in table.cells}
    spans = {
        place: (cell.rowspan, cell.colspan)
        for place, cell in cells.items()
        if cell.rowspan * cell.colspan > 1
    }
    assert spans == {
        (0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (2, 1), (0, 3): (1, 2), (0, 5): (2, 1), (0, 6): (2, 1), (0, 7): (2, 1),
        (2, 0): (17, 1), (2, 1): (3, 1), (5, 1): (3, 1), (8, 1): (3, 1), (11, 1): (3, 1), (14, 1): (3, 1), (17, 1): (2, 1),
        (19, 0): (9, 1), (19, 1): (9, 1), (28, 0): (1, 5),
    }  # fmt: skip
    for number in range(26):
        row = [long_table.cell_text(0, 2 + number, col) for col in range(2, 7)]
        assert row == [
            f"第{number + 1}类公共设施维护完成数量", f"≥{120 + number}处", f"{118 + number * 2}处", "2.5",
            f"{2.5 - number % 3 * 0.25:g}",
        ]  # fmt: skip
    assert [long_table.cell_text(0, 28, col) for col in (0, 5, 6)] == ["总分", "100", "92.75"]


def test_a_row_cut_by_the_page_break_is_one_again(long_table: Document) -> None:
    reasons = {long_table.cell_text(0, row, 7) for row in range(2, 28)}
    assert reasons == {
        "无",
        "受汛期影响现场施工推迟两个月，第三季度起集中赶工，剩余工程量已于次年一月验收，相关款项随进度支付完毕",
    }


def test_headers_footers_and_page_numbers_stand_apart(long_table: Document) -> None:
    apart = [(block.kind, block.text) for block in long_table.blocks if block.kind in ("header", "footer")]
    assert apart == [("header", "云溪县水务局绩效自评材料")] * 3 + [("footer", f"— {n} —") for n in (1, 2, 3)]
    assert [" ".join(text.split()) for text in texts(long_table)] == [
        "部门整体支出绩效自评表",
        "单位：万元",
        "填表人：林小满 联系电话：0700-5550123",
    ]


def test_what_is_left_out_is_named(long_table: Document) -> None:
    ledger = long_table.ledger
    assert ledger.in_file - ledger.read == sum(loss.characters for loss in ledger.losses)


def test_a_box_for_each_character_on_its_page() -> None:
    document = read("split-row")
    for block in document.blocks:
        assert len(block.boxes) == len(block.text)
        assert not block.confidences
    cell = next(block for block in document.blocks if block.text.startswith("第一步核对"))
    (turn,) = cell.turns
    assert (cell.page_at(turn - 1), cell.page_at(turn)) == (1, 2)
    assert (
        cell.boxes[turn - 1][3] > 600 > 200 > cell.boxes[turn][1]
    )  # from the foot of a page to the head of the next
    assert cell.text.endswith("完成后归档。")
    assert document.cell_text(0, 2, 0) == "移交"


def test_lines_become_paragraphs_again() -> None:
    found = texts(read("paragraphs"))
    assert found[:2] == ["云溪县水务局2023年度部门整体支出绩效自评报告", "一、基本情况"]
    for at, number in enumerate("一二三四五六七"):
        heading, body, item = found[2 + 3 * at : 5 + 3 * at]
        assert heading == f"（{number}）第{at + 1}项工作"
        assert body.startswith("本局负责")
        assert (
            "部门支出合计1,286.45万元，其中基本支出702.18万元，项目支出584.27万元，预算执行率为96.35%。"
            in body
        )
        assert body.endswith("The GIS platform covers 14 townships and 203 villages in total.")
        assert item == f"{at + 1}.全年巡查河道{36 * (at + 1)}次，处理问题{11 * (at + 1)}个。"
    assert found[-2:] == ["二、存在的问题", "无。"]


def test_short_lines_stay_paragraphs_of_their_own() -> None:
    assert texts(read("split-row")) == ["逐条说明自评依据。"] * 24


def test_a_table_with_open_sides() -> None:
    document = read("open-sides")
    assert [[document.cell_text(0, row, col) for col in range(3)] for row in range(4)] == [
        ["科目", "预算数", "决算数"], ["基本支出", "702.18", "698.00"], ["项目支出", "584.27", "560.40"], ["合计", "1,286.45", "1,258.40"],
    ]  # fmt: skip
    assert texts(document) == ["表1 支出情况（单位：万元）", "以上数据来自决算报表。"]


def test_a_table_without_rules() -> None:
    document = read("no-rules")
    assert [[document.cell_text(0, row, col) for col in range(4)] for row in range(4)] == [
        ["科目", "预算数", "决算数", "执行率"], ["基本支出", "702.18", "698.00", "99.40%"],
        ["项目支出", "584.27", "560.40", "95.91%"], ["合计", "1,286.45", "1,258.40", "97.82%"],
    ]  # fmt: skip
    assert texts(document) == ["各项支出如下：", "以上数据来自决算报表。"]


def turned(data: bytes, degrees: int) -> bytes:
    """The same file with /Rotate set on each page."""
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(degrees)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_read_alike(degrees: int) -> None:
    data = (HABITS / "landscape.pdf").read_bytes()
    straight, turned_one = read_pdf(data, SOURCE), read_pdf(turned(data, degrees), SOURCE)
    assert [block.text for block in turned_one.blocks] == [block.text for block in straight.blocks]
    width, height = turned_one.page_sizes[1]
    assert (width > height) == (degrees == 180)
    frame = quarter_turns(degrees // 90, *straight.page_sizes[1])
    for ours, theirs in zip(straight.blocks, turned_one.blocks, strict=True):
        if ours.page == 2 and ours.boxes:
            assert theirs.boxes[0] == pytest.approx(frame.box(ours.boxes[0]), abs=0.5)


def test_a_landscape_page_keeps_its_table() -> None:
    document = read("landscape")
    assert [(table.rows, table.cols, table.page) for table in document.tables] == [(9, 8, 2)]
    assert document.page_sizes[1][0] > document.page_sizes[1][1]


def raw_pdf(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    return (
        body
        + f"{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF".encode()
    )


def blank_pages(count: int, box: str = "0 0 595 842") -> bytes:
    kids = " ".join(f"{number + 3} 0 R" for number in range(count))
    pages = [f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>"] * count
    return raw_pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>", *pages)


CYCLE = raw_pdf(
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 9>>",
    "<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>",
)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param((HABITS / "locked.pdf").read_bytes(), {"encrypted"}, id="password"),
        pytest.param((HABITS / "paragraphs.pdf").read_bytes()[:9000], {"corrupt"}, id="truncated"),
        pytest.param(b"%PDF-1.7\n", {"corrupt"}, id="nothing but a head"),
        pytest.param(CYCLE, {"corrupt", "no_text"}, id="page tree that bites its tail"),
        pytest.param(blank_pages(3000), {"no_text"}, id="3,000 blank pages"),
        pytest.param(blank_pages(6000), {"too_large"}, id="too many pages"),
        pytest.param(blank_pages(1, "0 0 900000 900000"), {"no_text"}, id="huge page"),
    ],
)
def test_hostile_files_are_refused_quickly(data: bytes, codes: set[str]) -> None:
    started = time.perf_counter()
    with pytest.raises(NotReadable) as refused:
        read_pdf(data, SOURCE)
    assert refused.value.code in codes
    assert time.perf_counter() - started < 8


def test_a_huge_page_is_rendered_small() -> None:
    image = page_image(blank_pages(1, "0 0 14400 14400"), "application/pdf", 1, 200)
    assert max(image.size) <= 5000
    with pytest.raises(IndexError):
        page_image(blank_pages(1), "application/pdf", 2, 72)


def page_text(**changes: object) -> PageText:
    with Pdf((HABITS / "open-sides.pdf").read_bytes()) as pdf:
        text = pdf.read(1)
    values = {name: getattr(text, name) for name in PageText.__dataclass_fields__} | changes
    return PageText(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(page_text(), False, id="sound"),
        pytest.param(page_text(unmapped=40), True, id="characters without a meaning"),
        pytest.param(page_text(invisible=82, picture=0.95), True, id="a recognised layer beneath a scan"),
        pytest.param(page_text(glyphs=Glyphs.of([]), picture=0.9), True, id="a scan"),
        pytest.param(page_text(glyphs=Glyphs.of([])), False, id="a blank page"),
        pytest.param(page_text(glyphs=Glyphs.of([]), drawn=5000), True, id="text drawn as curves"),
        pytest.param(page_text(picture=0.9), False, id="a picture behind sound text"),
    ],
)
def test_which_pages_are_recognised(text: PageText, expected: bool) -> None:
    assert needs_recognition(text) is expected


def test_a_text_layer_without_a_code_table_is_garbage() -> None:
    data = (HABITS / "open-sides.pdf").read_bytes().replace(b"/ToUnicode", b"/ToUnicodX")
    with Pdf(data) as pdf:
        assert needs_recognition(pdf.read(1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("— 3 —", True), ("- 12 -", True), ("第 3 页 共 10 页", True), ("3/10", True), ("7", True), ("一1一", True),
     ("2023年", False), ("3.5", False), ("第三章", False)],
)  # fmt: skip
def test_page_numbers(text: str, expected: bool) -> None:
    assert bool(PAGE_NUMBER.fullmatch(text)) is expected


def rules(xs: list[float], ys: list[float]) -> list[Stroke]:
    return [Stroke(xs[0], y, xs[-1], y) for y in ys] + [Stroke(x, ys[0], x, ys[-1]) for x in xs]


def test_missing_rules_merge_cells() -> None:
    strokes = rules([0, 100, 200], [0, 20, 40])
    strokes = [s for s in strokes if not (s.x0 == 100 and not s.flat)] + [Stroke(100, 20, 100, 40)]
    (table,) = find_tables(strokes)
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in table.cells] == [
        (0, 0, 1, 2),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
    ]


def test_doubled_and_dashed_rules_are_one() -> None:
    strokes = rules([0, 100, 200], [0, 20, 40])
    strokes += [Stroke(x, 21.5, x + 3, 21.5) for x in range(0, 200, 5)]
    (table,) = find_tables(strokes)
    assert len(table.cells) == 4


def test_an_underline_is_no_table() -> None:
    assert find_tables([Stroke(100, 50, 300, 50), Stroke(100, 90, 300, 90)]) == []


def test_frames_lead_back() -> None:
    frame = quarter_turns(1, 100, 200).then(Frame(0.9, 0.1, -0.1, 0.9, 5, 7))
    assert frame.then(frame.inverse()).point(30, 40) == pytest.approx((30, 40))


def test_bold_by_printing_twice_is_read_once() -> None:
    with Pdf((HABITS / "open-sides.pdf").read_bytes()) as pdf:
        glyphs = pdf.read(1).glyphs
    moved = glyphs.sides + np.array([[0.3], [0], [0.3], [0]])
    doubled = Glyphs(
        glyphs.text * 2, np.hstack([glyphs.sides, moved]), np.tile(glyphs.sizes, 2), np.tile(glyphs.bolds, 2)
    )
    assert [line.text for line in in_lines(doubled)] == [line.text for line in in_lines(glyphs)]


def test_the_doctests_hold() -> None:
    import doctest

    from extractors.readers import furniture, glyphs, lines, ruled

    for module in (paragraph_module, glyphs, lines, ruled, furniture):
        assert doctest.testmod(module).failed == 0


def test_footnotes_stand_apart_and_their_marks_are_no_figures() -> None:
    document = read("footnotes")
    body = texts(document)
    assert body[0] == "2023年支出131.72万元，执行率为97.23%。"
    assert len(body) == 3  # the second paragraph runs on over the note at the page's foot
    assert "其中专项资金86.40万元，单位按照" in body[1]
    notes = [(block.page, block.text[:12]) for block in document.blocks if block.kind == "footnote"]
    assert notes == [(1, "不含上年结转资金12.5"), (2, "数据来自决算报表，按支出")]
    assert (
        document.ledger.in_file - document.ledger.read
        == sum(x.characters for x in document.ledger.losses)
        == 4
    )


def in_lines(glyphs: Glyphs) -> list[Line]:
    """The lines of a page without tables."""
    return line_up(glyphs, np.zeros(len(glyphs.text), np.intp))[0]


def print_line(text: str, top: float, size: float = 12.0, left: float = 80.0) -> list[Glyph]:
    """A line of print; what stands between ^ and ^ is raised and small."""
    glyphs, x, raised = [], left, False
    for char in text:
        if char == "^":
            raised = not raised
            continue
        own = 0.6 * size if raised else size
        low = top + size - (0.33 * size if raised else 0)
        glyphs.append(Glyph(char, x, low - own, x + own, low, own))
        x += own
    return glyphs


def test_what_is_set_right_ends_the_text_before_and_begins_none_after() -> None:
    full = "预算执行率为" * 6  # 36 characters: from edge to edge
    signed = [
        (full, 80.0),
        ("青河县水务局", 440.0),
        ("2024年3月8日", 416.0),
        ("附：绩效自评指标表及打分依据", 80.0),
    ]
    glyphs = [g for at, (text, left) in enumerate(signed) for g in print_line(text, 100 + 20 * at, left=left)]
    page = lay_out(1, Glyphs.of(glyphs), [], (595, 842), (595, 842))
    document = compose([page], Source("a.pdf", "0" * 64, "application/pdf", "pdf"))
    assert texts(document) == [text for text, _ in signed]


def test_a_first_line_indented_by_two_characters_is_not_set_in_the_middle() -> None:
    """Its middle is near the page's, and whether 24.001 is more than two characters of 12 is chance."""
    full = "预算执行率为" * 6
    lines = [(full[:34], 104.001), (full, 80.0), (full, 80.0)]
    glyphs = [g for at, (text, left) in enumerate(lines) for g in print_line(text, 100 + 20 * at, left=left)]
    document = compose([lay_out(1, Glyphs.of(glyphs), [], (595, 842), (595, 842))], SOURCE)
    assert [block.centered for block in document.paragraphs()] == [False]


@pytest.mark.parametrize(
    ("lines", "notes"),
    [
        (["支出131.72万元^①^，同比增长。", "正文末。", "①不含结转。"], ["不含结转。"]),
        (["面积86.40m^2^，已投用。", "正文末。", "2023年完成改造。"], []),  # no note: the figure stays
        (["面积86.40m^2^，已投用。", "正文末。", "2.完成改造。"], []),  # an item of a list
        (["支出131.72万元。", "正文末。", "1不含结转。"], []),  # nothing leads there
    ],
)
def test_only_what_a_raised_mark_leads_to_is_a_note(lines: list[str], notes: list[str]) -> None:
    glyphs = print_line(lines[0], 100) + print_line(lines[1], 120) + print_line(lines[2], 700, 9)
    page = lay_out(1, Glyphs.of(glyphs), [], (595, 842), (595, 842))
    document = compose([page], Source("a.pdf", "0" * 64, "application/pdf", "pdf"))
    assert [block.text for block in document.blocks if block.kind == "footnote"] == notes
    first = document.blocks[0].text
    assert first == (lines[0].replace("^①^", "") if notes else lines[0].replace("^", ""))


def written(content: str) -> bytes:
    """A page with this content; /F is Helvetica."""
    return raw_pdf(
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    )  # fmt: skip


def test_watermarks_and_upright_text_are_left_out_and_named() -> None:
    lines = "".join(f"1 0 0 1 80 {760 - 20 * n} Tm (Budget 147.8{n} spent) Tj " for n in range(6))
    slanted = "0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj 0 1 -1 0 30 300 Tm (margin) Tj"
    document = read_pdf(written(f"BT /F 12 Tf {lines}{slanted} ET"), SOURCE)
    assert " ".join(texts(document)) == " ".join(f"Budget 147.8{n} spent" for n in range(6))
    (loss,) = [loss for loss in document.ledger.losses if "水印" in loss.what]
    assert loss.characters == len("DRAFTmargin")


@pytest.mark.parametrize(("gap", "spaces"), [(0.3, 0), (1.0, 1), (1.3, 3), (2.0, 4), (30.0, 8)])
def test_two_things_on_one_line_are_divided_as_they_were_typed(gap: float, spaces: int) -> None:
    """单位：甲局    （2022年度）: one space would make it one name."""
    glyphs = print_line("甲局", 100) + print_line("（2022年度）", 100, left=104 + 12 * gap)
    (line,) = in_lines(Glyphs.of(glyphs))
    assert line.text == f"甲局{' ' * spaces}（2022年度）"
    assert len(line.boxes) == len(line.text)


@pytest.mark.parametrize(
    ("text", "kept"), [("为“优”。", 5), ("元/生·年（寄宿生", 4), ("优、6项", 3), ("良好", 1)]
)
def test_what_typesetters_keep_together_is_one_piece(text: str, kept: int) -> None:
    assert paragraph_module.unbreakable(_line(text)) == 12 * kept


def test_a_number_or_a_date_that_a_line_divides_goes_on() -> None:
    measure = paragraph_module.Measure(90, 500, 26)
    first, after = _line("电话：0396-", 90 + 410 - 12 * 8), _line("6627719")
    assert paragraph_module.goes_on(first, after, measure)
    assert not paragraph_module.goes_on(_line("电话：0396-"), after, measure)


def _line(text: str, left: float = 90) -> Line:
    boxes = tuple((left + 12 * at, 0.0, left + 12 * (at + 1), 12.0) for at in range(len(text)))
    return Line(text, boxes, (), left, 0, boxes[-1][2], 12, 12, False)
