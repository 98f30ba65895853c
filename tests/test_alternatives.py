"""Sentences and tables made from alternatives (benchmarks/alternatives.py): what they state, and how many are read right."""

from __future__ import annotations

import random

import pytest

from benchmarks.alternatives import attempts, made

#: the share of sentences that is read right; raise it as it gets better
FLOOR = 0.95


def test_a_sentence_states_its_labels() -> None:
    pattern = (
        "N1<预算|年初预算>[[80万元|project.budget #N1]]，比上年下降[[3%|change.rate - #spending.total]]。"
    )
    sentence = made(pattern, [f"甲{number}项目" for number in range(9)], random.Random(1))
    budget, change = sentence.stated
    assert sentence.text in {f"{budget.subject}{word}80万元，比上年下降3%。" for word in ("预算", "年初预算")}
    assert (budget.concept, budget.value, budget.period) == ("project.budget", "800000", 2023)
    assert (change.value, change.subject) == ("-3", "spending.total")


@pytest.mark.parametrize("kind", ["departments", "projects", "tables"])
def test_wordings_are_read(kind: str) -> None:
    tried = [attempt for _, each in attempts(kind, 3) for attempt in each]
    wrong = [sentence.text for sentence, missed, false in tried if missed or false]
    assert len(tried) > 40
    assert 1 - len(wrong) / len(tried) >= FLOOR, wrong
