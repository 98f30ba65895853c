"""HTML as a browser shows it: block elements are paragraphs, tables are true grids."""

from __future__ import annotations

import re

from lxml import etree, html

from extractors.readers.assembly import Assembly, visible
from schema.document import Cell, Document, Source
from schema.errors import NotReadable

_UNSEEN = frozenset(
    ("script", "style", "head", "title", "meta", "link", "template", "noscript", "object", "xml")
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
        "caption",
    ]
)
_HEADING = re.compile(r"h([1-6])$")
_SPACES = re.compile(r"[ \t\r\n\f]+")  # what a browser collapses: not the ideographic or no-break space
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_DEEPEST = 200


def read_markup(text: str, source: Source) -> Document:
    """Blocks and tables of an HTML page; scripts, styles and comments are not text."""
    # a declared encoding no longer holds: the text is decoded already
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable("corrupt", "的网页内容已损坏，无法读取。") from error
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    held = visible("".join(str(part) for part in root.itertext()))  # the walk takes tables apart
    walk = _Walk()
    walk.flow(root, 0)
    walk.flush()
    return walk.assembly.document(source, held)


class _Walk:
    def __init__(self) -> None:
        self.assembly = Assembly()
        self.parts: list[str] = []
        self.bold = 0  # characters in bold, to be set against all
        self.look: dict[str, object] = {}

    def say(self, text: str | None, bold: bool = False) -> None:
        if text:
            self.parts.append(_SPACES.sub(" ", text))
            self.bold += visible(text) if bold else 0

    def flush(self) -> None:
        text = _tidy("".join(self.parts))
        if text.strip():
            bold = self.bold * 2 > visible(text)
            self.assembly.add("paragraph", text, bold=bold, **self.look)
        self.parts, self.bold, self.look = [], 0, {}

    def flow(
        self, element: html.HtmlElement, depth: int, bold: bool = False, parent: int | None = None
    ) -> None:
        """Everything in an element; text inside becomes paragraphs at the bounds of block elements."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if depth > _DEEPEST:
            self.say("".join(str(part) for part in element.itertext()), bold)
            return
        style = element.get("style", "")
        if tag == "table":
            self.flush()
            self.table(element, depth, parent)
            return
        if tag == "br":
            self.parts.append("\n")
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
            self.look = _look(element, tag, style)
        bold = bold or tag in ("b", "strong") or bool(_HEADING.match(tag)) or bool(_BOLD.search(style))
        self.say(element.text, bold)
        for child in element:
            self.flow(child, depth + 1, bold, parent)
            self.say(child.tail, bold)
        if block:
            self.flush()

    def table(self, element: html.HtmlElement, depth: int, parent: int | None) -> None:
        index = self.assembly.open_table()
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        width = 0
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
        for row, line in enumerate(rows):
            col = 0
            for item in line.iterchildren("td", "th"):
                while (row, col) in taken:
                    col += 1
                down = min(_span(item, "rowspan"), len(rows) - row)
                across = _span(item, "colspan")
                taken.update((row + y, col + x) for y in range(down) for x in range(across))
                cells.append(Cell(row, col, down, across, self.cell(item, index, row, col, depth)))
                col += across
                width = max(width, col)
        self.assembly.close_table(index, len(rows), width, cells, parent=parent)

    def cell(self, item: html.HtmlElement, table: int, row: int, col: int, depth: int) -> int:
        inner = _Walk()
        nested = []
        for found in item.iter("table"):
            if next(found.iterancestors("td", "th"), None) is item:
                nested.append(found)
        for found in nested:
            found.drop_tree()
        inner.flow(item, depth + 1, item.tag == "th")
        inner.flush()
        texts = inner.assembly.blocks
        block = self.assembly.add(
            "cell",
            "\n".join(part.text for part in texts),
            table=table,
            row=row,
            col=col,
            bold=bool(texts) and all(part.bold for part in texts),
            hidden=bool(texts) and all(part.hidden for part in texts),
        )
        for found in nested:
            self.table(found, depth + 1, block)
        return block


def _look(element: html.HtmlElement, tag: str, style: str) -> dict[str, object]:
    heading = _HEADING.match(tag)
    classes = element.get("class", "")
    return {
        "level": int(heading.group(1)) if heading else None,
        "centered": element.get("align", "").lower() == "center"
        or bool(_CENTERED.search(style))
        or tag == "center",
        "hidden": bool(_HIDDEN.search(style)),
        "toc": classes.lower().startswith("msotoc"),
    }


def _span(item: html.HtmlElement, name: str) -> int:
    said = (item.get(name) or "1").strip()
    return max(1, min(int(said), 1000)) if said.isdigit() else 1


def _tidy(text: str) -> str:
    lines = [line.strip(" ") for line in text.split("\n")]
    return "\n".join(lines).strip("\n")
