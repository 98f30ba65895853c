"""Word documents (.docx, .docm, transitional and strict): everything that a person sees, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from extractors.readers.assembly import Assembly, visible
from extractors.readers.embedded import Embedded, are_pages, read_pages
from extractors.readers.numbering import Numbering
from extractors.readers.package import Element, Package
from extractors.readers.story import Story
from extractors.readers.styles import Styles, without_unused
from extractors.readers.wordml import ALTERNATE, MATH_TEXT, TEXT, TEXT_PATH, VAL, chosen, w
from schema.document import BlockKind, Document, Loss, Source
from schema.errors import NotReadable

_MAIN = "word/document.xml"
# relationship type -> kind, in the order in which the blocks come after the body
_ASIDE: tuple[tuple[str, BlockKind], ...] = (
    ("header", "header"),
    ("footer", "footer"),
    ("footnotes", "footnote"),
    ("endnotes", "footnote"),
)
_STYLED = (w("pStyle"), w("rStyle"))
_NOTES = {
    "picture": "图片{}张，图中文字未识别",
    "chart": "图表{}个，图中数字未读取",
    "object": "嵌入对象{}个，内容未读取",
    "chunk": "嵌入的其他文档{}份，内容未读取",
}


def read_docx(data: bytes, source: Source) -> Document:
    """A .docx or .docm as Word shows it with all changes accepted and without comments.

    `page` is set only where Word has noted its page breaks (w:lastRenderedPageBreak); such numbers
    are those of the last time that Word showed the file. Raises NotReadable for what is broken,
    encrypted or inflates beyond the limits of `Package`.
    """
    package = Package(data)
    main = _main_part(package)
    root = package.xml(main)
    body = None if root is None else root.find(w("body"))
    if root is None or body is None:
        raise NotReadable("corrupt", "里没有正文部件，不是完整的Word文件，请重新报送。")
    related = package.related(main)
    parts: dict[str, list[str]] = {}
    for kind_of_part, target in related.values():
        parts.setdefault(kind_of_part, []).append(target)
    asides = [
        (part, kind, aside)
        for kind_of_part, kind in _ASIDE
        for part in dict.fromkeys(parts.get(kind_of_part, []))
        if (aside := package.xml(part)) is not None
    ]
    trees = (root, *(aside for *_, aside in asides))
    used = {style.get(VAL, "") for tree in trees for style in tree.iter(*_STYLED)}
    styles = Styles(_first(package, parts.get("styles", []), lambda pieces: without_unused(pieces, used)))
    numbering = Numbering(lambda: _first(package, parts.get("numbering", [])), styles)
    assembly, embedded = Assembly(), Embedded(package)
    losses: list[Loss] = []
    in_file = read = 0

    def tell(part: str, kind: BlockKind, root: Element, elements: Iterator[Element]) -> None:
        nonlocal in_file, read
        story = Story(package, part, styles, numbering, assembly, kind, embedded)
        held = _held(root)
        for element in elements:
            story.read(element)
        given = story.given - story.runs.made
        if part == main and story.runs.pictures and are_pages([block.text for block in assembly.blocks]):
            pasted = read_pages(package, part, story.runs.pictures, source)
            if pasted is not None:
                assembly.embed(pasted[0])
                story.chunks.append(pasted[0])
                story.runs.noted["picture"] -= pasted[1]
        losses.extend(_losses(part, held - given, story))
        for chunk in story.chunks:
            held, given = held + chunk.ledger.in_file, given + chunk.ledger.read
            losses.extend(chunk.ledger.losses)
        in_file += held
        read += given

    tell(main, "paragraph", root, iter((body,)))
    for part, kind, aside in asides:
        tell(part, kind, aside, _stories(aside, kind))
    return assembly.document(source, in_file, tuple(losses), read)


def _main_part(package: Package) -> str:
    for kind, part in package.related("").values():
        if kind == "officeDocument":
            return part
    return _MAIN


def _first(
    package: Package, parts: list[str], trim: Callable[[Iterable[bytes]], bytes] = b"".join
) -> Element | None:
    return package.xml(parts[0], trim) if parts else None


def _stories(root: Element, kind: BlockKind) -> Iterator[Element]:
    """A header whole; of the notes each one by itself, without the separator lines."""
    if kind != "footnote":
        yield root
        return
    for note in chain(root.iterchildren(w("footnote")), root.iterchildren(w("endnote"))):
        if note.get(w("type"), "normal") == "normal":
            yield note


def _held(root: Element) -> int:
    """The characters of a part, counted apart from the walk: each branch not chosen, each change
    not accepted and each reading aid (ruby) counts for nothing."""
    unread = set(root.iter(w("del"), w("moveFrom"), w("rt")))
    for alternate in root.iter(ALTERNATE):
        branch = chosen(alternate)
        unread.update(child for child in alternate if child is not branch)
    count = _characters(root)
    for element in unread:
        if not any(above in unread for above in element.iterancestors()):
            count -= _characters(element)
    return count


def _characters(root: Element) -> int:
    text = "".join([found.text or "" for found in root.iter(TEXT, MATH_TEXT)])
    drawn = "".join([found.get("string", "") for found in root.iter(TEXT_PATH)])
    single = sum(1 for _ in root.iter(w("sym"), w("noBreakHyphen")))
    return visible(text) + visible(drawn) + single


def _losses(part: str, missing: int, story: Story) -> Iterator[Loss]:
    dropped: Counter[str] = story.runs.dropped
    for reason, characters in dropped.items():
        if characters:
            yield Loss(part, reason, characters)
    rest = missing - dropped.total()
    if rest:
        yield Loss(part, "未能归入正文的文字", rest)
    for thing, count in (+story.runs.noted).items():
        yield Loss(part, _NOTES[thing].format(count), 0)
