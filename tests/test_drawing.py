"""Page pictures with what was read: every fact of a text PDF is framed in red where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.drawing import DPI, RED, drawn_pages, lines
from extractors.intake import read_document
from extractors.readers.legacy import office
from extractors.understanding import understand
from schema.errors import NotReadable

REPORTS = Path(__file__).parent.parent / "fixtures" / "reports"


def test_every_fact_is_framed_where_it_stands() -> None:
    path = REPORTS / "gd-education-clean.pdf"
    document = read_document(path)
    images = dict(drawn_pages(path))
    assert sorted(images) == list(range(1, (document.source.pages or 0) + 1))
    facts = understand(document).facts
    framed = 0
    for fact in facts:
        block = document.blocks[fact.evidence.block]
        for page, (left, top, _, bottom) in lines(block, fact.evidence.start, fact.evidence.end):
            x, y = left * DPI / 72 - 1, (top + bottom) / 2 * DPI / 72
            around = {images[page].getpixel((int(x) + shift, round(y))) for shift in (0, 1)}
            assert RED in around, fact
            framed += 1
    assert framed >= len(facts) > 10


def test_a_workbook_has_no_pages_to_draw() -> None:
    with pytest.raises(NotReadable, match="没有可以显示的页面"):
        next(drawn_pages(Path(__file__).parent.parent / "fixtures" / "habits" / "legacy" / "sheet.xlsx"))


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_the_facts_of_a_word_file_are_framed_on_its_converted_pages() -> None:
    images = [image for _, image in drawn_pages(REPORTS / "gd-education-clean.docx")]
    assert images
    assert any(RED in {colour for _, colour in image.getcolors(1 << 24)} for image in images)
