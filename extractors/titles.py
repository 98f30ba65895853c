"""The title at the front of a line: where it ends, and whether text is glued to it."""

from __future__ import annotations

import re

from extractors.ordinals import number_of
from extractors.roles import JOINT, claims, fold, is_top

LABELLED = re.compile(r"[:：]\s*\S")
SENTENCE = re.compile(r"[。；！？]")
#: what may stand between a title and the text glued to it
GLUE = re.compile(r"[。：:；]|\s{1,}|——")

#: the number of a second heading in one line: 评价结论及建议（一）评价结论
INNER_NUMBER = re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)](?=[\u3400-\u9fff]{2})")

#: 5.履职效益（20分）得18分。 tells a score and heads nothing
SCORE_TOLD = re.compile(r"(?:自评|实际|实)?得(?:分[为是：:]?)?\s?\d{1,3}(?:\.\d{1,2})?\s?分$")

LONGEST_TITLE = 45


def title_of(rest: str, numbered: bool) -> tuple[str, int, bool] | None:
    """The title at the front of what follows a number: its text, its length, whether text follows."""
    text = rest.rstrip()
    lead = len(text) - len(text.lstrip())
    body = text[lead:]
    if not body:
        return None
    if numbered and (length := _run_on(body)) and length < len(body.rstrip("。：:；;.")):
        return body[:length], lead + length, True
    whole = body.rstrip("。：:；;.？?！!" if len(body) <= 20 else "。：:；;.")
    inner = INNER_NUMBER.search(whole)
    if inner and (is_sure(whole[: inner.start()]) or is_top(whole[: inner.start()])):
        return whole[: inner.start()].rstrip(), lead + len(whole[: inner.start()].rstrip()), True
    if len(whole) <= LONGEST_TITLE and not SENTENCE.search(whole) and not LABELLED.search(body):
        if SCORE_TOLD.search(whole) and body.endswith(("。", "；", ";")):
            return None
        spaced = re.match(r"(\S{2,20})[\s\u3000]+(?=\S{6,})", body)
        if not (spaced and is_sure(spaced.group(1)) and not is_sure(whole)):
            return whole, lead + len(whole), False
    for mark in GLUE.finditer(body[: LONGEST_TITLE + 2]):
        title = body[: mark.start()]
        if not title:
            continue
        if mark.group().isspace() and not is_sure(title):
            continue
        return title, lead + len(title), True
    return None


def is_sure(title: str) -> bool:
    found = claims(title)
    return bool(found) and found[0].weight >= JOINT - 0.2 and len(fold(title)) >= 4


def _run_on(body: str) -> int:
    """The length of a title with the text right behind it and no mark between: 预算执行情况2023年我局…"""
    for match in re.finditer(
        r"(?:情况|结论|问题|措施|目标|职能|职责|效益|任务|）|\))(?=[2２][0０]\d\d|我|本|截|经|为|一是|无)",
        body[:32],
    ):
        if is_sure(body[: match.end()]):
            return match.end()
    return 0


def is_known(line: str) -> bool:
    _, _, _, _, at = number_of(line)
    hit = title_of(line[at:], True)
    return hit is not None and (is_top(hit[0]) or bool(claims(hit[0])))
