"""Indicator tables end to end: a row among sound ones, met in a way that a naive reading takes for
missed, or faulty in a way that must be the only finding."""

from __future__ import annotations

import pytest
from documents import Grid, document, table

from extractors.understanding import understand
from schema.rules import check

TITLE = "青禾县林业局2023年度部门整体支出绩效自评表"
HEAD = ["一级指标", "二级指标", "三级指标", "分值", "目标值", "实际完成值", "得分", "偏差原因分析及改进措施"]
SOUND = (("培训期数", "≥4期", "4期"), ("群众满意度", "≥90%", "95%"))
Row = tuple[str, ...]  # name, target, actual, then score and reason where they are not full marks and none


def sheet(*rows: Row, total: str | None = None) -> Grid:
    """A score sheet of these rows, which share 100 points."""
    weights = [34, *[33] * (len(rows) - 1)] if len(rows) == 3 else [100 // len(rows)] * len(rows)
    lines = []
    for weight, row in zip(weights, rows, strict=True):
        name, target, actual, *more = row
        score, reason = (*more, "")[:2] if more else (str(weight), "")
        lines.append(["产出指标", "数量指标", name, str(weight), target, actual, score, reason])
    summed = sum(float(line[6] or 0) for line in lines)
    return table(HEAD, *lines, ["合计", "", "", "100", "", "", total or f"{summed:g}", ""])


def findings(*rows: Row) -> list[tuple[str, str]]:
    made = check(understand(document(TITLE, sheet(*rows))))
    return [(f.rule, f.severity) for f in made.findings if not f.rule.startswith(("section.", "fact."))]


QUIET: list[Row] = [
("专家评审次数","≥2次","2次/年"),("公众号推文","≥100篇","发布推文126篇，阅读量3.2万"),("检测合格率","≥98%","99.12%"),("服务人次","≥1万人次","10235人次"),
("培训","≥4次","全年开展培训5次，参训320人"),("节能率","≥3%","3.0%"),("设备故障率","≤2%","1.3%"),("响应时间","≤30分钟","25分钟"),("响应时间","≤0.5小时","25分钟"),
("建设完成时间","2023年10月","2023年9月"),("验收时间","2023年底前","2023年12月"),("完成时间","2023年12月31日","2023年12月31日前"),("资金支付及时率","100%","1"),("资金支付及时率","100%","100"),
("资金支付及时率","1","100%"),("满意度","≥90","96.5"),("满意度","90%","96.5%"),("满意度","≥90分","93分"),("满意度","满意","满意"),("满意度","满意","非常满意"),
("社会效益","显著","显著"),("社会效益","持续改善","明显"),("成本控制","≤50万元","48.6万元"),("成本控制","50万元","48.6万元"),("成本控制","预算内","预算内"),("成本节约率","≥0%","0%"),("单位成本","≤1200元/平方米","1180元"),
("道路养护里程","156.3公里","156.3公里"),("道路养护里程","约150公里","148公里"),("补助人数","按实际","356人"),("补助人数","应补尽补","356人，应补尽补"),("监测断面水质","达到Ⅲ类","Ⅱ类"),("监测断面水质","Ⅲ类以上","Ⅲ类"),
("优良率","不低于上年","87%"),("发放率","=100%","100%"),("办件量","≥5000件","5321"),("森林覆盖率","68.5%","68.52%"),("招聘人数","5-8人","6人"),("招聘人数","5~8名","8名"),("刊物期数","12期（每月1期）","12期"),("会议次数","每季度1次","全年4次"),
("巡查频次","每周不少于2次","每周2次"),("网络安全事件","无","无"),("网络安全事件","不发生","未发生"),("重大事故","0","0起"),("投诉","≤3起","无投诉"),("投诉","0","无"),("投诉量","≤5件","0"),("信访量","逐年下降","下降12%"),("经济增长","≥5%","5.1%"),
("GDP","增长6%左右","5.8%"),("绿化面积","1.2万亩","12000亩"),("绿化面积","≥1.2万亩","1.25万亩"),("造价","≤2,500元","2,480元"),("惠及户数","≥300户","321户（其中脱贫户56户）"),("任务完成率","100%","完成"),("任务完成率","≥95%","已完成100%"),
("任务数","10项","已完成10项"),("任务数","10项","10项任务全部完成"),("验收","一次性通过","已通过"),("质量达标率","≥95%","达标"),("开工率","100%","100%（5个全部开工）"),("政策知晓率","≥85%","86.4%","33","")
,("工期","≤180天","175天"),("工期","180日历天","170日历天"),("平台运行时间","365天","365天"),("系统可用率","≥99.9%","99.95%"),("减排量","≥300吨","0.035万吨"),("发电量","≥1000万千瓦时","1,020万千瓦时"),("贷款余额","≥2亿元","23,500万元"),
]  # fmt: skip
FAULTY: list[tuple[Row, str]] = [
# row, rule
(("培训期数","≥4期","3期"),"score.unearned"),(("培训期数","4期","3期"),"score.unearned"),(("合格率","≥95%","94.2%"),"score.unearned"),(("合格率","100%","99%"),"score.unearned"),
(("完成时间","2023年10月底前","2023年12月"),"score.unearned"),(("完成时间","2023年12月31日前","2024年3月"),"score.unearned"),(("办结时限","≤5天","7天"),"score.unearned"),(("成本","≤50万元","53.2万元"),"score.unearned"),
(("投诉","≤3起","5起"),"score.unearned"),(("事故","0起","1起"),"score.unearned"),(("改造长度","≥3公里","2800米"),"score.unearned"),(("受益人数","≥1万人","9600人"),"score.unearned"),(("提升","有效提升","未达到预期"),"score.unearned"),
(("进度","100%","未完成"),"score.unearned"),(("人数","≥200人",""),"score.unearned"),(("招聘人数","5-8人","4人"),"score.unearned"),(("任务数","10项","完成8项"),"score.unearned"),(("满意度","≥90%","0.86"),"score.unearned"),(("差错率","≤3‰","0.42%"),"score.unearned"),
(("任务数","10项","完成8项","30",""),"deviation.unexplained"),(("任务数","10项","完成8项","30","无"),"deviation.unexplained"),(("合格率","≥95%","96%","30",""),"score.unexplained"),(("合格率","≥95%","96%","35",""),"score.bounds"),
(("培训期数","≥4期","9期"),"indicator.overachieved"),(("合格率","≥95%","9 6.x%"),"number.malformed"),(("培训期数","","4期"),"indicator.incomplete"),(("培训期数","≥4期","4期",""),"indicator.incomplete"),
(("改造长度","≥3公里","28O0米"),"number.malformed"),(("人数","≥XX人","200人"),"template.residue"),(("完成时间","12月底","次年1月"),"score.unearned"),(("支付及时","及时","不及时"),"score.unearned"),
]  # fmt: skip


@pytest.mark.parametrize("row", QUIET)
def test_a_met_target_is_no_fault(row: Row) -> None:
    assert [rule for rule, severity in findings(SOUND[0], row, SOUND[1]) if severity != "notice"] == []


@pytest.mark.parametrize(("row", "rule"), FAULTY)
def test_a_fault_is_the_only_finding(row: Row, rule: str) -> None:
    found = findings(SOUND[0], row, SOUND[1])
    assert [r for r, severity in found if severity != "notice" or r == rule] == [rule]


TABLES: list[tuple[str, list[Grid | str], list[str]]] = [  # what is odd about it, its parts, rules above notice
    ("weights in percent", [table(HEAD, ["产出", "数量", "培训期数", "60%", "≥4期", "4期", "60", ""],
        ["效益", "社会", "知晓率", "40%", "≥90%", "92%", "40", ""], ["合计", "", "", "100%", "", "", "100", ""])], []),
    ("full marks 120", [table(HEAD, ["产出", "数量", "培训期数", "80", "≥4期", "4期", "80", ""],
        ["效益", "社会", "知晓率", "40", "≥90%", "92%", "38", "样本较少"], ["合计", "", "", "120", "", "", "118", ""])], []),
    ("a bonus row", [table(HEAD, ["产出", "数量", "培训期数", "60", "≥4期", "4期", "60", ""],
        ["效益", "社会", "知晓率", "40", "≥90%", "92%", "38", "宣传不足"], ["加分项", "", "获省级表彰", "", "", "1次", "2", ""],
        ["合计", "", "", "100", "", "", "100", ""])], []),
    ("no scores", [table(["一级指标", "二级指标", "三级指标", "年度指标值", "全年实际完成值", "未完成原因和改进措施"],
        ["产出指标", "数量指标", "培训期数", "≥4期", "4期", ""], ["", "质量指标", "合格率", "≥95%", "98%", ""])], []),
    ("two projects", ["项目名称：灌区改造", sheet(*SOUND), "项目名称：设备购置", sheet(("检查次数", "≥12次", "12次"), SOUND[1])], []),
    ("a criterion column, no targets", [table(["一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分"],
        ["过程", "预算执行", "预算完成率", "40", "完成率≥95%得40分，每低1%扣1分", "37"],
        ["产出", "职责履行", "重点工作完成率", "60", "按完成率计分", "60"], ["合计", "", "", "100", "", "97"])], []),
    ("a second score beside the own", [table([*HEAD[:7], "复评得分"], ["产出", "数量", "培训期数", "60", "≥4期", "4期", "60", "58"],
        ["效益", "社会", "知晓率", "40", "≥90%", "92%", "40", "38"], ["合计", "", "", "100", "", "", "100", "96"])], []),
    ("weights of 97", [table(HEAD, ["产出", "数量", "培训期数", "57", "≥4期", "4期", "57", ""],
        ["效益", "社会", "知晓率", "40", "≥90%", "92%", "40", ""], ["合计", "", "", "100", "", "", "97", ""])], ["sum.weights"]),
    ("funds under 项目, no projects", ["项目名称：养老补贴", table(["项目", "年初预算数", "全年预算数", "全年执行数", "执行率"],
        ["资金总额", "540.00", "512.80", "501.06", "97.71%"], ["其中：区级财政", "324.00", "307.68", "295.94", "96.18%"],
        ["市级补助", "216.00", "205.12", "205.12", "100.00%"]), sheet(*SOUND)], []),
    ("a total of 99", [sheet(*SOUND, total="99")], ["sum.scores"]),
]  # fmt: skip


def test_an_item_of_nothing_is_exactly_nothing() -> None:
    rows = [
        ["项目", "2023年预算数", "2023年决算数"], ["三公经费", "36.00", "31.85"], ["公务用车购置和维护经费", "21.00", "19.47"],
        ["因公出国经费", "0", "0"], ["公务接待费", "15.00", "12.83"],
    ]  # fmt: skip
    made = check(
        understand(
            document("青禾县林业局2023年度部门整体支出绩效自评报告", "基础数据表（单位：万元）", table(*rows))
        )
    )
    assert [f.rule for f in made.findings if f.severity == "error"] == ["sum.three_public"]


@pytest.mark.parametrize(("parts", "rules"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_tables(parts: list[Grid | str], rules: list[str]) -> None:
    made = check(understand(document(TITLE.replace("部门整体", "项目"), *parts)))
    loud = [f.rule for f in made.findings if f.severity != "notice"]
    assert [r for r in loud if not r.startswith(("section.", "fact."))] == rules
