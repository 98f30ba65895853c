"""What the prose claims: praise of execution, completion, growth, reasons, each bound to what it
speaks of. Denials, wishes, duties, quoted rules and praise that is taken back are no claims.

Wordings are in data/claims.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.context import Context
from extractors.roles import SAME, claims
from schema.document import Block
from schema.report import SENTENCE_ENDS, Remark, RemarkKind, Section

CLAUSE_ENDS = "，,；;。！？\n（）()：:"
SENTENCE = re.compile(f"[^{SENTENCE_ENDS}]+[{SENTENCE_ENDS}]?")
YEAR = re.compile(r"(?<!\d)([2２][0０]\d\d)\s*年")
#: a sentence of rates or money, the only ones whose reasons matter
FIGURES = re.compile(r"支出|预算|执行|资金|进度|经费|指标|目标|结余|率|偏差|得分|扣分|未完成")
#: 实际花销同年初盘算差异不大: praise of a project's money, named by everyday words
SPENT = re.compile(r"花销|开销|花费|开支|用款|支出|资金|款项")
ITEM = re.compile(r"[“《]?(?P<name>[\u3400-\u9fffA-Za-z0-9（）]{3,24}?(?:项目|经费|工程|专项|资金))[”》]?")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a claim may be about, and the words that say so."""

    concept: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    about: tuple[Topic, ...]
    change: tuple[Topic, ...]
    claims: dict[RemarkKind, re.Pattern[str]]
    any: re.Pattern[str]  # a cheap first look: no claim of any kind without one of these
    denied: re.Pattern[str]
    inverted: re.Pattern[str]
    undone: re.Pattern[str]
    wished: re.Pattern[str]
    conceded: re.Pattern[str]
    quoted: re.Pattern[str]
    foreign: re.Pattern[str]
    prior: re.Pattern[str]
    future: frozenset[str]


@cache
def words() -> Words:
    data = tomllib.loads((Path(__file__).with_name("data") / "claims.toml").read_text("utf8"))
    moods = data["moods"]
    claims = {kind: re.compile("|".join(f"(?:{p})" for p in rows)) for kind, rows in data["claims"].items()}
    return Words(
        tuple(Topic(row["concept"], re.compile(row["pattern"])) for row in data["about"]),
        tuple(Topic(row["concept"], re.compile(row["pattern"])) for row in data["change"]),
        claims,
        re.compile("执行|严格|差异|偏差|差距|差额|出入|完成|实现|达成|达标|支付|使用|拨付|问题|现象|节|压|增|提高|上|下|减|降|少支|多支|因|受|致|鉴|由于|缘|主要|未|推迟|延期|顺延|跨年|疫情|新冠"),
        re.compile(moods["denied"]),
        re.compile(moods["inverted"]),
        re.compile(moods["undone"]),
        re.compile(moods["wished"]),
        re.compile(moods["conceded"]),
        re.compile(moods["quoted"]),
        re.compile(moods["foreign"]),
        re.compile(data["years"]["prior"]),
        frozenset(moods["future"]),
    )  # fmt: skip


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text as offsets, their ends included.

    >>> list(sentences("甲。乙；"))
    [(0, 2), (2, 4)]
    """
    for found in SENTENCE.finditer(text):
        if found.group().strip():
            yield found.start(), found.end()


def read_claims(context: Context) -> list[Remark]:
    """Every claim of the prose, in reading order."""
    headings = {(section.block, section.start): section.end for section in context.sections}
    found: list[Remark] = []
    for block in context.document.body():
        if block.kind == "cell" and len(block.text) < 12:
            continue
        skip = max((end for (at, _), end in headings.items() if at == block.index), default=0)
        before = ""
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if end > skip and words().any.search(sentence):
                found += _of_sentence(context, block, start, end, before)
            before = sentence
    return found


def _of_sentence(context: Context, block: Block, start: int, end: int, before: str) -> Iterator[Remark]:
    sentence = block.text[start:end]
    section = context.section_at(block.index, start)
    role = _role(context, section)
    taken: list[tuple[int, int]] = []
    for kind, pattern in words().claims.items():
        for found in pattern.finditer(sentence):
            if kind == "completed" and any(a < found.end() and found.start() < b for a, b in taken):
                continue  # 圆满完成预算执行 is praise of execution already
            remark = _remark(context, block, (start, end), found, kind, role, before)
            if remark is None:
                continue
            if kind == "good_execution":
                taken.append(found.span())
            yield remark


def _remark(
    context: Context, block: Block, span: tuple[int, int], found: re.Match[str], kind: RemarkKind,
    role: str | None, before: str,
) -> Remark | None:  # fmt: skip
    start, end = span
    sentence = block.text[start:end]
    if not _meant(sentence, found, kind, role):
        return None
    about = _about(sentence, found, kind, role, before)
    if kind in ("grew", "fell", "saved") and about is None:
        return None
    if kind == "reason" and not FIGURES.search(sentence + before):
        return None
    subject = _subject(sentence, found) if kind in ("good_execution", "completed", "reason") else None
    praised = about is None and kind == "good_execution" and SPENT.search(sentence[: found.start()])
    whole = praised or about in ("rate.total", "rate.project", "rate.basic")
    if context.kind.startswith("project") and whole:
        about = "project.rate"
    return Remark(
        kind,
        context.evidence(block.index, start + found.start(), start + found.end()),
        about,
        subject,
        _period(context, sentence, found),
        "table" if block.kind == "cell" else "body",
        span,
    )


def _role(context: Context, section: Section | None) -> str | None:
    """The role of the section or of the nearest one above it."""
    if section is None:
        return None
    if section.role:
        return section.role
    said = claims(section.title)
    if said and said[0].weight >= SAME:
        return said[0].role
    above = [s for s in context.sections if s.role and section.path.startswith(s.path + ".")]
    return above[-1].role if above else None


def clause_at(sentence: str, at: int) -> tuple[int, int]:
    """The clause that holds a place of its sentence.

    >>> clause_at("预算执行较好，差异不大。", 8)
    (7, 11)
    """
    left = max(sentence.rfind(mark, 0, at) for mark in CLAUSE_ENDS) + 1
    ends = [found for mark in CLAUSE_ENDS if (found := sentence.find(mark, at)) >= 0]
    return left, min(ends, default=len(sentence))


#: claims that a mood can undo; reasons and changes are said even of what is wished
PRAISE = ("good_execution", "completed", "no_problems")


def _meant(sentence: str, found: re.Match[str], kind: RemarkKind, role: str | None) -> bool:
    """Whether the words are the report's own statement of what happened."""
    left, _ = clause_at(sentence, found.start())
    ahead, behind = sentence[left : found.start()], sentence[found.end() :]
    if _in_title(sentence, found.start()):
        return False
    if kind == "epidemic":
        return _blamed(sentence, found)
    if kind == "reason":
        return role not in ("functions", "goals", "annual_work")
    if kind not in PRAISE:
        return not words().denied.search(ahead) and not _hoped(sentence, found) and role not in words().future
    if role in words().future or words().quoted.search(sentence):
        return False
    if words().denied.search(ahead) or words().undone.search(behind) or _hoped(sentence, found):
        return False
    if kind != "no_problems" and (
        words().inverted.search(found.group()) or words().wished.search(found.group())
    ):
        return False
    if kind == "no_problems":
        return "是否" not in sentence
    if kind == "good_execution" and (
        words().foreign.search(found.group())
        or words().foreign.search(ahead[-8:])
        or _elsewhere(ahead, role, found)
    ):
        return False
    return not words().conceded.search(sentence)


def _elsewhere(ahead: str, role: str | None, found: re.Match[str]) -> bool:
    """执行情况较好 with no word of money anywhere near, outside the sections of money."""
    money = re.compile("预算|支出|资金|经费|执行率|收支|差异|偏差|差距|差额|出入")
    return not money.search(found.group() + ahead) and role not in ("execution", "spending", "budgeting")


def _hoped(sentence: str, found: re.Match[str]) -> bool:
    """A wish or a duty in the claim's own clause before it, or one that governs the whole sentence."""
    left, _ = clause_at(sentence, found.start())
    if words().wished.search(sentence[left : found.start()]):
        return True
    return bool(
        re.match(
            r"\s*(?:[一二三四五六七八九十]是|（?[一二三四五六七八九十\d]+[、.）)])?\s*(?:下一步|今后|下一年|下年|20\d\d年(?:，)?(?:将|计划)|力争|争取|要(?!求)|继续|进一步|建议|拟)",
            sentence,
        )
    )


def _in_title(sentence: str, at: int) -> bool:
    return sentence.rfind("《", 0, at) > sentence.rfind("》", 0, at)


def _blamed(sentence: str, found: re.Match[str]) -> bool:
    """Whether an epidemic of people is given as the cause."""
    near = sentence[max(0, found.start() - 8) : found.end() + 4]
    if re.search(
        "猪瘟|禽流感|动物|畜禽|病虫|口蹄疫|克服|不受|未受|消除|应对|抗击|战胜|做好|减少|降低|松材线虫", near
    ):
        return False
    return bool(
        re.search("影响|原因|冲击|管控|封控|导致|造成|限制|反复|^(?:受|因|由于|鉴于)", found.group())
    ) and not (
        re.search(
            "防控(?:工作|经费|物资|资金|任务|需要|政策|支出|投入|力度)",
            sentence[found.start() : found.end() + 4],
        )
    )


def _about(
    sentence: str, found: re.Match[str], kind: RemarkKind, role: str | None, before: str
) -> str | None:
    """The concept that the claim's clause names, else the nearest clause before it in the sentence."""
    topics = words().change if kind in ("grew", "fell", "saved") else words().about
    left, right = clause_at(sentence, found.start())
    if kind in ("grew", "fell") and OF_THINGS.search(sentence[left : found.start()]):
        return None
    right = max(right, found.end())
    while True:
        clause = sentence[left:right]
        if topic := _nearest(topics, clause):
            if topic == "rate.total" and kind in ("good_execution", "completed"):
                return _part_of(sentence[:left], clause) or topic
            if topic == "spending.total" and not WHOLE_SPENT.search(clause):
                return _narrower(topics, sentence[:left]) or topic
            return topic
        if left == 0:
            break
        left, right = clause_at(sentence, left - 2)[0] if left > 1 else 0, left
    if kind in ("reason", "epidemic"):  # 因甲，项目支出进度较慢: the effect may follow its reason
        topic = _nearest(topics, sentence[found.end() :]) or _nearest(topics, before)
        if topic:
            return topic
    if kind in ("good_execution", "reason", "completed") and role in ("execution", "spending", "budgeting"):
        return "rate.total"
    return None


#: 深翻作业面积减少: what grew or fell is not the department's money
OF_THINGS = re.compile(
    r"(?:面积|人数|人次|次数|批次|数量|件数|户数|(?:工作|业务|任务)量|案件数?|事故|投诉|学生|人口|场次)[^，。；]{0,4}$"
)
WHOLE_SPENT = re.compile(r"总支出|支出(?:总额|合计|总计|决算|规模)|(?:整体|全年|本年|部门|财政)支出")


def _narrower(topics: tuple[Topic, ...], ahead: str) -> str | None:
    """What a bare 支出 is of, where the sentence has named it: “三公”经费预算1万元，支出0.74万元，略有减少."""
    for clause in reversed(re.split("[，,；;：:]", ahead)):
        named = _nearest(topics, clause)
        if named and named not in ("spending.total", "budget.total"):
            return named
    return None


#: words of the whole, which no part before them takes
WHOLE = re.compile(
    r"整体|总体|总的|部门预算|全年预算|年初预算|合计|总额|总计|(?<!基本)(?<!项目)(?<!经费)支出(?!执行|进度|预算执行)"
)
PARTS = {"rate.basic": re.compile("基本支出"), "rate.project": re.compile("项目支出")}


def _part_of(ahead: str, clause: str) -> str | None:
    """The one part that a bare 执行情况良好 speaks of: 其中基本支出…万元，执行率98%，执行情况良好."""
    if WHOLE.search(clause):
        return None
    last = {concept: max((m.start() for m in p.finditer(ahead)), default=-1) for concept, p in PARTS.items()}
    named = [concept for concept, at in last.items() if at >= 0]
    if len(named) != 1:
        return None  # both parts: the praise is of all that was listed
    after = ahead[last[named[0]] + 4 :]
    return None if WHOLE.search(after) else named[0]


def _nearest(topics: tuple[Topic, ...], clause: str) -> str | None:
    """The first topic in the list that the clause names; parts come before the whole."""
    return next((topic.concept for topic in topics if topic.pattern.search(clause)), None)


def _subject(sentence: str, found: re.Match[str]) -> str | None:
    """A single project named in the claim's clause."""
    left, _ = clause_at(sentence, found.start())
    named = ITEM.search(sentence, left, found.end())
    if named is None or re.match(
        r"(?:各|全部|所有|本|该|单位|部门|\d+个|年度|财政|专项|的|其他|项目|业务).{0,4}$|.*(?:各|所有|全部|年度)项目$",
        named.group("name"),
    ):
        return None
    name = re.sub(r"^(?:20\d\d年度?|其中|我单位|我局|本单位)+", "", named.group("name"))
    return name if len(name) > 3 and not re.search("基本支出|项目支出|预算|执行", name) else None


def _period(context: Context, sentence: str, found: re.Match[str]) -> int | None:
    """The year that the claim's clause, or the sentence before it, names."""
    years = [int(year.group(1)) for year in YEAR.finditer(sentence, 0, found.end())]
    left, _ = clause_at(sentence, found.start())
    if words().prior.search(sentence[left : found.start()]) and not re.search(
        "比|较", sentence[left : found.start()]
    ):
        return context.fiscal_year - 1 if context.fiscal_year else None
    own = [year for year in years if not re.search(rf"(?:比|较|与)\s*{year}", sentence)]
    return own[-1] if own else context.fiscal_year
