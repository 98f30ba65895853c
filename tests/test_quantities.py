"""The grammar of figures: a value table, and generated figures read back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.figures.known import find_known
from extractors.figures.labels import labels
from extractors.figures.numerals import read_arabic, read_chinese
from extractors.figures.quantities import Malformed, find_quantities, read_amount
from schema.quantity import Quantity

# text | its figures: kind value step [approx], divided by ;
FOUND = """
135.64万元 | money 1356400 100
135万元 | money 1350000 10000
1356400元 | money 1356400 1
1,356,400.50元 | money 1356400.5 0.01
1，356，400元 | money 1356400 1
1, 356.40万元 | money 13564000 100
135 .64万元 | money 1356400 100
97. 23% | percent 97.23 0.01
39.2696万元 | money 392696 1
39万2696元 | money 392696 1
39万元2696元 | money 392696 1
1亿3564万元 | money 135640000 10000
1亿500.00万元 | money 105000000 100
12万5000元 | money 125000 1
12元5角 | money 12.5 0.1
1.5亿元 | money 150000000 10000000
5亿 | money 500000000 100000000
3.5万 | money 35000 1000
8千元 | money 8000 1000
5百元 | money 500 100
一百三十五万元 | money 1350000 10000
一百三十五万六千元 | money 1356000 1000
壹佰叁拾伍万元整 | money 1350000 10000
三万五千元 | money 35000 1000
二十万元 | money 200000 100000
十五万元 | money 150000 10000
３９．２万元 | money 392000 1000
９７．２３％ | percent 97.23 0.01
15‰ | percent 1.5 0.1
百分之九十五点三 | percent 95.3 0.1
百分之95 | percent 95 1
九成 | percent 90 10
八成五 | percent 85 1
2.3个百分点 | percent 2.3 0.1
88.92分 | points 88.92 0.01
95分 | points 95 0
九十五分 | points 95 0
4人 | count 4 0
三名 | count 3 0
12辆 | count 12 0
约100万元 | money 1000000 10000 about
100万元左右 | money 1000000 10000 about
近200万元 | money 2000000 10000 under
不足50万元 | money 500000 10000 under
超过80万元 | money 800000 10000 over
100余万元 | money 1000000 10000 over
100多万元 | money 1000000 10000 over
3万余元 | money 30000 10000 over
-12.3万元 | money -123000 1000
负12.3万元 | money -123000 1000
￥1,200.00元 | money 1200 0.01
12.5（万元） | money 125000 1000
135.64 万元 | money 1356400 100
0元 | money 0 0
0.00万元 | money 0 100
项目3个100万元 | count 3 0; money 1000000 10000
基本60万元、项目40万元 | money 600000 10000; money 400000 10000
占97.23%，得95分 | percent 97.23 0.01; points 95 0
1O5.6万元 | money 1056000 1000
135。64万元 | money 1356400 100
7,00.0,77万元 | malformed
3M.8万元 | malformed
12*.5万元 | malformed
1.234.5万元 | malformed
12,34万元 | malformed
三公经费 |
一是加强管理 |
完成2分别 | number 2 0
25万人 | number 250000 0
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [
        (text.strip(), rest.strip())
        for line in table.strip().splitlines()
        for text, _, rest in [line.partition("|")]
    ]


def shown(kind: str, quantity: Quantity | None) -> str:
    if quantity is None:
        return kind
    value, step = (f"{n.normalize():f}" for n in (quantity.value, quantity.step))
    return f"{kind} {value} {step} {quantity.approx}".strip()


@pytest.mark.parametrize(("text", "expected"), rows(FOUND))
def test_figures_in_text(text: str, expected: str) -> None:
    assert "; ".join(shown(f.kind, f.quantity) for f in find_quantities(text)) == expected


# text | direction, bound, range
SAID = """
减少了3.2万元 | -1
下降12.5% | -1
增长5% | 1
增幅为4.2% | 1
较上年增加20万元 | 1
下降到100万元 | 0
支出100万元 | 0
≥95% | 0 at_least
90分以上 | 0 at_least
不低于80% | 0 at_least
不超过20万元 | 0 at_most
10万元以内 | 0 at_most
10-20万元 | 0 range 100000 200000
10至20万元 | 0 range 100000 200000
80%~90% | 0 range 80 90
80万元-90万元 | 0 range 800000 900000
"""


@pytest.mark.parametrize(("text", "expected"), rows(SAID))
def test_words_around_a_figure(text: str, expected: str) -> None:
    (found,) = find_quantities(text)
    parts = [str(found.direction), found.bound]
    if found.upper:
        parts.append(f"range {found.value.normalize():f} {found.upper.value.normalize():f}")
    assert " ".join(p for p in parts if p) == expected


# cell | unit | value step, blank where it is none, ! where it is malformed
CELLS = """
1,234.56 | 万元 | 12345600 100
（12.3） | 元 | -12.3 0.1
(12.3) | 万元 | -123000 1000
135.64万 | 元 | 1356400 100
９７．２３％ | % | 97.23 0.01
0.958 | % | 0.958 0.001
-3.2 | 万元 | -32000 1000
约12 | 万元 | 120000 10000
人民币5元 | 元 | 5 1
一百万元 | 元 | 1000000 1000000
12 | 人 | 12 0
9.5 | 分 | 9.5 0.1
 | 元 |
- | 元 |
— | 元 |
/ | 元 |
无 | 元 |
2024.4.30 | 元 |
河道治理 | 元 |
7,00.0,77 | 元 | !
3M.8万元 | 元 | !
12*.5 | 元 | !
1.2.3 | 万元 | !
12,34 | 元 | !
"""


@pytest.mark.parametrize("row", [r.split("|") for r in CELLS.strip("\n").splitlines()])
def test_figures_in_cells(row: list[str]) -> None:
    text, unit, expected = (part.strip() for part in row)
    found = read_amount(text, unit)
    if expected == "!":
        assert isinstance(found, Malformed)
        assert text[found.start : found.end] == found.text == text
    elif not expected:
        assert found is None
    else:
        assert isinstance(found, Quantity)
        assert shown("", found).split(" about")[0].strip() == expected


KNOWN = """
截至2023年12月31日 | 日期
2023年度 | 年份
财预〔2020〕10号 | 文号
（1）加强管理 | 序号
1.加强管理 | 序号
根据第12条 | 序号
电话0755-88229120 | 电话
13800138000 | 电话
人民路21号3楼 | 地址
12345热线 | 名称里的数字
持续3年 | 期限
培训15期 | 数量
"""


@pytest.mark.parametrize(("text", "reason"), rows(KNOWN))
def test_known_numbers(text: str, reason: str) -> None:
    assert [k.reason for k in find_known(text)] == [reason]


@pytest.mark.parametrize("text", ["135.64万元", "97.23%", "88.92分", "支出1,234.5万元", "4人"])
def test_figures_are_not_taken_for_known_numbers(text: str) -> None:
    assert find_known(text) == ()


def test_each_label_serves_one_meaning() -> None:
    assert len(labels()) > 1500  # loading refuses a word under two keys


AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
UNITS = {"元": 1, "万元": 10**4, "亿元": 10**8}


@settings(deadline=None, max_examples=200)
@given(AMOUNTS, st.integers(0, 4), st.sampled_from(sorted(UNITS)), st.booleans(), st.booleans())
def test_written_amounts_are_read_back(
    amount: Decimal, places: int, unit: str, commas: bool, wide: bool
) -> None:
    text = f"{amount:,.{places}f}" if commas else f"{amount:.{places}f}"
    value = Decimal(text.replace(",", ""))
    if wide:
        text = text.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    sentence = f"部门整体支出{text}{unit}，其中"
    (found,) = find_quantities(sentence)
    assert found.quantity is not None
    assert sentence[found.start : found.end] == text + unit
    assert Fraction(found.quantity.value) == Fraction(value) * UNITS[unit]
    exact = not value and not places  # 0万元 is nothing at all
    assert Fraction(found.quantity.step) == (0 if exact else Fraction(UNITS[unit], 10**places))
    assert read_amount(text, unit) == found.quantity


DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number below a hundred million as it is spoken."""
    high, low = divmod(number, 10_000)
    if high:
        rest = in_chinese(low) if low else ""
        return in_chinese(high) + "万" + ("零" if 0 < low < 1000 else "") + rest
    text, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = low // size % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text or "零"


@settings(deadline=None, max_examples=300)
@given(st.integers(1, 99_999_999))
def test_spoken_numbers_are_read_back(number: int) -> None:
    read = read_chinese(in_chinese(number))
    assert read is not None
    assert read[0] == number


@given(st.integers(0, 10**9), st.integers(0, 6))
def test_a_step_is_that_of_the_last_digit(whole: int, places: int) -> None:
    text = f"{whole}.{'5' * places}" if places else str(whole)
    read = read_arabic(text)
    assert read is not None
    assert read[1] == Decimal(1).scaleb(-places)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="0123456789.,，万亿元%分人约下降至-（）()支出 O*。", max_size=30))
def test_figures_never_overlap_and_lie_in_the_text(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
