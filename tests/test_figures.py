"""What each figure of a sentence is: a table of sentences with all the facts that they state."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from documents import document

from extractors.context import Context
from extractors.figures.prose import read_prose
from extractors.figures.proving.agreement import CONCEPTS
from extractors.tables.forms import TablesReading
from schema.report import DocumentKind, Fact, Section

SENTENCES = Path(__file__).with_name("sentences.txt")


@dataclass(frozen=True)
class Case:
    line: int
    text: str
    facts: tuple[str, ...]
    heading: str = ""
    role: str = ""
    kind: str = ""


def cases() -> list[Case]:
    """The blocks of sentences.txt."""
    found: list[Case] = []
    text: list[str] = []
    facts: list[str] = []
    heading = role = kind = ""
    start = 0
    for number, line in enumerate([*SENTENCES.read_text("utf8").splitlines(), ""], 1):
        if line.startswith("#"):
            heading = role = kind = ""
            continue
        if line.startswith("§"):
            heading, role, kind, *_ = [*line[1:].strip().split("|"), "", ""]
        elif line.startswith("="):
            facts.append(line[1:].strip())
        elif line.strip():
            start = start or number
            text.append(line)
        elif text:
            found.append(Case(start, "\n".join(text), tuple(facts), heading, role, kind))
            text, facts, start = [], [], 0
    return found


def context_of(case: Case) -> Context:
    heading = case.heading or "部门整体支出情况"
    made = document(heading, *case.text.split("\n"))
    last = len(made.blocks) - 1
    role = case.role or "spending"
    section = Section("1", 1, "", heading, role, None, 0, 0, len(heading), last, "")  # type: ignore[arg-type]
    kind: DocumentKind = "project_report" if case.kind == "project_report" else "department_report"
    return Context(made, (section,), kind, "青河县水务局", 2023)


def shown(fact: Fact) -> str:
    parts = [fact.concept, fact.value]
    if fact.stage:
        parts.append(f"@{fact.stage}")
    if fact.period not in (None, 2023):
        parts.append(f"/{fact.period}")
    if fact.subject:
        parts.append(f"#{fact.subject}")
    return " ".join(parts)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.line}:{case.text[:16]}")
def test_sentence(case: Case) -> None:
    context = context_of(case)
    facts = read_prose(context, TablesReading()).facts
    assert sorted(map(shown, facts)) == sorted(case.facts)
    for fact in facts:
        place = fact.evidence
        assert context.document.blocks[place.block].text[place.start : place.end] == place.text


def test_each_heading_of_a_report_on_several_projects_names_its_own() -> None:
    texts = (
        "青河县水务局2023年重点专项绩效自评报告",
        "二、专项之一：河道保洁", "本年额度86.40万元，用了84.20万元（97.45%）。",
        "三、专项之二：水质监测", "额度53.60万元，支出47.02万元，执行率87.72%。",
        "四、汇总", "项目支出全年预算140.00万元，实支131.22万元。",
    )  # fmt: skip
    made = document(*texts)
    parts = ((1, "专项之一", "河道保洁"), (3, "专项之二", "水质监测"), (5, "汇总", ""))
    sections = tuple(
        Section(str(n), 1, "", title, None, None, at, 0, at + 1, len(texts[at + 1]), text)
        for n, (at, title, text) in enumerate(parts, 1)
    )
    context = Context(made, sections, "project_report", "青河县水务局", 2023)
    facts = read_prose(context, TablesReading()).facts
    assert sorted(map(shown, facts)) == sorted((
        "project.budget 864000 #河道保洁", "project.spending 842000 #河道保洁", "project.rate 97.45 #河道保洁",
        "project.budget 536000 #水质监测", "project.spending 470200 #水质监测", "project.rate 87.72 #水质监测",
        "budget.project 1400000 @adjusted", "spending.project 1312200",
    ))  # fmt: skip


#: a project's report, and what was planned, spent and at what rate of all its money
WHOLES = [
    (
        "下达我县水库维修养护资金312.00万元，涉及小型水库78座。",
        "项目计划总投资395.00万元，其中中央财政资金312.00万元、县级配套83.00万元。",
        "截至2023年12月31日，累计支付368.72万元，其中中央资金312.00万元、县级资金56.72万元，资金执行率93.35%。",
        ("3950000", "3687200", "93.35"),
    ),
    (
        "2023年，我县共到位财政衔接资金16,842.00万元，其中：中央资金10,236.00万元、省级资金6,606.00万元。",
        "安排项目178个，其中产业发展类项目82个、资金10,105.20万元，占60.00%；基础设施类项目96个、资金6,736.80万元，占40.00%。",
        "截至2023年12月31日，已完工项目175个，支出资金16,258.34万元，支出进度96.53%。",
        ("168420000", "162583400", "96.53"),
    ),
]


@pytest.mark.parametrize("told", WHOLES, ids=lambda told: told[0][:12])
def test_the_whole_of_a_projects_money_is_told_from_its_parts(
    told: tuple[str, str, str, tuple[str, ...]],
) -> None:
    *texts, expected = told
    made = document("临江县水利局2023年水库维修养护项目支出绩效自评报告", *map(str, texts))
    context = Context(made, (), "project_report", "临江县水利局", 2023)
    facts = read_prose(context, TablesReading()).facts
    assert [(f.concept, f.value) for f in facts] == list(zip(CONCEPTS, expected, strict=True))


def test_there_are_enough_sentences() -> None:
    assert len(cases()) >= 150


def test_a_step_keeps_the_last_stated_digit() -> None:
    facts = read_prose(context_of(Case(0, "部门整体支出135.64万元。", ())), TablesReading()).facts
    assert facts[0].quantity is not None
    assert facts[0].quantity.step == Decimal(100)


def test_the_pipeline_can_be_kept_and_loaded(tmp_path: Path) -> None:
    import spacy

    from extractors.language import pipeline

    pipeline().to_disk(tmp_path)
    again = spacy.load(tmp_path)
    text = "基本支出1,234.56万元，执行率97.23%"
    kept, loaded = pipeline()(text), again(text)
    assert (
        [t.text for t in loaded]
        == [t.text for t in kept]
        == ["基本支出", "1,234.56万元", "，", "执行率", "97.23%"]
    )
    assert [s.label_ for s in loaded.spans["labels"]] == ["topic.basic", "aspect.rate"]
    assert [s.label_ for s in loaded.spans["figures"]] == ["money", "percent"]


def test_spacys_command_line_is_still_there() -> None:
    from spacy.cli.info import info

    import extractors.language  # noqa: F401

    assert callable(info)
    assert info.__module__ == "spacy.cli.info"
