"""Word files: one small file for each habit, and the blocks that a person sees in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.intake import read_data, read_document
from extractors.readers.numerals import numeral
from extractors.readers.styles import without_unused
from fixtures.habits.docx import build
from schema.document import Block, Document
from schema.errors import NotReadable

HABITS = Path(build.__file__).parent

# file -> its blocks: text, with a mark before it for what is no plain paragraph
SEEN: dict[str, tuple[str, ...]] = {
    "numbers-chinese": (
        "一、基本情况", "（一）部门职能", "（二）机构", "1.\t内设", "（1）科室", "① 人", "二、绩效自评", "（一）结论",
        "（二）", "未编号",
    ),
    "numbers-decimal": ("1 概况", "1.1 职能", "1.1.1 一", "1.1.2 二", "2 绩效", "2.1 结论"),
    "numbers-formats": (
        "十.\tchineseCounting", "癸.\tideographTraditional", "酉.\tideographZodiac", "壹拾.\tchineseLegalSimplified",
        "十.\tjapaneseCounting", "１０.\tdecimalFullWidth", "⑽.\tdecimalEnclosedParen", "⒑.\tdecimalEnclosedFullstop",
        "X.\tupperRoman", "x.\tlowerRoman", "J.\tupperLetter", "j.\tlowerLetter", "10.\tdecimalZero",
        "一○.\tideographDigital", ".\tnone",
    ),
    "numbers-bullets": ("➢ 箭头", "• 圆点", "001 三位数"),
    "numbers-restarts": (
        "1.甲", "1)子", "2.乙", "2)不重排", "5.从五起", "6.接着", "7.同一计数", "H.字母", "第一章章", "1.1节",
        "1.1.1 跳级", "1.1 级",
    ),
    "numbers-styles": ("L1 一、概况", "L2 （一）职能", "L2 （二）机构", "L1 无编号", "L1 二、绩效", "1）列表样式"),
    "numbers-cells": ("cell 1", "cell 甲", "cell 2", "cell 乙"),
    "textboxes": (
        "正文一接着", "文本框", "第二行", "旧文本框", "正文二", "后备文字", "cell 格\n格内框", "cell 乙",
    ),
    "controls": (
        "单击此处输入文字", "预算147.89万元", "cell 行一", "cell 格二", "cell 行三", "cell 控件内的表", "智能标记",
    ),
    "changes": ("支出131.72万元", "前半后半", "留下", "搬来", "cell 留行", "cell 新行", "末段"),
    "marks": (
        "一行\n二行\t三-四五\u00a0六\n七", "新页", "去空白完", "☑是□否", "☑有", "绩效", "131.72/135.47",
    ),
    "fields": ("共135.64万元", "2024年4月30日", "外内", "③第三", "☑优", "☑良", "没有结束", "后文"),
    "hidden": ("看得见", "hidden 看不见", "hidden 全隐", "反隐", "cell 格", "hidden 暗", "cell "),
    "cover": ("B 22 C 部门整体绩效自评报告", "L1 B 18 标题一", "16 正文粗", "L1 18 细", "L3 16 纲要", "B 18 平文"),
    "contents": (
        "toc 目录", "toc 一、概况\t2", "toc 二、绩效\t5", "toc 三、问题\t9", "toc 四、建议", "toc 五、附件……………12",
        "一、概况",
    ),
    "grid": (
        "表前", "cell 一级指标", "cell 年度", "cell ", "hidden 暗字", "cell 预算", "cell 执行\n率", "cell 内一",
        "cell 内二", "cell 97.23%", "cell 右一", "cell 横", "cell 甲", "cell 乙", "表后",
    ),
    "pages": ("p1 第一页", "p2 第二页", "p2 cell 上下", "p2 cell 上下", "p3 第三页"),
    "wordart": ("艺术字", "绩效自评", "图示", "投入", "产出"),
    "aside": (
        "执行率为97.23%", "正文末", "header 某局自评报告", "footer 第", "footer 3", "footnote 按决算口径",
        "footnote 尾注一",
    ),
    "strict": ("一、严格格式",),
    "chunk": ("正文",),
}  # fmt: skip

# file -> what its ledger names
LOSSES = {
    "fields": ("域代码中的文字 1",),
    "wordart": ("图片1张，图中文字未识别 0",),
    "chunk": ("嵌入的其他文档1份，内容未读取 0",),
}

REFUSED = {
    "entity-expansion": "corrupt",
    "external-entity": "corrupt",
    "truncated": "corrupt",
    "encrypted": "encrypted",
    "deep": "corrupt",
    "no-text": "no_text",
    "no-body": "corrupt",
    "empty": "corrupt",
}

# form, value, as Word shows it
NUMERALS = (
    ("chineseCounting", 9, "九"),
    ("chineseCounting", 10, "十"),
    ("chineseCounting", 11, "十一"),
    ("chineseCounting", 20, "二十"),
    ("chineseCounting", 99, "九十九"),
    ("chineseCountingThousand", 100, "一百"),
    ("chineseCountingThousand", 101, "一百零一"),
    ("chineseCountingThousand", 110, "一百一十"),
    ("chineseCountingThousand", 1001, "一千零一"),
    ("chineseCountingThousand", 1010, "一千零一十"),
    ("chineseCountingThousand", 20005, "二万零五"),
    ("taiwaneseCountingThousand", 12, "十二"),
    ("taiwaneseCounting", 12, "十二"),
    ("japaneseCounting", 3, "三"),
    ("japaneseCounting", 21, "二十一"),
    ("japaneseCounting", 110, "百十"),
    ("chineseLegalSimplified", 3, "叁"),
    ("chineseLegalSimplified", 21, "贰拾壹"),
    ("ideographLegalTraditional", 102, "壹佰零貳"),
    ("ideographDigital", 12, "一二"),
    ("ideographDigital", 10, "一○"),
    ("taiwaneseDigital", 20, "二○"),
    ("japaneseDigitalTenThousand", 10, "一〇"),
    ("ideographTraditional", 1, "甲"),
    ("ideographTraditional", 11, "11"),
    ("ideographZodiac", 12, "亥"),
    ("ideographZodiacTraditional", 2, "乙丑"),
    ("ideographEnclosedCircle", 2, "㊁"),
    ("decimalEnclosedCircle", 20, "⑳"),
    ("decimalEnclosedCircleChinese", 1, "①"),
    ("decimalEnclosedParen", 3, "⑶"),
    ("decimalEnclosedFullstop", 1, "⒈"),
    ("decimalFullWidth", 12, "１２"),
    ("decimalZero", 3, "03"),
    ("upperRoman", 14, "XIV"),
    ("lowerRoman", 9, "ix"),
    ("upperLetter", 27, "AA"),
    ("lowerLetter", 28, "bb"),
    ("ordinal", 12, "12th"),
    ("ordinal", 22, "22nd"),
    ("numberInDash", 4, "- 4 -"),
    ("none", 4, ""),
    ("notYetInvented", 4, "4"),
    ("chineseCounting", -1, "-1"),
    ("ideographDigital", 0, "○"),
)


def habit(name: str) -> Document:
    return read_document(HABITS / f"{name}.docx")


def shown(block: Block) -> str:
    marks = []
    if block.page:
        marks.append(f"p{block.page}")
    if block.hidden or block.kind != "paragraph":
        marks.append("hidden" if block.hidden else block.kind)
    if block.toc:
        marks.append("toc")
    if block.level:
        marks.append(f"L{block.level}")
    if block.bold:
        marks.append("B")
    if block.size:
        marks.append(f"{block.size:g}")
    if block.centered:
        marks.append("C")
    return " ".join([*marks, block.text])


@pytest.mark.parametrize("name", SEEN)
def test_a_habit_reads_as_a_person_sees_it(name: str) -> None:
    assert tuple(shown(block) for block in habit(name).blocks) == SEEN[name]


def test_each_habit_has_a_row() -> None:
    assert {path.stem for path in HABITS.glob("*.docx")} == set(SEEN) == set(build.HABITS)
    assert {path.stem for path in (HABITS / "hostile").glob("*.docx")} == set(REFUSED) == set(build.hostile())


@pytest.mark.parametrize("name", SEEN)
def test_the_ledger_names_every_character_that_is_not_given(name: str) -> None:
    ledger = habit(name).ledger
    assert ledger.in_file == build_count(name)
    assert ledger.in_file - ledger.read == sum(loss.characters for loss in ledger.losses)
    assert tuple(f"{loss.what} {loss.characters}" for loss in ledger.losses) == LOSSES.get(name, ())


def build_count(name: str) -> int:
    """Shown characters, less what Word makes itself: numbers, a ring, a form's tick, a fraction's bar."""
    made = {"fields": 3, "marks": 1, "wordart": 4}.get(name, 0)
    lost = sum(loss.characters for loss in habit(name).ledger.losses)
    return (
        sum(len("".join((b.text.removeprefix(b.number)).split())) for b in habit(name).blocks) - made + lost
    )


@pytest.mark.parametrize("name", SEEN)
def test_blocks_know_their_place(name: str) -> None:
    document = habit(name)
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
    for block in document.blocks:
        assert block.text.startswith(block.number)
    for table in document.tables:
        covered = [
            (row, col)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        ]
        assert len(covered) == len(set(covered)), "two cells at one place"
        assert all(row < table.rows and col < table.cols for row, col in covered)
        for cell in table.cells:
            block = document.blocks[cell.block]
            assert (block.kind, block.table, block.row, block.col) == (
                "cell",
                table.index,
                cell.row,
                cell.col,
            )


def test_merged_cells_are_a_true_grid() -> None:
    outer, inner = habit("grid").tables
    assert (outer.rows, outer.cols) == (4, 4)
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in outer.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 1),
        (1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1),
        (2, 2, 1, 1),
        (3, 0, 1, 2), (3, 2, 1, 1), (3, 3, 1, 1),
    ]  # fmt: skip
    assert outer.parent is None
    assert habit("grid").blocks[inner.parent or 0].text == "执行\n率"


@pytest.mark.parametrize(("form", "value", "text"), NUMERALS)
def test_numerals_are_written_as_word_writes_them(form: str, value: int, text: str) -> None:
    assert numeral(form, value) == text


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, code: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read_document(HABITS / "hostile" / f"{name}.docx")
    assert refused.value.code == code
    assert f"“{name}.docx”" in refused.value.message
    assert refused.value.message.endswith("。")


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    parts = build.package(build.p("报告"), styles="")
    parts["word/styles.xml"] = " " * (49 * 1024 * 1024)
    bomb = build.archive(parts)
    assert len(bomb) < 100_000
    with pytest.raises(NotReadable) as refused:
        read_data(bomb, "炸弹.docx")
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("depth", [20, 60])
def test_nested_tables_do_not_exhaust_the_stack(depth: int) -> None:
    body = build.p("最里")
    for _ in range(depth):
        body = build.tbl(build.tr(build.tc(body)))
    document = read_data(build.archive(build.package(body)), "套表.docx")
    assert len(document.tables) == depth
    assert document.blocks[-1].text == "最里"


def test_a_wrong_directory_of_parts_is_survived() -> None:
    parts = build.package(build.p("正文"))
    del parts["[Content_Types].xml"], parts["_rels/.rels"], parts["word/_rels/document.xml.rels"]
    assert [block.text for block in read_data(build.archive(parts), "残缺.docx").blocks] == ["正文"]


def test_styles_that_nobody_uses_are_cut_out_and_no_others() -> None:
    first = build.style("F", "First")  # it stays with what comes before it
    base, heading = build.style("B", "Base"), build.style("H1", "heading 1", based="B")
    table = build.style("T", "Grid", kind="table")
    default = build.style("D", "Normal").replace("w:type", 'w:default="1" w:type')
    other = build.style("N", "Other")
    odd = "<!-- 样式 -->" + other
    whole = build.styles(first, base, other, heading, table, default, odd).encode()
    kept = build.styles(first, default, odd, heading, base).encode()
    assert without_unused([whole[:90], whole[90:]], ["H1"]) == kept
    assert without_unused([b"<w:styles/>"], ["H1"]) == b"<w:styles/>"


def test_a_file_of_pictures_says_so() -> None:
    parts = build.package(build.p('<w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r>'))
    with pytest.raises(NotReadable) as refused:
        read_data(build.archive(parts), "扫描.docx")
    assert refused.value.code == "no_text"
    assert "图片1张" in refused.value.message


@pytest.mark.parametrize(
    "damaged",
    [
        '<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>',
        '<w:r><w:sym w:char="FFFFFFFFFF"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:r><w:sym/><w:fldChar/></w:r>",
    ],
)
def test_damaged_marks_cost_no_text(damaged: str) -> None:
    look = '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="99"/></w:numPr><w:outlineLvl w:val="?"/>'
    body = build.p(damaged, build.r("正文"), look=look)
    body += build.tbl(build.tr(build.tc("格", '<w:gridSpan w:val="-3"/><w:vMerge/>')))
    document = read_data(build.archive(build.package(body)), "损.docx")
    assert [block.text.lstrip("□") for block in document.blocks] == ["正文", "格"]
