"""The words of covers: labels, stamps, what a department's name looks like (data/cover.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: a label of so many characters needs no colon, in a line of no more than so many
APART, COVER_LINE = 4, 80


@dataclass(frozen=True, slots=True)
class Field:
    """What a label asks for; concept "" for labels whose value is of no use."""

    concept: str
    rank: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: text[start:end] with its colon; `generic` for the shortest ones."""

    field: Field
    start: int
    end: int
    generic: bool


@dataclass(frozen=True, slots=True)
class Covers:
    fields: dict[str, Field]
    pattern: re.Pattern[str]
    stamp: re.Pattern[str]
    code: re.Pattern[str]
    endings: re.Pattern[str]
    general: frozenset[str]
    title: re.Pattern[str]
    title_names: tuple[re.Pattern[str], ...]

    def labels(self, text: str) -> Iterator[Label]:
        """The labels of a text with their colons, in order."""
        told = False
        for found in self.pattern.finditer(text):
            name = fold_label(found.group("label"))
            before = text[: found.start()]
            # 单位：永兴镇人民政府填表人：宋佳: a scan has lost the blanks between them
            glued = len(name) >= 4 or (
                told and (name == "电话" or (len(name) == 3 and name[0] in "填联经制"))
            )
            free = not before or not re.match(r"[\u3400-\u9fffA-Za-z]", before[-1]) or glued
            bare = text[found.end() - 1] not in ":："
            if bare and (
                len(name) < APART or before.rstrip(" \t\u3000") == before != "" or len(text) > COVER_LINE
            ):
                continue  # 填表日期　2024/4/20: a gap in place of the colon, behind a label that stands apart
            if free and name in self.fields:
                told = True
                yield Label(self.fields[name], found.start(), found.end(), len(name) <= 2)


@cache
def covers() -> Covers:
    data = tomllib.loads((Path(__file__).with_name("data") / "cover.toml").read_text("utf8"))
    fields: dict[str, Field] = {}
    labels: list[str] = []
    for row in data["field"]:
        named = [f"{label}名称" for label in row["labels"] if label.endswith(("单位", "部门"))]
        for label in (*row["labels"], *(named if row["concept"] == "department" else ())):
            fields.setdefault(_squeeze(label), Field(row["concept"], row["rank"]))
            fields.setdefault(_bare(label), Field(row["concept"], row["rank"]))
            labels.append(_squeeze(label))
    longest = sorted(set(labels), key=len, reverse=True)
    spaced = "|".join(r"[ \t\u3000]*".join(re.escape(c) for c in label) for label in longest)
    names = data["names"]
    return Covers(
        fields,
        re.compile(
            rf"(?P<label>{spaced})(?:\s*[（(【\[][^（()）\]】]{{0,12}}[）)\]】])*[ \t\u3000]*(?:[:：]|(?<=[ \t\u3000]))"
        ),
        re.compile(names["stamps"]),
        re.compile(names["code"]),
        re.compile(f"(?:{names['endings']})(?:[（(][^（()）]{{1,12}}[）)])?$"),
        frozenset(names["general"]),
        re.compile(data["title"]["name"]),
        (re.compile(data["title"]["before"]), re.compile(data["title"]["after"])),
    )


@cache
def bare_person() -> re.Pattern[str]:
    """A preparer's label with the name behind it, no colon between: 撰稿人卓一鸣 · 经办 卓一鸣."""
    known = covers().fields.items()
    labels = sorted((name for name, field in known if field.concept == "preparer"), key=len, reverse=True)
    glued = "|".join(re.escape(label) for label in labels if label.endswith(("人", "员")))
    apart = "|".join(re.escape(label) for label in labels)
    return re.compile(
        rf"(?:^|[\s，,；;（(])(?>(?:{glued})(?:[（(][^（()）]{{1,6}}[）)])?[ \u3000]?|(?:{apart})[ \u3000]{{1,2}})"
        r"(?P<name>[\u3400-\u9fff](?:[ \u3000]?[\u3400-\u9fff]){1,2})(?=[\s，,；;、（()）]|电话|联系|手机|座机|\d|$)"
    )


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000:：_＿]+", "", text)


def _bare(text: str) -> str:
    return re.sub(r"[（(【\[〔][^（()）\]】〕]*[）)\]】〕]?", "", _squeeze(text))


def fold_label(text: str) -> str:
    """A label without spaces, colon and notes in brackets, unless the brackets belong to it.

    >>> fold_label("填 报 单 位（公章）：")
    '填报单位'
    """
    squeezed = _squeeze(text)
    return squeezed if squeezed in covers().fields else _bare(text)


def tidy(text: str) -> str:
    """What a value's place holds without stamps, rules and spaces; "" where it is still blank."""
    return re.sub(r"[\s\u3000_＿:：]+", "", covers().stamp.sub("", text))


def is_name(text: str) -> bool:
    """Whether a text looks like the name of a department or unit.

    >>> is_name("惠东县工商业联合会"), is_name("万元")
    (True, False)
    """
    plain = _squeeze(text)
    return (
        3 <= len(plain) <= 40
        and bool(covers().endings.search(plain))
        and not re.search(r"[。；，？！《》]", plain)
    )


def name_of(text: str, strict: bool = False) -> tuple[int, int] | None:
    """Where a department's name stands in a value: without stamps, codes, rules, notes behind a gap.

    With `strict` it must end as such names do. None where nothing is left.
    """
    start, end = 0, len(text)
    if note := re.search(
        r"[（(](?:原|以下简称|下称|简称|曾用名|[^（）()]{0,8}(?:代码|编码)|20\d\d年?度?[）)])", text
    ):
        end = note.start()
    if enclosed := re.fullmatch(
        r"\s*(?:[（(【]|[-—]{1,3})\s*([^（）()【】]+?)\s*(?:[）)】])?\s*", text[:end]
    ):
        start, end = enclosed.span(1)
    while True:
        before = (start, end)
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(" \t\u3000\n_＿:：-—·"))
        end -= len(piece) - len(piece.rstrip(" \t\u3000\n_＿;；。，,.、|｜/\\"))
        if end <= start:
            return None
        for found in covers().stamp.finditer(text, start, end):
            if found.start() == start:
                start = found.end()
            else:
                end = min(end, found.start())
        for found in covers().code.finditer(text[start:end]):
            if found.start() == 0:
                start += found.end()
            else:
                end = start + found.start()
            break
        gap = re.search(r"\n|[ \t\u3000_＿]{3,}", text[start:end])
        if gap and is_name(text[start : start + gap.start()]):
            end = start + gap.start()
        if (start, end) == before:
            break
    if (opened := re.search(r"[（(][^（）()]*$", text[start:end])) and opened.start() > 2:
        end = start + opened.start()  # 青河县民政局（部门 before the label 预算代码
    name = _squeeze(text[start:end])
    if not 2 <= len(name) <= 50 or not re.search(r"[\u3400-\u9fff]{2}", name) or re.search(r"[。；？]", name):
        return None
    if re.fullmatch(r"(?:人民币)?[百千万亿]?元|个|%|分", name) or name in covers().general:
        return None
    if re.match(r"各(?:级|乡|镇|县|区|市|有关|相关|单位|部门|学校|村|街道|股|科|项目)", name):
        return None
    return (start, end) if is_name(name) or not strict else None
