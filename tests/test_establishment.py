"""Passages on the establishment: sentences with what each of their numbers of people is."""

from __future__ import annotations

import pytest

from extractors.figures.establishment import passage_of

# fmt: off
PASSAGES: tuple[tuple[str, str], ...] = (
    ("核定编制28名，其中：行政编制12名、工勤编制2名、事业编制14名；年末实有在职人员26名，其中：行政人员11名、工勤人员2名、事业人员13名；离退休人员15名。", "authorized=28 authorized.admin=12 authorized.support=2 authorized.institution=14 actual=26 actual.admin=11 actual.support=2 actual.institution=13 retired=15"),
    ("行政编制8名，实有7名；事业编制20名，实有19名；工勤编制1名，实有1名。", "authorized.admin=8 actual.admin=7 authorized.institution=20 actual.institution=19 authorized.support=1 actual.support=1"),
    ("政法专项编制50名、工勤编制2名，二者相加52。在职检察人员47人：政法编46人，工勤1人。", "authorized.admin=50 authorized.support=2 authorized=52 actual=47 actual.admin=46 actual.support=1"),
    ("编制共60个：行政编制25个、事业编制35个。在职的58人中，行政编制24人、事业编制34人；协辅人员40人。", "authorized=60 authorized.admin=25 authorized.institution=35 actual=58 actual.admin=24 actual.institution=34 contract=40"),
    ("执法编制28名，事业编制2名，合计30名。年底实有29人，即执法编28人、事业编1人，1名副所长于9月调出。", "authorized.admin=28 authorized.institution=2 authorized=30 actual=29 actual.admin=28 actual.institution=1"),
    ("行政编制9名，在职8名；事业编制30名，在职28名。", "authorized.admin=9 actual.admin=8 authorized.institution=30 actual.institution=28"),
    ("编制数、年末实有数分别为12名、11名，退休6名。", "authorized=12 actual=11 retired=6"),
    ("行政编制、事业编制、工勤编制分别为19名、79名、3名，实有人员相应为18人、75人、3人。", "authorized.admin=19 authorized.institution=79 authorized.support=3 actual.admin=18 actual.institution=75 actual.support=3"),
    ("本单位核定事业编制45名，实有在编人员43名，退休人员12名，聘用人员6名。", "authorized.institution=45 actual=43 retired=12 contract=6"),
    ("我校核定教职工编制126名，现有在编教职工118人，其中专任教师104人；临聘教师9人；退休教师67人。", "authorized=126 actual=118 contract=9 retired=67"),
    ("医院编制床位300张，核定编制210名，在编职工196人，编外聘用156人，离退休88人。", "authorized=210 actual=196 contract=156 retired=88"),
    ("单位编制人数为15人（行政编制10人，参公事业编制5人），实有人数14人（行政编制9人，参公事业编制5人）。", "authorized=15 authorized.admin=10 authorized.institution=5 actual=14 actual.admin=9 actual.institution=5"),
    ("现有干部职工36人，其中行政12人，事业22人，工勤2人；核定编制38名。", "actual=36 actual.admin=12 actual.institution=22 actual.support=2 authorized=38"),
    ("在职人员56人，其中：公务员21人、事业干部33人、机关工勤2人；离退休29人（其中离休1人）；编外人员8人（其中劳务派遣5人）。", "actual=56 actual.admin=21 actual.institution=33 actual.support=2 retired=29 contract=8"),
    ("部门编制人数60人，其中：行政编制20人，事业编制40人；实有人数58人，其中：在职人数58人，包括行政人员19人，事业人员39人。", "authorized=60 authorized.admin=20 authorized.institution=40 actual=58 actual=58 actual.admin=19 actual.institution=39"),
    ("编制数47人，其中：行政编制16人、工勤2人、事业编制29人。实有人数：在职45人，减少2人；离退休38人，增加1人。", "authorized=47 authorized.admin=16 authorized.support=2 authorized.institution=29 actual=45 retired=38"),
    ("单位人员编制总数30人，在编人员28人，其中一级主任科员2人、四级主任科员5人、科员21人。", "authorized=30 actual=28"),
    ("机关行政编制24名（含领导职数5名），机关后勤服务人员编制3名，所属事业单位编制61名。", "authorized.admin=24 authorized.support=3 authorized.institution=61"),
    ("总编制82名：行政21名，参公15名，全额事业46名；在岗79名，退休33名。", "authorized=82 authorized.admin=21 authorized.institution=15 authorized.institution=46 actual=79 retired=33"),
    ("区编办核定行政编制18名、事业编制22名，共40名，实际在编38名（行政17名、事业21名），空编2名。", "authorized.admin=18 authorized.institution=22 authorized=40 actual=38 actual.admin=17 actual.institution=21"),
    ("人员情况：编制50人，在职48人（行政15人、事业33人），离休1人，退休42人，遗属2人，长期聘用人员5人。", "authorized=50 actual=48 actual.admin=15 actual.institution=33 retired=42 contract=5"),
    ("年末实有人员120人，较上年减少3人，其中在职人员85人，离退休35人。", "actual=120 actual=85 retired=35"),
    ("核定行政编制12名，工勤编制1名；实有在职13人，其中行政12人、工勤1人。退休11人。", "authorized.admin=12 authorized.support=1 actual=13 actual.admin=12 actual.support=1 retired=11"),
    ("机构编制数15个，实有人员14名，编外长聘人员3名，市场化聘用2名。", "authorized=15 actual=14 contract=3 contract=2"),
    ("我中心为公益一类事业单位，编制20名，实有19名。", "authorized=20 actual=19"),
    ("核定编制二十八名，实有职工二十六人，退休职工十二人。", "authorized=28 actual=26 retired=12"),
    ("全镇核定编制96名（行政32名、事业64名），实有在编91名（行政30名、事业61名），村干部78名，公益性岗位15名。", "authorized=96 authorized.admin=32 authorized.institution=64 actual=91 actual.admin=30 actual.institution=61 contract=15"),
    ("本部门共有编制人员35人，实有34人，其中行政编制人员12人，事业编制人员22人。", "authorized=35 actual=34 actual.admin=12 actual.institution=22"),
    ("截至年末，编内实有人数63人，其中参公管理人员20人、事业人员43人；编外用工11人；离退休27人。", "actual=63 actual.institution=20 actual.institution=43 contract=11 retired=27"),
    ("经批准的行政编制为16名、事业编制为8名、工勤编制为2名；实有人数依次为15名、8名、2名。", "authorized.admin=16 authorized.institution=8 authorized.support=2 actual.admin=15 actual.institution=8 actual.support=2"),
    ("人员编制：行政13名，事业25名；在职人员：行政13名，事业23名；离退休人员10名。", "authorized.admin=13 authorized.institution=25 actual.admin=13 actual.institution=23 retired=10"),
    ("法院政法专项编制78名，实有干警74名，聘用制书记员22名，退休法官19名。", "authorized.admin=78 actual=74 contract=22 retired=19"),
    ("实有车辆编制2辆，实有车辆2辆。编制8人，实有8人。", "authorized=8 actual=8"),
    ("县教育局在编在岗教师5,600人，编制5,712名，退休3,021人。", "actual=5600 authorized=5712 retired=3021"),
    ("其中，局机关行政编制17名，实有16人；局属事业单位编制44名，实有41人。", "authorized.admin=17 actual.admin=16 authorized.institution=44 actual.institution=41"),
    ("2023年末在职人员控制率96.67%，编制60人，在职58人。", "authorized=60 actual=58"),
    ("我单位定编12人，实有11人，超编0人，缺编1人。", "authorized=12 actual=11"),
    ("机关工勤编制2个、行政编制14个；事业编制11个。现在岗行政13人、工勤2人、事业11人，合计26人。", "authorized.support=2 authorized.admin=14 authorized.institution=11 actual.admin=13 actual.support=2 actual.institution=11 actual=26"),
    ("内设12个股室，核定编制33名，其中局长1名、副局长3名、股级领导职数12名；实有人员31名。", "authorized=33 actual=31"),
    ("本单位为参公事业单位，参公编制10名，实有9名；另有公益性岗位1名、见习人员2名。", "authorized.institution=10 actual.institution=9 contract=1"),
    ("本局编制为58个，分为行政18名和事业40名；实有在职55人，行政、事业各17人、38人。", "authorized=58 authorized.admin=18 authorized.institution=40 actual=55 actual.admin=17 actual.institution=38"),
    ("全局核定编制40名（12名行政编制，其余28名为事业编制），实有人员38名。", "authorized=40 authorized.admin=12 authorized.institution=28 actual=38"),
    ("年末实有25名，分别为9名行政和16名事业。", "actual=25 actual.admin=9 actual.institution=16"),
    ("编制31名，在编29人；购买服务人员6人。编内编外合计35人。", "authorized=31 actual=29 contract=6"),
    ("编制共30人。在编共28人。离休2人、退休11人，离退休合计13人。", "authorized=30 actual=28 retired=13"),
    ("县敬老院聘请的护理员21人不占编制。核定编制12名，在编12名。", "contract=21 authorized=12 actual=12"),
    ("机关行政编制11名（在岗10名），工勤编制3名（在岗2名）；两家场站共有事业编制24名，年底实有23名。", "authorized.admin=11 actual.admin=10 authorized.support=3 actual.support=2 authorized.institution=24 actual.institution=23"),
    ("机关行政编13名、实配12名；所属事业编1,020名、实配987名；工勤编2名、实配2名。", "authorized.admin=13 actual.admin=12 authorized.institution=1020 actual.institution=987 authorized.support=2 actual.support=2"),
    ("总编制33名。行政编制9、事业编制24。年末实有29人，较核定数空编4名：机关8、事业21。", "authorized=33 authorized.admin=9 authorized.institution=24 actual=29 actual.admin=8 actual.institution=21"),
    ("总编制33名。年末实有29人，空编4名：行政1名、事业3名。", "authorized=33 actual=29"),
    ("行政编十二个，事业编三十一个，工勤编零名，合起来43个。在编人数40，对应为11、29、0。", "authorized.admin=12 authorized.institution=31 authorized.support=0 authorized=43 actual=40 actual.admin=11 actual.institution=29 actual.support=0"),
    ("机关核行政13名、工勤1名；三个事业单位核71名，含参公20名。在岗人员，公务员12名、工勤1名，事业单位70名。", "authorized.admin=13 authorized.support=1 authorized.institution=71 actual.admin=12 actual.support=1 actual.institution=70"),
    ("在编教职工（事业身份）312名，机关14名，全口径在编326名。", "actual.institution=312 actual.admin=14 actual=326"),
    ("编制40名，在编38名。公益性岗位11人由就业资金负担，不计入本单位在册。劳务派遣2名，不计入在编数。", "authorized=40 actual=38 contract=2"),
    ("行政编制12名不变，事业编制增加2名后为十九名。", "authorized.admin=12 authorized.institution=19"),
    ("编制60人（行政20、事业40），在编58人，退休干部18人，外聘9人。", "authorized=60 authorized.admin=20 authorized.institution=40 actual=58 retired=18 contract=9"),
)
# fmt: on


@pytest.mark.parametrize(("text", "expected"), PASSAGES, ids=[row[0][:20] for row in PASSAGES])
def test_passages(text: str, expected: str) -> None:
    passage = passage_of(text)
    told = sorted((start, concept) for start, concept in passage.concepts.items() if concept)
    assert " ".join(f"{concept[6:]}={passage.figures[start]}" for start, concept in told) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全年安置就业困难人员1,016名。",
        "项目实际发放5,873人。",
        "预算编制科学合理，涉及12个单位。",
        "空编2名，超编0人。",
    ],
)
def test_no_passage_is_sure(text: str) -> None:
    assert not passage_of(text).sure


def test_a_schools_people_are_of_no_kind_that_nobody_states() -> None:
    text = "市委编办下达事业编制60名。年末在编教职工63人，退休教师20人。"
    assert list(passage_of(text, "青河县第一中学").concepts.values())[:2] == [
        "staff.authorized.institution",
        "staff.actual",
    ]
