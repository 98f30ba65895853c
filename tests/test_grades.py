"""The bands of a scale, in the wordings in which reports quote them."""

from __future__ import annotations

import pytest

from extractors.grades import bands_in

#: the same scale, 优 from 95, 良 from 85, 中 from 70, in the words of many reports
WORDINGS = [
    "[95,100]为优、[85,95)为良、[70,85)为中、70分以下为差",
    "优[95,100]、良[85,95)、中[70,85)、差[0,70)",
    "评价等级分为优（95≤S≤100）、良（85≤S＜95）、中（70≤S＜85）、差（S＜70）四档",
    "95分及其以上为优秀，85分及其以上不足95分为良好，70分及其以上不足85分为合格，70分以下为不合格",
    "得分95分以上（含95分）的为优，85分（含）—95分的为良，70分（含）—85分的为中，70分以下的为差",
    "得分≥95为优，95＞得分≥85为良，85＞得分≥70为中，得分＜70为差",
    "优：95分及以上；良：85分至95分（不含）；中：70分至85分（不含）；差：70分以下",
    "95—100分对应“优”，85—94分对应“良”，70—84分对应“中”，70分以下对应“差”",
    "总分95分以上评优，85分以上评良，70分以上评中，70分以下评差",
    "综合得分达到95分定为优，达到85分定为良，达到70分定为中，不到70分定为差",
    "95（含）分以上优、85（含）-95分良、70（含）-85分中、70分以下差",
    "优（95分及以上）、良（85分及以上、95分以下）、中（70分及以上、85分以下）、差（70分以下）",
    "优良中差四个等级分别对应95-100分、85-94分、70-84分、0-69分",
    "划分为优、良、中、差四档：95分（含）及以上、85分（含）至95分、70分（含）至85分、70分以下",
    "一等（优）95分以上，二等（良）85—95分，三等（中）70—85分，四等（差）70分以下",
    "满95分为优，满85分不满95分为良，满70分不满85分为中，70分以下为差",
    "95分至100分之间的等次为优，85分至95分之间的等次为良，70分至85分之间的等次为中，70分以下的等次为差",
]
#: what has grades and figures and is no scale
NONE = [
    "自评得分92分，等级为优", "其中35—64周岁妇女8.46万人", "每吨让利低60—80元", "资助11—12年级学生，执行率为优",
    "当年按“90分以上为优”的原档次评为优",
]  # fmt: skip


@pytest.mark.parametrize("text", WORDINGS)
def test_a_scale_is_read_in_any_wording(text: str) -> None:
    lows = {band.grade: band.low for band in bands_in(f"按我市办法，{text}。我局自评93.7分，等级为良。")}
    assert list(lows) == ["优", "良", "中", "差"]
    assert [lows[grade] for grade in "优良中"] == [95, 85, 70]  # type: ignore[index]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_scale_gives_no_band(text: str) -> None:
    assert bands_in(text) == ()
