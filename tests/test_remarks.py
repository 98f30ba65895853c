"""What prose claims, and what only looks like a claim."""

from __future__ import annotations

import pytest
from documents import Grid, Paragraph, document, understood

from extractors.context import Context
from extractors.identities import other_than
from extractors.remarks import RemarksReading, read_remarks
from schema.report import Remark

HEAD = (
    "青河县司法局2023年度部门整体支出绩效自评报告",
    "部门名称：青河县司法局",
    "一、部门职能",
    "负责甲。",
    "二、预算执行情况",
)


def context(*body: str | Paragraph | Grid) -> Context:
    return understood(document(*HEAD, *body))


def read(*body: str | Paragraph | Grid) -> RemarksReading:
    within = context(*body)
    reading = read_remarks(within)
    said = (*reading.remarks, *reading.citations, *reading.listings, *reading.bands)
    for evidence in (*(item.evidence for item in said), *reading.explained):
        assert within.document.blocks[evidence.block].text[evidence.start : evidence.end] == evidence.text
    return reading


def of(kind: str, reading: RemarksReading) -> list[Remark]:
    return [remark for remark in reading.remarks if remark.kind == kind]


#: a sentence and what its praise of execution speaks of; None where there is none
PRAISE: tuple[tuple[str, str | None], ...] = (
    ("2023年我局整体预算执行情况较好。", "rate.total"),
    ("全年预算执行情况良好。", "rate.total"),
    ("预算执行总体情况良好。", "rate.total"),
    ("基本支出执行情况良好，支出及时。", "rate.basic"),
    ("项目支出执行情况较好。", "rate.project"),
    ("我单位严格按预算执行。", "rate.total"),
    ("项目支出严格按照年初预算执行。", "rate.project"),
    ("预算与支出差异不大。", "rate.total"),
    ("基本支出执行率97.23%，差异不大。", "rate.basic"),
    ("预算执行率较高。", "rate.total"),
    ("较好地完成了全年预算执行任务。", "rate.total"),
    ("资金支付进度较快。", "rate.total"),
    ("执行情况较好。", "rate.total"),
    # denied
    ("预算执行情况不够理想。", None),
    ("项目支出执行进度不理想。", None),
    ("未严格按预算执行。", None),
    ("没有严格按照预算执行。", None),
    ("未能严格按预算执行，存在调剂现象。", None),
    ("不能认定为执行良好。", None),
    ("预算执行率不高。", None),
    # taken back
    ("虽然整体预算执行情况较好，但项目支出执行率偏低。", None),
    ("预算执行情况较好，但项目支出进度滞后。", None),
    ("尽管预算执行率较高，项目资金支付仍较慢。", None),
    ("除培训项目外，预算执行情况较好。", None),
    # wished, planned, ordered
    ("力争预算执行情况良好。", None),
    ("确保预算执行进度较快。", None),
    ("要严格按预算执行。", None),
    ("下一步，我局将严格按照预算执行。", None),
    ("今后应严格按照批复的预算执行。", None),
    ("督促各股室严格按预算执行。", None),
    ("进一步提高认识，严格按照预算执行。", None),
    ("预算执行情况有待提高。", None),
    ("按照严格执行预算的要求，加强监控。", None),
    # quoted rules and other matters
    ("预算执行率90%以上的为较好，得满分。", None),
    ("《关于严格执行预算的通知》印发各单位。", None),
    ("垃圾分类政策执行情况较好。", None),
    ("会计制度执行情况良好。", None),
    ("生产任务执行情况良好。", None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "about"), PRAISE, ids=[row[0] for row in PRAISE])
def test_praise_of_execution(text: str, about: str | None) -> None:
    found = of("good_execution", read(text))
    assert [remark.about for remark in found[:1]] == ([about] if about else [])


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("三、改进措施", "严格按照预算执行。"),
        ("三、绩效目标", "预算执行情况良好。"),
        ("三、部门职责", "严格执行预算安排。"),
    ],
)
def test_sections_that_speak_of_what_ought_to_be(heading: str, text: str) -> None:
    assert not of("good_execution", read("甲。", heading, text))


COMPLETED: tuple[tuple[str, str | None], ...] = (
    ("各项目资金均按计划全部完成支付。", "rate.project"),
    ("预算资金已全部支付完毕。", "rate.total"),
    ("年度绩效目标全部完成。", "indicators"),
    ("完成年初设定的各项绩效目标。", "indicators"),
    ("各项工作任务全部完成。", "indicators"),
    ("项目资金未能全部支付。", None),
    ("尚未全部完成支付。", None),
    ("工作任务没有全部完成。", None),
    ("确保全部完成年度目标。", None),
    ("争取年底前全部完成支付。", None),
    ("计划于2024年全部完成。", None),
    ("除一个项目外，均已完成。", None),
    ("如期完成的得满分，每少一项扣1分。", None),
    ("指标全部完成的得10分。", None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "about"), COMPLETED, ids=[row[0] for row in COMPLETED])
def test_completion(text: str, about: str | None) -> None:
    assert [remark.about for remark in of("completed", read(text))[:1]] == ([about] if about else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目支出执行率31.56%，主要原因是资金到位较晚。", "rate.project"),
        ("由于年底资金紧张，基本支出未能支付。", "rate.basic"),
        ("因工程尾款未结算，项目支出进度较慢。", "rate.project"),
        ("受汛期影响，项目资金支付率较低。", "rate.project"),
        ("项目支出执行率31.56%。原因是招标流标。", "rate.project"),
        ("导致整体预算执行率偏低。", "rate.total"),
        ("项目支出执行率98%，进度正常。", None),
        ("因此，预算执行正常。", None),
        ("因公出国（境）费支出0万元。", None),
        ("因地制宜安排项目支出。", None),
    ],
)
def test_reasons(text: str, expected: str | None) -> None:
    found = of("reason", read(text))
    assert (found[0].about if found else None) == expected


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("受疫情影响，业务经费只下达第一季度。", True),
        ("由于新冠疫情，培训未能举办。", True),
        ("因疫情原因项目推迟。", True),
        ("疫情防控导致项目停工。", True),
        ("做好疫情防控工作，保障群众健康。", False),
        ("克服疫情影响，全面完成任务。", False),
        ("受非洲猪瘟疫情影响，养殖户减少。", False),
        ("疫情防控经费支出3万元。", False),
    ],
)
def test_the_epidemic_as_a_reason(text: str, blamed: bool) -> None:
    assert bool(of("epidemic", read(text))) is blamed


def test_a_claim_of_last_year_is_of_last_year() -> None:
    assert [remark.period for remark in of("good_execution", read("2022年预算执行情况良好。"))] == [2022]
    assert [remark.period for remark in of("good_execution", read("上年预算执行情况良好。"))] == [2022]
    assert [remark.period for remark in of("good_execution", read("预算执行情况良好。"))] == [2023]


def test_a_claim_keeps_its_sentence() -> None:
    text = "执行如下。整体预算执行情况较好，项目支出占预算31.56%。其余略。"
    remark = of("good_execution", read(text))[0]
    assert text[slice(*remark.sentence)] == "整体预算执行情况较好，项目支出占预算31.56%。"


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("三公经费比上年下降5%。", "fell", "three_public.spending"),
        ("基本支出较上年增加3万元。", "grew", "spending.basic"),
        ("“三公”经费支出比预算节约2万元。", "saved", "three_public.spending"),
        ("力争三公经费下降。", "fell", None),
        ("接待人次增加。", "grew", None),
    ],
)
def test_changes(text: str, kind: str, about: str | None) -> None:
    found = of(kind, read(text))
    assert (found[0].about if found else None) == about


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("项目管理中不存在问题。", True),
        ("未发现截留、挤占、挪用资金的问题。", True),
        ("核查是否不存在问题。", False),
        ("存在的问题较多。", False),
    ],
)
def test_no_problems(text: str, said: bool) -> None:
    assert bool(of("no_problems", read(text))) is said


RESIDUE: tuple[tuple[str, str | None], ...] = (
    ("20XX年部门整体支出为90万元。", "XX"),
    ("车辆粤L·×××56已报废。", None),
    ("满意度达到 % 。", " "),
    ("（按照收支情况填写）", "（按照收支情况填写）"),
    ("2023年支出XX万元。", "XX"),
    ("评价等级为“××”。", "××"),
    ("XX县司法局负责甲。", "XX"),
    ("严格按照《青河县XX资金管理办法》执行。", "XX"),
    ("截至X月底完成甲。", "X"),
    ("**局部门支出90万元。", "**"),
    ("某某单位支出90万元。", "某某"),
    ("预算执行率为____%。", "____"),
    ("依据财预〔 〕号文件。", "〔 〕"),
    ("支出为（  ）万元。", "（  ）"),
    ("【项目名称】支出90万元。", "【项目名称】"),
    ("（单位名称）2023年支出90万元。", "（单位名称）"),
    ("此处填写主要成效。", "此处填写主要成效"),
    ("服务对象（请简要说明取得的成效）", "（请简要说明取得的成效）"),
    ("服务对象（不超过500字）", "（不超过500字）"),
    ("（填写本年度完成的重点工作）", "（填写本年度完成的重点工作）"),
    ("填写说明：本表由单位填写。", "填写说明"),
    ("请结合实际逐项说明指标完成情况。", "请结合实际逐项说明指标完成情况"),
    # near-misses
    ("依据财预〔2020〕10号文件。", None),
    ("李××等3名学生获奖。", None),
    ("印发《关于××工作的通知》。", None),
    ("规划建设“XX新材料产业园”。", None),
    ("得分＝分值×执行率。", None),
    ("补助标准为300元×5人。", None),
    ("型号为XXL的服装20件。", None),
    ("□是 ☑否", None),
    ("____________________", None),
    ("负责人签字：________", None),
    ("按照填报说明，我局认真组织。", None),
    ("支出90万元（详见附表）。", None),
    ("用于培训（主要包括师资费、场地费）。", None),
    ("占比为（基本支出）97%。", None),
    ("某小区居民反映甲。", None),
    ("到岗18人（此处为年末数，不含借调人员）。", None),
    ("得分92分（此处系复核得分）。", None),
    ("资产总额（此处为合计金额）", "（此处为合计金额）"),
    ("累计发放《致群众的一封信》____份，悬挂横幅386条。", "____"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RESIDUE, ids=[row[0] for row in RESIDUE])
def test_residue(text: str, expected: str | None) -> None:
    found = of("residue", read(text))
    assert [remark.evidence.text for remark in found] == ([expected] if expected else [])


def test_instructions_in_a_heading_are_the_outlines() -> None:
    assert not of("residue", read("（一）收入情况（请说明当年收入）", "收入90万元。"))


IDENTITIES: tuple[tuple[str, list[str]], ...] = (
    ("青河县水务局本年度严格落实“三重一大”集体决策制度，本局大额资金支出均经研究。", ["青河县水务局"]),
    ("青河县水务局严格落实河湖长制，协助清理河道。", []),
    ("2023年青河县司法局部门整体支出90万元。", ["青河县司法局"]),
    ("2023年县司法局部门整体支出90万元。", ["青河县司法局"]),
    ("2023年青河县民政局部门整体支出90万元。", ["青河县民政局"]),
    ("青河县民政局核定编制20名。", ["青河县民政局"]),
    ("青河县民政局高度重视绩效自评工作。", ["青河县民政局"]),
    ("白石县司法局部门整体支出90万元。", ["白石县司法局"]),
    ("联合青河县民政局2023年预算培训班。", []),
    ("青河县财政局部门预算批复90万元。", []),
    ("由青河县民政局部门预算安排10万元。", []),
    ("按省财政厅部门整体绩效评价标准打分，得92分。", []),
    ("参照白石县财政局部门整体支出绩效评价办法自评。", []),
    ("套用省水利厅部门整体支出绩效指标模板。", []),
    ("原青河县法制局更名为青河县司法局，青河县法制局核定编制5名。", []),
    ("下属青河县公证局核定编制5名。", []),
    ("会同青河县民政局、青河县教育局开展检查。", []),
    ("各局部门整体支出绩效良好。", []),
    ("我局与青河县财政局、青河县教育局联合开展检查，青河县教育局主要职责为配合。", []),
    ("我局部门整体支出90万元。", []),
    ("综上，县委统战部2023年度部门整体支出符合规定。", ["县委统战部"]),
    ("白石县司法局作为项目主管单位，负责组织实施。", ["白石县司法局"]),
    ("白石县司法局作为本次自评的主体单位，逐项核对。", ["白石县司法局"]),
    ("按照评价体系，青河县民政局对照各项指标逐条打分。", ["青河县民政局"]),
    ("白石县林业局严格执行厉行节约各项规定，公务接待从简。", ["白石县林业局"]),
    ("五个分局合计196人，每个分局核定编制均为42名。", []),
    ("市委编办下达分局编制268名。", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), IDENTITIES, ids=[row[0] for row in IDENTITIES])
def test_departments(text: str, expected: list[str]) -> None:
    found = [remark for remark in of("department", read(text)) if remark.evidence.block >= len(HEAD)]
    assert [remark.about for remark in found] == expected


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("青石镇中心小学严格按照资助政策公示名单。", "青石镇中心小学"),
        ("全县中小学严格执行收费政策。", None),
        ("学校严格落实公示制度。", None),
    ],
)
def test_another_schools_sentence(text: str, about: str | None) -> None:
    made = document("青河县第二中学2023年度部门整体支出绩效自评报告", "一、单位职能", "负责甲。", text)
    named = of("department", read_remarks(understood(made)))
    assert [remark.about for remark in named if remark.evidence.block == 3] == ([about] if about else [])


@pytest.mark.parametrize(
    ("one", "two", "other"),
    [
        ("县工商联", "青河县工商业联合会", False),
        ("青河县司法局", "青河县司法局（本级）", False),
        ("司法局", "青河县司法局", False),
        ("青河县教育局", "青河县教育体育局", False),
        ("青河县民政局", "青河县司法局", True),
        ("白石县司法局", "青河县司法局", True),
        ("白石县经济开发区管理委员会", "青河县经济开发区管理委员会", True),
    ],
)
def test_names_of_one_department(one: str, two: str, other: bool) -> None:
    assert other_than(one, two) is other


def years(*parts: str) -> list[tuple[str | None, str | None]]:
    return [(remark.about, remark.where) for remark in of("year", read_remarks(understood(document(*parts))))]


def test_years_of_title_and_body() -> None:
    body = ("一、支出情况", "2023年部门支出90万元，2022年部门支出80万元。", "2023年末在编5人。")
    assert years("2022年度部门整体支出绩效自评报告", *body) == [("2022", "title"), ("2023", "body")]
    assert years("2023年度部门整体支出绩效自评报告", *body) == [("2023", "title"), ("2023", "body")]


def test_the_year_that_is_reported_on() -> None:
    told = "我局对2023年度资金开展了自评，现将2022年度项目支出绩效自评情况报告如下："
    assert years("2023年度绩效自评报告", told) == [("2023", "title"), ("2022", "body")]
    judged = "我局成立自评小组，对2022年度部门整体支出绩效开展了自评，现将自评情况报告如下："
    assert years("2023年度绩效自评报告", judged) == [("2023", "title"), ("2022", "body")]


def test_the_year_that_was_evaluated() -> None:
    told = "本次自评对象为我局2022年度部门整体支出，评价时段为2022年1月1日至2022年12月31日。"
    assert years("2023年度绩效自评报告", told) == [("2023", "title"), ("2022", "body"), ("2022", "body")]


def test_another_report_is_of_another_year() -> None:
    body = ("2022年度自评报告反映，当年支出80万元。", "2022年度我局自评93.1分，市财政局复核得分为90.6分。")
    assert years("2023年度绩效自评报告", *body) == [("2023", "title")]


def test_the_year_of_the_notice_that_asks_for_the_report_is_not_its_own() -> None:
    told = "根据《县财政局关于开展2023年部门整体支出绩效评价工作的通知》，我中心对2022年度部门整体支出开展了自评。"
    assert years("2022年度绩效自评报告", told) == [("2022", "title")]


def test_years_of_comparison_are_not_its_own() -> None:
    body = (
        "一、支出情况",
        "比2022年支出增加，较2022年预算减少，与2022年决算相比持平。2023年支出90万元，2023年预算95万元。",
    )
    assert years("2023年度绩效自评报告", *body) == [("2023", "title"), ("2023", "body")]


CITATIONS: tuple[tuple[str, list[tuple[str, str]]], ...] = (
    ("根据《绩效评价管理办法》（财预〔2020〕10号）要求。", [("绩效评价管理办法", "财预〔2020〕10号")]),
    ("根据《绩效评价管理办法》(财预[2020]10号)要求。", [("绩效评价管理办法", "财预〔2020〕10号")]),
    ("按照《关于开展自评的通知》（青财绩【2024】003号）要求。", [("关于开展自评的通知", "青财绩〔2024〕3号")]),
    ("根据财预〔2020〕10号《绩效评价管理办法》规定。", [("绩效评价管理办法", "财预〔2020〕10号")]),
    ("按照青财绩〔2024〕3号文件精神。", [("", "青财绩〔2024〕3号")]),
    ("《甲办法》（青府〔2021〕1号）和《乙办法》（青府〔2021〕2号）。", [("甲办法", "青府〔2021〕1号"), ("乙办法", "青府〔2021〕2号")]),
    (
        "根据《青河县项目绩效管理办法》（青财绩〔2024〕3号），建立底稿。青财绩〔2024〕8号（即前述项目绩效管理办法）另有要求。",
        [("青河县项目绩效管理办法", "青财绩〔2024〕3号"), ("青河县项目绩效管理办法", "青财绩〔2024〕8号")],
    ),
    ("位于人民路21号。", []),
    ("2023年第10号公告。", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITATIONS, ids=[row[0] for row in CITATIONS])
def test_citations(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.title, found.number) for found in read(text).citations] == expected


LISTINGS: tuple[tuple[str, list[tuple[str, int, int]]], ...] = (
    ("共有3个项目：培训、宣传、调研。", [("项目", 3, 3)]),
    ("共有3个项目：培训、宣传。", [("项目", 3, 2)]),
    ("设四个组，分别为办公组、业务组、财务组和宣传组。", [("组", 4, 4)]),
    ("重点抓好五项任务：一是甲；二是乙；三是丙；四是丁。", [("任务", 5, 4)]),
    ("安排2个项目（培训费、宣传费）。", [("项目", 2, 2)]),
    ("3个项目：培训项目10万元，宣传项目5万元，调研项目3万元。", [("项目", 3, 3)]),
    ("治理区域4处，分别为甲河、乙山、丙湖，亩均投资150元。", [("处", 4, 3)]),
    ("社有企业5家，分别是农资公司、土产公司、再生资源公司、日杂公司；基层社11个，服务社68个。", [("家", 5, 4)]),
    ("推出展览6个，分别是“古瓷特展”“墨香书画展”“红土印记”“方寸邮票展”“瑞兔呈祥”；开展活动9场。", [("个", 6, 5)]),
    ("共有5个项目：培训、宣传、调研等。", []),
    ("实施12个项目，支出90万元。", []),
    ("编制20个：行政编制8个、事业编制12个。", []),
    ("开展3次培训。", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTINGS, ids=[row[0] for row in LISTINGS])
def test_listings(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert [(found.noun, found.stated, len(found.items)) for found in read(text).listings] == expected


def test_items_in_paragraphs_of_their_own_are_counted() -> None:
    def counted(*lines: str) -> list[tuple[int, int]]:
        return [(found.stated, len(found.items)) for found in read(*lines).listings]

    opened = "自查发现4个方面的不足："
    items = ("一是库房潮湿；", "二是台账漏记；", "三是巡查不勤。")
    assert counted(opened, *items) == [(4, 3)]
    assert counted(opened, *items, "四是人手不足。", "以上问题已列入整改。") == [(4, 4)]
    # what cannot be counted with certainty: an item within an item, another text between them
    assert counted(opened, *items[:2], "三是巡查不勤；四是人手不足。") == []
    assert counted(opened, "详述如下。", *items) == []


BANDS: tuple[tuple[str, list[tuple[str, str | None, str | None]]], ...] = (
    ("90分（含）以上为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。", [("优", "90", None), ("良", "80", "90"), ("中", "60", "80"), ("差", None, "60")]),
    ("90（含）分以上为优，80（含）～90分为良，60（含）～80分为中，60分以下为差。", [("优", "90", None), ("良", "80", "90"), ("中", "60", "80"), ("差", None, "60")]),
    ("100-90（含90分）为优、90-80（含80分）为良，80-60（含60分）为中。", [("优", "90", "100"), ("良", "80", "90"), ("中", "60", "80")]),
    ("90分以上为优秀、80至89分为良好、60至79分为合格、低于60分为不合格。", [("优", "90", None), ("良", "80", "89"), ("中", "60", "79"), ("差", None, "60")]),
    ("优（90-100分）、良（80-89分）、中（60-79分）、差（60分以下）。", [("优", "90", "100"), ("良", "80", "89"), ("中", "60", "79"), ("差", None, "60")]),
    ("优秀（≥90分），差（＜60分）。", [("优", "90", None), ("差", None, "60")]),
    ("得分≥90为优，80≤得分＜90为良。", [("优", "90", None), ("良", "80", "90")]),
    ("自评得分92分，等级为优。", []),
    ("我局自评得分为88.92分，评价等级为良。", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BANDS, ids=[row[0] for row in BANDS])
def test_bands(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    def plain(value: object) -> str | None:
        return None if value is None else str(value)

    assert [(band.grade, plain(band.low), plain(band.high)) for band in read(text).bands] == expected


def test_numbers_of_citations_and_bands_are_explained() -> None:
    texts = {evidence.text for evidence in read("按照《甲》（财预〔2020〕10号），90分以上为优。").explained}
    assert {"财预〔2020〕10号", "90分以上为优"} <= texts
