"""Posts of one kind alone are all posts."""

from __future__ import annotations

from documents import document

from extractors.understanding import understand

TITLE = "青禾县档案馆2023年度部门整体支出绩效自评报告"


def posts(sentence: str) -> list[tuple[str, str]]:
    report = understand(document(TITLE, "一、部门概况", sentence))
    return [(f.concept, f.value) for f in report.facts if f.concept.startswith("staff.authorized")]


def test_posts_of_one_kind_are_all_posts() -> None:
    told = posts("核定事业编制38名，年末实有36人，离退休22人。")
    assert told == [("staff.authorized.institution", "38"), ("staff.authorized", "38")]


def test_so_are_those_of_the_police_and_the_courts() -> None:
    told = posts("政法专项编制71名，实有68人；退休26人。")
    assert told == [("staff.authorized.admin", "71"), ("staff.authorized", "71")]
    assert posts("核定行政编制21名，实有20人。") == [("staff.authorized.admin", "21")]


def test_but_not_where_others_are_told() -> None:
    told = posts("核定行政编制12名、事业编制38名，年末实有48人。")
    assert told == [("staff.authorized.admin", "12"), ("staff.authorized.institution", "38")]
