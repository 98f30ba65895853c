"""What a document says: facts with evidence, sections, indicators, claims. No judgement yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schema.document import Document, Ledger, Source
from schema.quantity import Quantity

DocumentKind = Literal["department_report", "department_table", "project_report", "project_table", "other"]
Role = Literal[
    "functions", "annual_work", "goals", "spending", "conclusion", "budgeting", "execution",
    "benefits", "problems", "improvements", "other",
]  # fmt: skip
Stage = Literal["initial", "adjusted"]
Grade = Literal["优", "良", "中", "低", "差"]

SENTENCE_ENDS = "。！？；\n"
#: the most characters that a context shows on either side of a value
CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Evidence:
    """The very characters that something was read from: blocks[block].text[start:end] == text."""

    block: int
    start: int
    end: int
    text: str
    page: int | None = None
    context: str = ""
    section: str | None = None  # Section.path
    table: int | None = None
    row: int | None = None


def evidence_at(document: Document, block: int, start: int, end: int, section: str | None = None) -> Evidence:
    """Evidence for blocks[block].text[start:end], with the sentence around it as context."""
    found = document.blocks[block]
    text = found.text
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"[{start}:{end}] lies outside block {block} of {len(text)} characters")
    left = max((text.rfind(mark, 0, start) for mark in SENTENCE_ENDS), default=-1) + 1
    ends = [at for mark in SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    right = min(ends) + 1 if ends else len(text)
    left, right = max(left, start - CONTEXT), min(right, end + CONTEXT)
    return Evidence(
        block, start, end, text[start:end], found.page, text[left:right], section, found.table, found.row
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one concept of the catalogue. A value stated twice is two facts.

    Numbers have a `quantity` (money in yuan, rates in percent), all else a `text` (a date as ISO
    8601, a grade as one of 优 良 中 低 差): exactly one of the two.
    """

    concept: str
    evidence: Evidence
    quantity: Quantity | None = None
    text: str | None = None
    subject: str | None = None
    period: int | None = None
    stage: Stage | None = None
    confidence: float = 1.0
    corrected_by: str | None = None  # the reviewer whose value this is; None = as read

    def __post_init__(self) -> None:
        if (self.quantity is None) == (self.text is None):
            raise ValueError(f"{self.concept}: a fact has a quantity or a text, and not both")

    @property
    def value(self) -> str:
        """The value as the public interface writes it: no exponent, no trailing zeros."""
        if self.quantity is None:
            return self.text or ""
        plain = f"{self.quantity.value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain

    @property
    def number(self) -> Decimal:
        """The figure. Raises ValueError where the fact is a text."""
        if self.quantity is None:
            raise ValueError(f"{self.concept} holds text")
        return self.quantity.value


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of the same or a higher level."""

    path: str  # "1.2": the position in the outline as understood, not as numbered
    level: int
    number: str  # as written or as Word shows it: "（二）"; "" where there is none
    title: str
    role: Role | None
    page: int | None
    block: int  # the heading's block
    start: int  # the heading's characters in it (a heading may be glued to its paragraph)
    end: int
    last_block: int  # the last block that belongs to the section, subsections included
    text: str  # the prose under the heading, subsections included, blocks divided by "\n"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of an indicator table, as written. None = the table has no such column or the cell is
    empty; weight and score are numbers, or None where the cell holds no number."""

    name: str
    evidence: Evidence  # of the name's cell
    group: str | None = None  # 一级指标
    subgroup: str | None = None  # 二级指标
    target: str | None = None
    actual: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    #: field name -> evidence of its cell, for each cell that exists, empty ones too; "criterion" is its scoring standard's
    cells: dict[str, Evidence] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A row or merged cell of an indicator table that speaks for others: a group's weight and score, or the total."""

    name: str  # the group's name, or 总分 / 合计
    evidence: Evidence
    weight: Decimal | None = None
    score: Decimal | None = None
    rows: tuple[int, ...] = ()  # indices into IndicatorTable.rows; for a total all of them
    weight_evidence: Evidence | None = None
    score_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class FundsRow:
    """A row of a project form's funds block: 年度资金总额, 当年财政拨款, 上年结转, 其他资金.

    Money in yuan, the rate in percent, as stated; None where the cell is blank or absent.
    """

    name: str
    evidence: Evidence
    initial: Quantity | None = None  # 年初预算数
    budget: Quantity | None = None  # 全年预算数 (A)
    spending: Quantity | None = None  # 全年执行数 (B)
    rate: Quantity | None = None  # 执行率 (B/A), percent
    weight: Decimal | None = None
    score: Decimal | None = None
    cells: dict[str, Evidence] | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """An indicator table (or score sheet) whole: rows, subtotals, the total and the funds rows that
    belong to the same form."""

    table: int  # index into Document.tables
    fields: tuple[str, ...]  # the columns it has: target, actual, weight, score, reason
    rows: tuple[Indicator, ...]
    groups: tuple[Tally, ...] = ()
    total: Tally | None = None
    funds: tuple[FundsRow, ...] = ()
    subject: str | None = None  # the project's name, None for the whole department
    full: Decimal | None = None  # stated full marks
    notes: tuple[str, ...] = ()  # its rows for other matters, and the notes below it: 注：…


RemarkKind = Literal[
    "good_execution",  # 执行情况较好, 严格按预算执行, 差异不大
    "completed",  # 全部完成, 完成率100% in words
    "no_problems",  # 无问题, 不存在问题
    "saved",  # 节约, 压减
    "grew",
    "fell",
    "reason",  # 主要原因是…, 由于…: why something deviates
    "epidemic",  # 受疫情影响
    "further_part",  # 其他支出400万元 in a list of a total's parts; about = the total's concept
    "fund",  # 政府性基金预算支出420.00万元, an amount told of another fund than 一般公共预算
    "residue",  # a placeholder or instruction of the template left in the text
    "malformed",  # a figure that cannot be read: 7,00.0,77
    "department",  # the text names a department as the reporting one; about = its name
    "year",  # the text names a fiscal year as its own; about = the year, place in `where`
]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said in prose that a rule weighs against figures or against other remarks."""

    kind: RemarkKind
    evidence: Evidence
    about: str | None = None  # a concept ("rate.total"), a name, a year: see RemarkKind
    subject: str | None = None  # the project or item that it speaks of
    period: int | None = None
    where: Literal["title", "cover", "body", "table"] | None = None
    #: the sentence that holds it, as offsets in its block
    sentence: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Citation:
    """A regulation or notice under its document number: 《…办法》（财预〔2020〕10号）."""

    title: str
    number: str  # normalised: 财预〔2020〕10号
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Listing:
    """A stated number of items with the items listed right after it: 3个项目：A、B、C."""

    noun: str
    stated: int
    items: tuple[str, ...]
    evidence: Evidence  # of the stated number
    list_evidence: Evidence


@dataclass(frozen=True, slots=True)
class ProjectList:
    """A list of single projects that the report calls complete (or a table with 合计)."""

    total: Fact | None  # the stated sum, None where only spending.project can be compared
    parts: tuple[Fact, ...]
    concept: Literal["project.budget", "project.spending"]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Band:
    """A grade's band of points as the report itself states it: 90分（含）以上为优."""

    grade: Grade
    low: Decimal | None
    high: Decimal | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many numbers the text holds, how many something explains, and where the others stand."""

    numbers: int
    explained: int
    unexplained: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that was understood of one document."""

    source: Source
    kind: DocumentKind
    department: str | None
    fiscal_year: int | None
    ledger: Ledger
    coverage: Coverage
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[IndicatorTable, ...] = ()
    remarks: tuple[Remark, ...] = ()
    citations: tuple[Citation, ...] = ()
    listings: tuple[Listing, ...] = ()
    project_lists: tuple[ProjectList, ...] = ()
    bands: tuple[Band, ...] = ()
    #: what the one project of a project's report is called, the first name in its title
    called: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(row for table in self.tables for row in table.rows)
