"""The second reader: what it may change, what it may not, and that its weights are of the catalogue."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from documents import document

from benchmarks import learn
from extractors.figures.opinion import (
    DOUBTED,
    NONE,
    RULES_ONLY,
    SETTLED,
    Weights,
    label,
    second_opinion,
    weigh,
    weights,
)
from extractors.figures.traits import Place, traits
from extractors.intake import read_document
from extractors.understanding import understand
from schema.catalogue import BY_ID
from schema.rules.doubts import UNSURE

FIXTURES = Path(__file__).parent.parent / "fixtures"


def heard(*paragraphs: str) -> list[learn.Paragraph]:
    """What the rules alone say of a department's paragraphs."""
    made = document("青河县水务局2023年度部门整体支出绩效自评报告", "一、部门整体支出情况", *paragraphs)
    return learn.listened(made)


def place_of(text: str, figure: str) -> Place:
    """A figure of a sentence, by its characters."""
    for paragraph in heard(text):
        for place in paragraph.places():
            if text[place.figure.start : place.figure.end] == figure:
                return place
    raise AssertionError(f"no {figure} in {text}")


def test_labels_are_of_the_catalogue() -> None:
    for said in weights().labels:
        concept, _, stage = said.partition("@")
        assert said == NONE or concept in BY_ID, said
        assert stage in ("", "initial", "adjusted"), said


@pytest.mark.parametrize(
    ("text", "figure", "said"),
    [
        ("差旅费年初预算18万元，支出15万元，执行率83.33%。", "18万元", "budget.total"),
        ("差旅费年初预算18万元，支出15万元，执行率83.33%。", "83.33%", "rate.total"),
        ("日常公用经费预算80万元，支出78万元。", "78万元", "spending.total"),
        ("基本支出年初预算760万元，决算732.14万元。", "732.14万元", "spending.total"),
        ("培训费预算9万元，支出6.72万元，“三公”经费另列。", "9万元", "three_public.budget"),
        ("年末结余54万元，其中：基本支出结转12万元。", "12万元", "budget.basic@initial"),
    ],
)
def test_it_makes_no_whole_of_what_the_sentence_names(text: str, figure: str, said: str) -> None:
    place = place_of(text, figure)
    before = label(place.decision)
    assert label(weigh(place, {before: 0.01, said: 0.99})) == before


def test_a_sure_reader_finds_what_no_rule_does() -> None:
    place = place_of("甲为412.50万元。", "412.50万元")
    assert label(place.decision) == NONE
    revised = weigh(place, {NONE: 0.1, "spending.total": 0.9})
    assert (revised.concept, revised.period, revised.quantity) == (
        "spending.total", 2023, place.figure.quantity,
    )  # fmt: skip
    assert revised.confidence < UNSURE  # no finding rests on it alone


@pytest.mark.parametrize(
    ("likely", "becomes"),
    [
        ({NONE: 0.1, "spending.total": 0.05, "budget.total": 0.85}, "budget.total"),  # another concept
        ({NONE: 0.3, "spending.total": 0.2, "budget.total": 0.5}, "spending.total"),  # not sure enough
        ({NONE: 0.9, "spending.total": 0.1}, "spending.total"),  # what was found is seldom nothing
        ({NONE: 0.99, "spending.total": 0.01}, NONE),
        ({"spending.total": 0.04, "share": 0.96}, "spending.total"),  # a share of what?
        ({"spending.total": 0.04, "project.spending": 0.96}, "spending.total"),  # of which project?
    ],
)
def test_what_it_may_change(likely: dict[str, float], becomes: str) -> None:
    place = place_of("2023年部门整体支出412.50万元。", "412.50万元")
    assert label(place.decision) == "spending.total"
    assert label(weigh(place, likely)) == becomes


def test_a_reading_that_it_finds_unlikely_is_doubted() -> None:
    place = place_of("2023年部门整体支出412.50万元。", "412.50万元")
    assert weigh(place, {NONE: 0.4, "spending.total": 0.6}).confidence == DOUBTED
    assert weigh(place, {NONE: 0.2, "spending.total": 0.8}) is place.decision
    strange = {NONE: 0.2, "spending.total": 0.2, **{f"label{n}": 0.1 for n in range(6)}}
    assert weigh(place, strange) is place.decision  # it has never seen the like


def test_what_the_words_themselves_say_stands() -> None:
    place = place_of("“三公”经费全年预算数12万元。", "12万元")
    assert label(place.decision) == "three_public.budget@adjusted"
    assert weigh(place, {"three_public.budget": 0.98, "three_public.budget@adjusted": 0.01}) is place.decision
    place = place_of("截至6月底，支出进度为48.20%。", "48.20%")
    assert place.decision.reason in SETTLED
    assert weigh(place, {"rate.total": 0.98, NONE: 0.01}) is place.decision


def test_a_row_tells_each_part_once() -> None:
    told = "全年预算数600万元，由基本支出240万元和项目支出360万元组成，执行比例依次为97.1%、99.3%、95.6%。"
    place = place_of(told, "97.1%")
    assert label(place.decision) == "rate.total"
    assert label(weigh(place, {"rate.basic": 0.95, "rate.total": 0.01})) == "rate.total"


def test_shares_and_changes_are_left_to_the_rules() -> None:
    place = place_of("部门整体支出412.50万元，较上年增加20.10万元。", "20.10万元")
    assert place.decision.concept == "change.amount"
    assert weigh(place, {"change.amount": 0.0, NONE: 1.0}) is place.decision
    assert RULES_ONLY == ("share", "change")


def test_a_trait_never_seen_weighs_nothing() -> None:
    blind = Weights(("none", "share"), {}, np.zeros((0, 2), np.float32), np.zeros(2, np.float32))
    assert blind.probabilities({1}) == {"none": 0.5, "share": 0.5}


def test_traits_tell_sums_and_ratios() -> None:
    text = "全年支出500万元，其中基本支出300万元、项目支出200万元，基本支出占60%。"
    said = {text[p.figure.start : p.figure.end]: set(traits(p)) for q in heard(text) for p in q.places()}
    assert "whole2" in said["500万元"]
    assert "part" in said["300万元"]
    assert "ratio" in said["60%"]


def test_it_reads_more_of_what_nobody_tuned_on() -> None:
    """On fixtures/unseen, from which it never learns, it finds no less than it loses."""
    lost = gained = 0
    for truth, path in learn.documents([FIXTURES / "unseen"], frozenset()):
        made = read_document(path)
        wanted = {(f["concept"], Decimal(f["value"])) for f in truth["facts"] if _is_number(f["value"])}
        alone, both = (
            {(f.concept, f.quantity.value) for f in understand(made, opinion).facts if f.quantity} & wanted
            for opinion in (learn.as_told, second_opinion)
        )
        lost, gained = lost + len(alone - both), gained + len(both - alone)
    assert gained >= lost


def _is_number(value: str) -> bool:
    return value.replace(".", "").removeprefix("-").isdigit()


def test_it_learns_from_labelled_documents(tmp_path: Path) -> None:
    """What it was taught it knows, from the file that it wrote."""
    lessons = list(learn.lessons([FIXTURES / "unseen"], frozenset()))[:120]
    arrays = learn.teach(lessons)
    np.savez_compressed(tmp_path / "opinion.npz", **arrays)
    learned = weights(tmp_path / "opinion.npz")
    assert set(learned.labels) == {answer for _, answer in lessons}
    likely = [(learned.probabilities(found), answer) for found, answer in lessons]
    right = [answer for odds, answer in likely if max(odds, key=odds.__getitem__) == answer]
    assert len(right) >= 0.95 * len(lessons)
