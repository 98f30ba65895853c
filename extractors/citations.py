"""Regulations and notices cited under their document numbers: 《…办法》（财预〔2020〕10号）."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.context import Context
from schema.report import Citation

NUMBER = re.compile(
    r"""(?P<issuer>[\u3400-\u9fff]{1,14}?)\s*
        [〔\[（(【﹝［{]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]）)】﹞］}]\s*
        第?\s*(?P<serial>\d{1,5})\s*号""",
    re.VERBOSE,
)
TITLE_BEFORE = re.compile(
    r"《(?P<title>[^《》]{2,80}(?:《[^《》]{2,60}》[^《》]{0,20})?)》\s*(?:的通知)?\s*[（(\[]?\s*(?:[^（()）《》，。；]{0,12}?)$"
)
TITLE_AFTER = re.compile(
    r"^(?:文件?)?\s*[）)]?\s*(?:[，,、]?\s*(?:印发|下发|发布|关于印发|转发)?的?)?\s*《(?P<title>[^《》]{2,80}(?:《[^《》]{2,60}》[^《》]{0,20})?)》"
)
#: 冀财预〔2021〕24号（即前述绩效自评管理办法）
ALSO_CALLED = re.compile(
    r"\s*(?:文件?)?[（(](?:即|也就是|亦即|就是)(?:前述|上述|前文(?:所[述引])?|上文)?的?(?:那份)?《?(?P<title>[\u3400-\u9fff]{4,40}(?:办法|细则|规定|通知|意见|方案|条例|制度))》?[）)]"
)
#: words before an issuer's short name that are no part of it
LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|遵照|对照|参照|执行|印发|下发|转发|出台|制定|以及|文件|通知|办法|规定|精神|关于|严格按|经|和|与|及|的|由|以|按|见|号|》|据)"
)


def read_citations(context: Context) -> list[Citation]:
    """Every document number of the text with the title beside it, "" where it has none."""
    found: list[Citation] = []
    for block in context.document.body():
        if "号" not in block.text:
            continue
        for match in NUMBER.finditer(block.text):
            issuer = LEAD.sub("", match.group("issuer"))
            if not issuer:
                continue
            start = match.end("issuer") - len(issuer)
            number = f"{issuer}〔{match.group('year')}〕{match.group('serial').lstrip('0')}号"
            title = _title(block.text, start, match.end())
            found.append(Citation(title, number, context.evidence(block.index, start, match.end())))
    return _called_again(found)


def _called_again(cited: list[Citation]) -> list[Citation]:
    """The citations with a title cut short, （即前述绩效自评管理办法）, as the one title that ends so."""
    full: list[Citation] = []
    for one in cited:
        longer = {other.title for other in cited if one.title and other.title.endswith(one.title)}
        longer.discard(one.title)
        full.append(replace(one, title=longer.pop()) if len(longer) == 1 else one)
    return full


def _title(text: str, start: int, end: int) -> str:
    before = TITLE_BEFORE.search(text[max(0, start - 120) : start])
    if before and text[start - 1 : start] in "（([ 》 ":
        return re.sub(r"\s+", "", before.group("title"))
    after = TITLE_AFTER.match(text[end : end + 120]) or ALSO_CALLED.match(text, end)
    return re.sub(r"\s+", "", after.group("title")) if after else ""
