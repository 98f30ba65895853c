"""Rules about what the text cites and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schema.report import Citation
from schema.rules.figures import Book, at, fold
from schema.rules.kinds import Rule, Trial, not_run


def one_number(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """A regulation is cited under one document number."""
    return Rule(rule_id, zh, "notice", "consistency", _cited, meaning, "同一文件的文号相同", clause)


def _number(text: str) -> str:
    """A document number without what writers vary: brackets, spaces, width.

    >>> _number("财预[2020] 10 号") == _number("财预〔2020〕10号")
    True
    """
    return re.sub(r"[\[\]【】()（）〔〕<>《》\s]|第(?=\d)|号", "", fold(text))


def _title(text: str) -> str:
    """A title to compare by: a regulation's own, where it is the notice that issues it.

    >>> _title("某局关于印发〈自评规程〉的通知") == _title("自评规程")
    True
    """
    issued = re.search(r"印发[〈《<](.+)[〉》>]的?通知", text)
    return fold(issued[1] if issued else text)


def _cited(book: Book) -> Iterator[Trial]:
    titles: dict[str, list[Citation]] = {}
    for citation in book.report.citations:
        if citation.title and citation.number:
            titles.setdefault(_title(citation.title), []).append(citation)
    repeated = {title: cited for title, cited in titles.items() if len(cited) > 1}
    if not repeated:
        yield not_run(None, "同一文件的第二次引用")
    for cited in repeated.values():
        first = cited[0]
        other = next((c for c in cited if _number(c.number) != _number(first.number)), None)
        if other is None:
            yield Trial(first.title, "held")
            continue
        yield Trial(
            first.title,
            "broken",
            message=f"《{first.title.strip('《》')}》前后文号不一：“{first.number}”{at(first.evidence)}和"
            f"“{other.number}”{at(other.evidence)}",
            stated=other.number,
            expected=first.number,
            evidence=(first.evidence, other.evidence),
        )


def counted(rule_id: str, *, zh: str, meaning: str, clause: str) -> Rule:
    """A stated number of items is the number of items listed right after it."""
    return Rule(rule_id, zh, "notice", "consistency", _counted, meaning, "写明的个数 = 列出的个数", clause)


def _counted(book: Book) -> Iterator[Trial]:
    if not book.report.listings:
        yield not_run(None, "写明个数并逐项列举的内容")
    for listing in book.report.listings:
        listed = len(listing.items)
        if listed == listing.stated:
            yield Trial(listing.noun, "held")
            continue
        yield Trial(
            listing.noun,
            "broken",
            message=f"写明{listing.stated}{listing.noun}{at(listing.evidence)}，其后列出的是{listed}项："
            f"{'、'.join(listing.items)}",
            stated=str(listing.stated),
            expected=str(listed),
            evidence=(listing.evidence, listing.list_evidence),
        )
