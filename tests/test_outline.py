"""Outlines of all habits, as small texts: which roles are found, and where."""

from __future__ import annotations

import pytest
from documents import Paragraph, document, paragraph, table

from extractors.ordinals import number_of
from extractors.outline import plain_roles, read_outline, suited
from extractors.roles import claims

T = "正文内容若干，说明有关工作的开展。"

#: name, the text (a line a paragraph), the titles by role; roles that are not named must not be found
OUTLINES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("guangdong", "一、部门基本情况\n（一）部门职能\n负责甲。\n（二）年度总体工作和重点工作任务\n做乙。\n（三）部门整体支出绩效目标\n丙。\n（四）部门整体支出情况（以决算数为统计口径）\n支出10万元。\n二、绩效自评\n（一）自评结论\n优。\n（二）部门整体支出绩效指标分析\n1.预算编制情况。编制。\n2.预算执行情况。执行。\n3.预算使用效益。效益。\n（三）部门整体支出绩效管理存在问题及改进意见\n问题。\n下一步改进措施：改。\n三、其他自评情况\n无。",
     {"functions": "部门职能", "annual_work": "年度总体工作和重点工作任务", "goals": "部门整体支出绩效目标", "spending": "部门整体支出情况（以决算数为统计口径）", "conclusion": "自评结论", "budgeting": "预算编制情况", "execution": "预算执行情况", "benefits": "预算使用效益", "problems": "部门整体支出绩效管理存在问题及改进意见", "improvements": "下一步改进措施", "other": "其他自评情况"}),
    ("hunan", "一、部门、单位基本情况\n（一）主要职能\n甲。\n（二）机构设置情况\n乙。\n二、一般公共预算支出情况\n（一）基本支出情况\n丙。\n（二）项目支出情况\n丁。\n三、政府性基金预算支出情况\n无。\n四、部门整体支出绩效情况\n好。\n五、存在的问题及原因分析\n一是。\n六、下一步改进措施\n改。\n七、其他需要说明的情况\n无。",
     {"functions": "主要职能", "spending": "一般公共预算支出情况", "benefits": "部门整体支出绩效情况", "problems": "存在的问题及原因分析", "improvements": "下一步改进措施", "other": "其他需要说明的情况"}),
    ("sichuan, instructions as headings", "一、部门（单位）概况\n（一）机构组成。我局下设三个股室。\n（二）机构职能。负责甲。\n（三）人员概况。编制5人。\n二、部门财政资金收支情况\n（一）部门财政资金收入情况（说明当年收入）。\n收入10万元。\n（二）部门财政资金支出情况（说明当年支出）。\n支出9万元。\n三、部门整体预算绩效管理情况\n（一）预算编制质量。准确。\n（二）预算执行。进度好。\n四、评价结论及建议\n（一）评价结论。优。\n（二）存在问题。无。\n（三）改进建议。加强。",
     {"functions": "机构职能", "spending": "部门财政资金收支情况", "budgeting": "预算编制质量", "execution": "预算执行", "conclusion": "评价结论", "problems": "存在问题", "improvements": "改进建议"}),
    ("yunnan project", "一、基本情况\n（一）项目概况\n1.项目背景\n甲。\n2.项目内容\n乙。\n（二）项目绩效目标\n丙。\n二、绩效评价工作开展情况\n丁。\n三、综合评价情况及评价结论\n90分。\n四、绩效评价指标分析\n（一）项目决策情况\n好。\n（二）项目效益情况\n好。\n五、主要经验及做法、存在的问题及原因分析\n问题。\n六、有关建议\n建议。\n七、其他需要说明的问题\n无。",
     {"goals": "项目绩效目标", "conclusion": "综合评价情况及评价结论", "benefits": "项目效益情况", "problems": "主要经验及做法、存在的问题及原因分析", "improvements": "有关建议", "other": "其他需要说明的问题"}),
    ("decimal", "1 部门概况\n1.1 主要职责\n甲。\n1.2 年度重点工作\n乙。\n2 预算与执行\n2.1 预算编制\n丙。\n2.2 预算执行\n丁。\n3 自评结论\n戊。",
     {"functions": "主要职责", "annual_work": "年度重点工作", "budgeting": "预算编制", "execution": "预算执行", "conclusion": "自评结论"}),
    ("decimal glued by a PDF", "1部门概况\n1.1主要职责\n甲。\n1.2年度重点工作\n乙。\n2存在问题\n丙。\n3改进措施\n丁。",
     {"functions": "主要职责", "annual_work": "年度重点工作", "problems": "存在问题", "improvements": "改进措施"}),
    ("what stands right before the measures", "一、部门职能\n甲。\n二、自评结论\n得分90分。\n三、心里有数的几件事\n一是预算执行偏慢，支出不均衡。\n四、下一步打算\n将加强调度。",
     {"functions": "部门职能", "conclusion": "自评结论", "problems": "心里有数的几件事", "improvements": "下一步打算"}),
    ("what stands right behind the shortcomings", "一、部门职能\n甲。\n二、自评结论\n得分90分。\n三、存在问题\n一是预算执行偏慢。\n四、来日方长\n将加强调度，进一步压实责任。",
     {"functions": "部门职能", "conclusion": "自评结论", "problems": "存在问题", "improvements": "来日方长"}),
    ("experience before the measures is no shortcoming", "一、部门职能\n甲。\n二、自评结论\n得分90分。\n三、主要经验做法\n不等不靠，解决了入学难问题。\n四、下一步打算\n将加强调度。",
     {"functions": "部门职能", "conclusion": "自评结论", "improvements": "下一步打算"}),
    ("a motto, then the plain words", "一、部门职能\n甲。\n二、一本明白账——部门整体支出情况\n支出9万元。\n三、清醒坚定补短板——存在的不足\n进度慢。\n四、再接再厉——下一步打算\n加强调度。",
     {"functions": "部门职能", "spending": "一本明白账——部门整体支出情况", "problems": "清醒坚定补短板——存在的不足", "improvements": "再接再厉——下一步打算"}),
    ("a label without a number below a title that joins two", "一、绩效自评\n（一）自评结论\n得分90分。\n（二）部门整体支出绩效管理存在问题及改进措施\n不足之处：预算执行偏慢，支出不均衡。\n下一步，我们将加强调度。",
     {"conclusion": "自评结论", "problems": "不足之处", "improvements": "部门整体支出绩效管理存在问题及改进措施"}),
    ("lines that tell scores head nothing", "一、自评得分\n得分92.71分。\n1.预算编制（10分）得10分。\n2.预算执行（25分）得22.21分。\n3.履职效益（20分）得18分。\n二、存在的问题\n甲。",
     {"conclusion": "自评得分", "problems": "存在的问题"}),
    ("a title of the first level, without a role or a number, below one that joins two", "一、自评结论\n得分90分。\n二、存在问题及改进措施\n主要项目资金情况\n一是预算执行偏慢，下一步将加强调度。",
     {"conclusion": "自评结论", "problems": "存在问题及改进措施"}),
    ("conclusion first", "一、自评结论\n得分90分。\n二、部门职责\n甲。\n三、绩效目标\n乙。\n四、资金使用情况\n丙。\n五、履职效益\n丁。\n六、问题与不足\n戊。\n七、下一步打算\n己。",
     {"conclusion": "自评结论", "functions": "部门职责", "goals": "绩效目标", "spending": "资金使用情况", "benefits": "履职效益", "problems": "问题与不足", "improvements": "下一步打算"}),
    ("chapters", "第一部分 部门概况\n一、部门职能\n甲。\n第二部分 部门支出情况\n一、部门整体支出情况\n乙。\n第三部分 绩效自评情况\n一、自评得分\n丙。\n第四部分 存在的主要问题\n丁。\n第五部分 改进措施\n戊。",
     {"functions": "部门职能", "spending": "部门支出情况", "conclusion": "自评得分", "problems": "存在的主要问题", "improvements": "改进措施"}),
    ("numbers skipped and doubled", "一、部门职能\n甲。\n一、年度绩效目标\n乙。\n四、部门整体支出情况\n丙。\n五、自评结论\n丁。\n五、存在问题\n戊。\n八、改进措施\n己。",
     {"functions": "部门职能", "goals": "年度绩效目标", "spending": "部门整体支出情况", "conclusion": "自评结论", "problems": "存在问题", "improvements": "改进措施"}),
    ("numbers lost", "部门职能\n甲。\n年度重点工作\n乙。\n绩效目标\n丙。\n自评结论\n丁。\n存在的问题\n戊。\n改进措施\n己。",
     {"functions": "部门职能", "annual_work": "年度重点工作", "goals": "绩效目标", "conclusion": "自评结论", "problems": "存在的问题", "improvements": "改进措施"}),
    ("half of a number lost", "）部门职能\n甲。\n二）年度绩效目标\n乙。\n、自评结论\n丙。\n（四 存在问题\n丁。",
     {"functions": "部门职能", "goals": "年度绩效目标", "conclusion": "自评结论", "problems": "存在问题"}),
    ("mismatched brackets", "（一)部门职能\n甲。\n(二）年度绩效目标\n乙。\n【三）自评结论\n丙。",
     {"functions": "部门职能", "goals": "年度绩效目标", "conclusion": "自评结论"}),
    ("mixed 1. and 2、", "1.部门职能\n甲。\n2、绩效目标\n乙。\n3．自评结论\n丙。\n4 存在问题\n丁。",
     {"functions": "部门职能", "goals": "绩效目标", "conclusion": "自评结论", "problems": "存在问题"}),
    ("glued by a full stop", "（一）部门职能。负责全县甲乙丙丁等工作，拟订有关规划并组织实施。\n（二）预算执行情况。2023年支出10万元。", {"functions": "部门职能", "execution": "预算执行情况"}),
    ("glued by a colon", "1.预算编制情况：2023年预算100万元。\n2.预算执行情况：支出90万元。", {"budgeting": "预算编制情况", "execution": "预算执行情况"}),
    ("glued by a space", "1.预算编制情况 2023年预算100万元，其中基本支出80万元。\n2.预算执行情况 支出90万元，执行率90%。", {"budgeting": "预算编制情况", "execution": "预算执行情况"}),
    ("glued with no mark at all", "2、预算执行情况2023年我局部门预算支出执行率为90%，支出进度正常，资金管理规范。", {"execution": "预算执行情况"}),
    ("two headings in one line", "四、评价结论及建议（一）评价结论\n优。\n（二）存在问题\n有。\n（三）改进建议\n改。", {"conclusion": "评价结论", "problems": "存在问题", "improvements": "改进建议"}),
    ("a heading that lost its line break", "1.预算编制情况\n预算100万元。2.预算执行情况。支出90万元。3.预算使用效益。好。", {"budgeting": "预算编制情况", "execution": "预算执行情况", "benefits": "预算使用效益"}),
    ("labels within a paragraph", "（三）存在问题及改进意见\n存在问题：测算较粗。改进意见：细化测算。", {"problems": "存在问题", "improvements": "改进意见"}),
    ("measures hidden in a shared heading", "三、存在问题及改进措施\n一是指标设置偏粗。\n下一步，我局将细化指标。", {"problems": "存在问题及改进措施", "improvements": "下一步"}),
    ("contents with leaders", "目  录\n一、部门职能……………1\n二、自评结论……………3\n一、部门职能\n甲。\n二、自评结论\n乙。", {"functions": "部门职能", "conclusion": "自评结论"}),
    ("contents without leaders", "目录\n一、部门职能 1\n二、自评结论 2\n一、部门职能\n甲。\n二、自评结论\n乙。", {"functions": "部门职能", "conclusion": "自评结论"}),
    ("contents without pages", "目录\n一、部门职能\n二、自评结论\n一、部门职能\n甲。\n二、自评结论\n乙。", {"functions": "部门职能", "conclusion": "自评结论"}),
    ("long report contents with dashes", "目 次\n部门职能 - 1 -\n自评结论 - 2 -\n部门职能\n甲。\n自评结论\n乙。", {"functions": "部门职能", "conclusion": "自评结论"}),
    ("narrative headings are none of the roles", "一、年度工作完成情况\n（一）加强预算执行管理\n甲。\n（二）履行职能，服务发展\n乙。\n（三）提高资金使用效益\n丙。\n二、存在问题\n（一）预算编制不够精细\n丁。\n（二）预算执行进度偏慢\n戊。", {"annual_work": "年度工作完成情况", "problems": "存在问题"}),
    ("shortcomings under the role's own words", "二、预算执行情况\n好。\n三、存在问题\n1.预算编制。不细。\n2.预算执行。较慢。\n四、改进措施\n1.预算编制。细化。", {"execution": "预算执行情况", "problems": "存在问题", "improvements": "改进措施"}),
    ("annexed table", "一、部门职能\n甲。\n二、其他\n无。\n附件2\n部门整体支出绩效自评表", {"functions": "部门职能", "other": "其他"}),
    ("transfer payment", "一、绩效目标分解下达情况\n甲。\n二、绩效目标完成情况分析\n（一）资金投入情况分析\n1.项目资金到位情况\n乙。\n2.项目资金执行情况\n丙。\n（二）绩效指标完成情况\n1.产出指标完成情况\n丁。\n2.效益指标完成情况\n戊。\n三、偏离绩效目标的原因和下一步改进措施\n工期未按时完成，拟建立台账按月督促。\n四、其他需要说明的问题\n无。",
     {"goals": "绩效目标分解下达情况", "execution": "项目资金执行情况", "benefits": "效益指标完成情况", "problems": "偏离绩效目标的原因和下一步改进措施", "improvements": "偏离绩效目标的原因和下一步改进措施", "other": "其他需要说明的问题"}),
    ("year and owner in the titles", "一、2023年度本单位主要职责\n甲。\n二、我局2023年度绩效目标设定情况\n乙。\n三、2023年部门预算执行情况分析\n丙。", {"functions": "2023年度本单位主要职责", "goals": "我局2023年度绩效目标设定情况", "execution": "2023年部门预算执行情况分析"}),
    ("overview that describes the functions", "一、部门概况\n我局负责全县甲工作，承担乙职责。\n二、自评结论\n丙。", {"functions": "部门概况", "conclusion": "自评结论"}),
    ("overview beside functions", "一、部门概况\n（一）部门概况\n甲。\n（二）主要职能\n负责乙。", {"functions": "主要职能"}),
    ("nothing required", "一、会议议题\n甲。\n二、会议要求\n乙。", {}),
    ("a figure's label is no heading", "一、预算编制\n预算如下。\n年初预算：100.00万元\n调整预算：110.00万元", {"budgeting": "预算编制"}),
    ("goals as a list", "二、绩效目标\n目标1：保障运转。\n目标2：开展培训。\n三、工作任务\n任务。", {"goals": "绩效目标", "annual_work": "工作任务"}),
    ("spaces in titles", "一、部 门 职 能\n甲。\n（二） 自 评 结 论\n乙。", {"functions": "部 门 职 能", "conclusion": "自 评 结 论"}),
    ("measures twice", "五、存在问题\n（一）存在的问题\n甲。\n（二）下一步改进措施\n乙。\n六、下一步工作计划\n丙。", {"problems": "存在问题", "improvements": "下一步工作计划"}),
    ("result applied is not the conclusion", "四、自评结论\n优。\n五、绩效自评结果拟应用和公开情况\n公开。", {"conclusion": "自评结论"}),
    ("other funds are not the other matters", "一、其他资金使用情况\n甲。\n二、其他需说明的事项\n无。", {"other": "其他需说明的事项"}),
    ("needs explained are no problems", "三、存在问题\n甲。\n四、需要说明的问题\n无。", {"problems": "存在问题", "other": "需要说明的问题"}),
    ("full-width and circled numbers", "１．部门职能\n甲。\n①自评结论\n乙。", {"functions": "部门职能", "conclusion": "自评结论"}),
    ("a section's text begins with its own label", "一、基本情况\n（一）绩效目标\n年度绩效目标：保障运转。\n（二）重点工作任务\n重点任务：一是甲。二是乙。", {"goals": "绩效目标", "annual_work": "重点工作任务"}),
    ("strange words under the next number of an outline without marks", "1部门职责\n甲。\n2存在的问题\n乙。\n3绩效自评结果应用\n丙。\n4其他说明\n无。", {"functions": "部门职责", "problems": "存在的问题", "other": "其他说明"}),
    ("hubei", "一、自评结论\n（一）自评得分\n97分。\n（二）绩效目标完成情况\n1.执行率情况。98%。\n2.完成的绩效目标。全部。\n3.未完成的绩效目标。无。\n二、佐证材料\n1.部门职能简介。负责甲。\n2.部门整体预算支出规模。支出9万元。", {"conclusion": "自评结论", "execution": "执行率情况", "functions": "部门职能简介", "spending": "部门整体预算支出规模"}),
    ("a sentence with a figure is no heading", "一、存在的问题\n1.项目执行率偏低，年末结转33.17万元。\n2.指标不细。\n二、改进措施\n甲。", {"problems": "存在的问题", "improvements": "改进措施"}),
    ("an overview within an overview", "一、部门概况\n（一）部门基本情况\n主要职能为负责统计。\n（二）支出规模\n9万元。", {"functions": "部门基本情况", "spending": "支出规模"}),
    ("goals and their fulfilment under one heading", "一、绩效目标设定及完成情况\n（一）绩效目标\n甲。\n（二）绩效目标完成情况\n乙。", {"goals": "绩效目标", "benefits": "绩效目标完成情况"}),
    ("a school", "一、学校概况\n承担教学职责。\n二、办学效益\n甲。\n三、下一阶段工作措施\n乙。", {"functions": "学校概况", "benefits": "办学效益", "improvements": "下一阶段工作措施"}),
    ("next year's plan is no year's work", "一、存在问题\n甲。\n二、下年度工作计划\n乙。", {"problems": "存在问题", "improvements": "下年度工作计划"}),
    ("advice within the problems", "五、问题及建议\n1、指标衔接不够；2、进度只有61%。建议加大培训力度。", {"problems": "问题及建议", "improvements": "建议"}),
    ("the yields are no benefits where benefits have their own", "（一）项目过程情况\n执行率98%。\n（二）项目产出情况\n打井53眼。\n（三）项目效益情况\n受益甲。", {"benefits": "项目效益情况"}),
    ("sections in the order of another province", "一、存在的不足\n甲。\n二、整改措施\n乙。\n三、部门职责与机构\n负责丙。\n四、收支情况\n丁。\n五、预算批复与调整\n戊。", {"problems": "存在的不足", "improvements": "整改措施", "functions": "部门职责与机构", "spending": "收支情况", "budgeting": "预算批复与调整"}),
    ("效果类指标 rather than 产出类指标", "一、绩效目标\n达到95%。\n二、绩效指标分析\n（一）产出类指标（30分）\n完成114件，完成率103%。\n（二）效果类指标（30分）\n满意率94%。\n三、存在的问题\n较慢。", {"goals": "绩效目标", "benefits": "效果类指标（30分）", "problems": "存在的问题"}),
    ("one heading for two roles", "一、单位职责\n负责甲乙丙丁。\n二、年度目标及重点任务\n新增甲60家，兑付及时率100%。\n三、存在的问题和整改情况\n甲不够细；已建立台账，下月完成。", {"functions": "单位职责", "goals": "年度目标及重点任务", "annual_work": "年度目标及重点任务", "problems": "存在的问题和整改情况", "improvements": "存在的问题和整改情况"}),
    ("two roles in a title, one in the text", "一、单位职责\n负责甲乙丙丁。\n二、年度目标及重点任务\n甲不低于95%，乙不超过3起。\n三、存在的问题\n丙有待加强。", {"functions": "单位职责", "goals": "年度目标及重点任务", "annual_work": "年度目标及重点任务", "problems": "存在的问题"}),
    ("problems and measures in a title, whatever the text says", "一、单位职责\n负责甲乙丙丁。\n二、存在的问题和整改情况\n甲不够细，乙进度偏慢，丙有待加强。", {"functions": "单位职责", "problems": "存在的问题和整改情况", "improvements": "存在的问题和整改情况"}),
    ("two roles that have sections of their own", "一、预算及支出\n（一）预算批复\n甲。\n（二）支出情况\n乙。", {"budgeting": "预算批复", "spending": "支出情况"}),
    ("one of two roles in a section below", "一、单位职责\n负责甲乙丙丁。\n二、绩效目标及重点任务\n1.总体目标\n覆盖率达到95%。\n2.阶段要求\n建成甲中心，完成乙改造。", {"functions": "单位职责", "goals": "总体目标", "annual_work": "绩效目标及重点任务"}),
    ("fulfilment below the goals", "一、绩效目标及完成情况\n（一）年初目标\n培训12期。\n（二）完成情况\n实际培训13期，满意率98%。", {"goals": "年初目标", "benefits": "完成情况"}),
    ("titles in frames", "【学校概况】\n本校承担高中教育职责。\n【收入和支出】\n支出合计9万元。\n【自评打分】\n总分96分。\n【困难和问题】\n缺编。\n【改进思路】\n建立计划。", {"functions": "学校概况", "spending": "收入和支出", "conclusion": "自评打分", "problems": "困难和问题", "improvements": "改进思路"}),
    ("plain words, proved by the text", "一、我们是谁\n本馆负责古籍保护。\n二、这一年做了什么\n修复古籍12册。\n三、钱花到了哪里\n全年支出90万元，其中人员80万元。\n四、效果怎么样？\n读者满意率提高到95%。\n五、哪些没办好\n进度偏慢。\n六、往后怎么做\n将提前招标。", {"functions": "我们是谁", "annual_work": "这一年做了什么", "spending": "钱花到了哪里", "benefits": "效果怎么样", "problems": "哪些没办好", "improvements": "往后怎么做"}),
    ("plain words that the text does not prove", "一、单位职责\n负责甲。\n二、钱花到了哪里\n严格执行制度。\n三、自评得分\n96分。", {"functions": "单位职责", "conclusion": "自评得分"}),
    ("what the text says it is on", "一、单位职责\n负责甲。\n二、专项组织实施情况\n实行法人制。\n预算执行方面，年初批复9万元，执行率98%。", {"functions": "单位职责", "execution": "专项组织实施情况"}),
    ("numerals of a cheque", "壹、单位职责\n负责甲。\n贰、想达到什么\n覆盖率不低于95%。\n叁、做到了什么\n覆盖率达到96%。\n肆、自评打分\n95分。", {"functions": "单位职责", "goals": "想达到什么", "benefits": "做到了什么", "conclusion": "自评打分"}),
    ("the use of money where another section is on the spending", "一、资金收支情况\n支出9万元。\n二、绩效分析\n（一）资金安排\n预算编报及时。\n（二）资金使用\n预算执行率98%。", {"spending": "资金收支情况", "budgeting": "资金安排", "execution": "资金使用"}),
    ("other matters beside problems and advice", "第一部分 概况\n一、单位职责\n负责甲。\n第二部分 问题和建议\n一、问题\n进度慢。\n二、建议\n建议提前。\n三、其他事项\n无。", {"functions": "单位职责", "problems": "问题", "improvements": "建议", "other": "其他事项"}),
    ("numerals of a cheque without marks", "壹　我们是谁\n本站负责种子检验。\n贰　目标怎么定的\n合格率不低于98%。\n叁　执行管理\n按月通报。\n肆　打分\n95分。", {"functions": "我们是谁", "goals": "目标怎么定的", "execution": "执行管理", "conclusion": "打分"}),
    ("numbers without marks before strange words", "1 项目来历\n老街常年积水。\n2 定的目标\n积水点消除率95%以上。\n3 钱\n3.1 花的情况\n支出90万元。\n4 做成了什么\n积水点消除率提高到96%。\n5 往后\n提前备料。", {"goals": "定的目标", "spending": "花的情况", "benefits": "做成了什么", "improvements": "往后"}),
    ("numbers without marks that are too few", "一、单位职责\n负责甲。\n1 路灯\n换了。\n2 井盖\n补了。", {"functions": "单位职责"}),
    ("plain words below an overview", "一、单位概况\n本队负责渔政，在编9人。\n（一）管什么\n渔政执法由本队承担。\n（二）今年办了哪几件事\n清网12次。\n（三）年初定的目标\n投诉办结率100%。\n二、“三公”\n1万元。\n三、短处\n船龄老。\n四、附带说明\n无。", {"functions": "管什么", "annual_work": "今年办了哪几件事", "goals": "年初定的目标", "problems": "短处", "other": "附带说明"}),
    ("how the money is watched, where no section is on the execution", "一、收支情况\n支出9万元。\n二、过程管理\n预算执行率98%。\n三、指标完成\n全部达标。\n四、下步\n提前招标。", {"spending": "收支情况", "execution": "过程管理", "benefits": "指标完成", "improvements": "下步"}),
    ("other words for and", "一、资金投入与使用\n支出9万元。\n二、产出、效果\n甲提高。", {"spending": "资金投入与使用", "benefits": "产出、效果"}),
)  # fmt: skip


def roles(*parts: str | Paragraph) -> dict[str, str]:
    return {section.role: section.title for section in read_outline(document(*parts)) if section.role}


@pytest.mark.parametrize(("name", "text", "expected"), OUTLINES, ids=[row[0] for row in OUTLINES])
def test_roles(name: str, text: str, expected: dict[str, str]) -> None:
    assert roles(*text.split("\n")) == expected


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("资金兑付情况", "spending"), ("资金支付", "spending"), ("支出进度", "spending"),
        ("项目资金使用情况", "spending"), ("项目资金拨付及使用", "spending"),
        ("资金执行情况", "execution"), ("预算执行", "execution"),
    ],
)  # fmt: skip
def test_what_a_project_has_paid_is_its_spending(title: str, role: str) -> None:
    text = f"一、项目概况\n甲。\n二、{title}\n全年支付90万元，执行率90%。\n三、存在问题\n进度慢。"
    paper = document(*map(paragraph, text.split("\n")))
    sections = suited(paper, read_outline(paper), "project_report")
    assert {s.title: s.role for s in sections if s.role}[title] == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）资金情况\n财政安排95万元，截至年底支付90万元。", {"资金情况": "spending"}),
        ("（一）资金情况\n财政安排95万元，已全部到账。", {}),
        ("（一）资金\n安排95万元，支付90万元。\n（二）资金支付\n支付90万元。", {"资金支付": "spending"}),
        ("（一）资金管理\n专账核算，预算执行有监督。", {}),
    ],
)  # fmt: skip
def test_funds_of_a_project(text: str, expected: dict[str, str]) -> None:
    lines = f"一、项目概况\n甲。\n二、组织实施\n乙。\n{text}\n三、存在问题\n进度慢。"
    paper = document(*map(paragraph, lines.split("\n")))
    sections = suited(paper, read_outline(paper), "project_report")
    assert {s.title: s.role for s in sections if s.role and s.role != "problems"} == expected


PLAIN: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("lines of an account", "一、部门收支情况\n（一）预算安排\n年初预算9万元。\n（二）支出执行\n支出8万元。", {"部门收支情况": "spending"}),
    ("how the budget was made", "一、部门收支情况\n支出8万元。\n（一）预算编制\n按时编报。\n（二）预算执行\n支出8万元。", {"部门收支情况": "spending", "预算编制": "budgeting", "预算执行": "execution"}),
    ("a part of the report on its own", "一、单位职责\n负责甲。\n二、预算安排\n年初预算9万元。", {"单位职责": "functions", "预算安排": "budgeting"}),
    ("budget and execution together", "一、单位职责\n负责甲。\n二、部门预算及执行\n预算9万元，支出8万元。", {"单位职责": "functions", "部门预算及执行": "spending"}),
    ("the execution, and nothing else on the spending", "一、单位职责\n负责甲。\n二、预算执行情况\n全年支出8万元，执行率95%。", {"单位职责": "functions", "预算执行情况": "spending execution"}),
    ("goals that were met", "一、收支情况\n支出8万元。\n二、绩效目标完成情况\n完成检测300批次。", {"收支情况": "spending"}),
    ("goals that were met, and what came of it", "一、收支情况\n支出8万元。\n二、绩效目标完成情况\n群众满意度96%。", {"收支情况": "spending", "绩效目标完成情况": "benefits"}),
    ("a title that joins problems and measures", "一、收支情况\n支出8万元。\n二、问题与对策\n一是资金支付进度偏慢；二是早些开工，按月调度。", {"收支情况": "spending", "问题与对策": "improvements problems"}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), PLAIN, ids=[row[0] for row in PLAIN])
def test_roles_as_a_reader_gives_them(name: str, text: str, expected: dict[str, str]) -> None:
    told: dict[str, str] = {}
    for section in plain_roles(read_outline(document(*text.split("\n")))):
        if section.role:
            told[section.title] = f"{told.get(section.title, '')} {section.role}".strip()
    assert told == expected


def test_a_style_makes_any_short_line_a_heading_but_not_on_the_cover() -> None:
    parts = (
        paragraph("青河县司法局", level=1), "2023年度绩效自评报告", paragraph("部门职能", level=1), "负责甲。",
        paragraph("重大事项", level=1), "乙。",
    )  # fmt: skip
    assert [section.title for section in read_outline(document(*parts))] == ["部门职能", "重大事项"]


def test_a_number_used_again_two_levels_down_stays_below() -> None:
    text = (
        "部门基本情况\n（一）部门职能\n甲。\n（二）年度总体工作和重点工作任务\n一、年度总体工作\n一、抓好经济\n（一）调研\n甲。\n（二）服务\n"
        "乙。\n二、抓好队伍\n（一）培训\n丙。\n二、重点工作任务\n丁。\n（三）绩效目标\n戊。\n二、绩效自评\n（一）自评结论\n己。"
    )
    levels = {section.title: section.level for section in read_outline(document(*text.split("\n")))}
    assert levels == {
        "部门基本情况": 1, "部门职能": 2, "年度总体工作和重点工作任务": 2, "年度总体工作": 3, "抓好经济": 4, "调研": 5, "服务": 5,
        "抓好队伍": 4, "培训": 5, "重点工作任务": 3, "绩效目标": 2, "绩效自评": 1, "自评结论": 2,
    }  # fmt: skip


def test_bold_and_styled_headings_without_numbers() -> None:
    found = read_outline(
        document(
            paragraph("基本情况", level=1), paragraph("职能", level=2, bold=True), T,
            paragraph("结论", bold=True, size=16.0), T,
        )
    )  # fmt: skip
    assert [(s.title, s.level, s.role) for s in found] == [
        ("基本情况", 1, None),
        ("职能", 2, "functions"),
        ("结论", found[2].level, "conclusion"),
    ]


def test_automatic_numbers_are_kept_as_shown() -> None:
    found = read_outline(
        document(paragraph("部门职能", number="（一）"), T, paragraph("自评结论", number="（二）"), T)
    )
    assert [(s.number, s.title) for s in found] == [("（一）", "部门职能"), ("（二）", "自评结论")]


def test_lines_marked_as_contents_are_no_headings() -> None:
    found = read_outline(document(paragraph("一、部门职能", toc=True), "一、部门职能", T))
    assert [s.block for s in found] == [1]


def test_a_report_in_one_table() -> None:
    found = read_outline(
        document(
            "部门整体支出绩效自评报告",
            table(["一、部门职能\n负责全县甲乙丙丁等项工作，承担戊职责。\n二、自评结论\n自评得分90分，等级为优。"], ["三、存在的问题\n一是绩效目标设置偏粗，二是资料归档不及时。"]),
        )
    )  # fmt: skip
    assert [s.role for s in found] == ["functions", "conclusion", "problems"]
    assert found[0].text == "负责全县甲乙丙丁等项工作，承担戊职责。"


def test_a_report_filled_into_a_table_of_labels() -> None:
    rows = [
        ["联系人", "陈安", "联络电话", "8800123"], ["职能职责概述", "负责全县甲工作，承担乙、丙等职责。", "<", "<"],
        ["年度主要\n工作内容", "完成甲工作三项，推进乙工程。", "<", "<"],
    ]  # fmt: skip
    parts = [
        "一、部门（单位）基本概况",
        table(*rows),
        "二、部门收支情况",
        "支出90万元。",
        "三、存在的问题",
        "一是甲。",
    ]
    found = read_outline(document(*parts))
    assert {s.role: s.title for s in found if s.role} == {
        "functions": "职能职责概述", "annual_work": "年度主要\n工作内容", "spending": "部门收支情况", "problems": "存在的问题",
    }  # fmt: skip
    assert found[1].text == "负责全县甲工作，承担乙、丙等职责。"
    alone = [
        ["部门职能", "负责全县甲工作，承担乙、丙等职责。"],
        ["年度重点工作", "完成甲工作三项，推进乙工程。"],
        ["存在问题", "一是绩效目标设置不够细化。"],
        ["改进措施", "下一步细化绩效目标设置。"],
    ]
    assert [s.role for s in read_outline(document(table(*alone)))] == [
        "functions",
        "annual_work",
        "problems",
        "improvements",
    ]
    assert read_outline(document("部门整体支出绩效自评表", table(alone[0], alone[1]))) == ()


def test_headings_below_a_form_with_and_without_numbers() -> None:
    def below(*parts: str | Paragraph) -> dict[str, str]:
        form = table(["项目名称", "农村公路养护"], ["年初预算数", "100.00"])
        paper = document("项目支出绩效自评表", form, *parts)
        return {s.title: s.role for s in suited(paper, read_outline(paper), "project_table") if s.role}

    styled = (
        paragraph("存在的主要问题", level=1),
        "一是进度慢。",
        paragraph("改进措施", level=1),
        "加强调度。",
    )
    assert below(*styled) == {"存在的主要问题": "problems", "改进措施": "improvements"}
    assert below("一、存在问题", "进度慢。") == {"存在问题": "problems"}
    assert below("1.存在问题", "进度慢。") == {}  # one of the form's notes
    assert below(paragraph("其他需要说明的情况", level=1), "本表以决算为准。") == {}


def test_cells_of_an_indicator_table_are_no_headings() -> None:
    rows = [
        ["一级指标", "二级指标", "分值", "得分"],
        ["预算编制", "编制质量", "10", "9"],
        ["预算执行", "执行率", "10", "8"],
    ]
    assert read_outline(document("一、自评结论", T, table(*rows)))[0].role == "conclusion"
    assert len(read_outline(document("一、自评结论", T, table(*rows)))) == 1


def test_section_text_holds_its_subsections_and_leaves_the_signature_out() -> None:
    found = read_outline(
        document("一、自评情况", "（一）自评结论", "优。", "（二）其他", "无。", "某县某局", "2024年4月30日")
    )
    assert found[0].text == "（一）自评结论\n优。\n（二）其他\n无。"
    assert (found[-1].text, found[-1].last_block) == ("无。", 4)


def test_an_empty_section_has_no_text() -> None:
    found = read_outline(document("一、自评结论", "", "二、存在问题", "有。"))
    assert (found[0].text, found[0].last_block, found[0].block) == ("", 0, 0)


def test_a_table_is_the_text_of_a_section_without_prose() -> None:
    found = read_outline(
        document("一、部门整体支出情况", table(["项目", "金额"], ["基本支出", "10"]), "二、存在问题", "有。")
    )
    assert found[0].text == "项目\n金额\n基本支出\n10"


def test_headings_point_at_their_characters() -> None:
    made = document(
        "1.预算编制情况。2023年预算100万元。", "2、预算执行情况2023年我局支出90万元，执行率90%，进度正常。"
    )
    for section in read_outline(made):
        assert made.blocks[section.block].text[section.start : section.end].endswith(section.title)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（三）部门职能", ("（三）", "item", 3)),
        ("(三）部门职能", ("(三）", "item", 3)),
        ("十二、其他", ("十二、", "clause", 12)),
        ("1.2 主要职责", ("1.2", "decimal", 2)),
        ("1.3年度重点工作", ("1.3", "decimal", 3)),
        ("3.92万元用于培训", ("", "", None)),
        ("2.5亩用地", ("", "", None)),
        ("第三部分 其他", ("第三部分", "chapter", 3)),
        ("2、预算执行", ("2、", "point", 2)),
        ("③效益", ("③", "circle", 3)),
        ("2023年预算", ("", "", None)),
        ("一是加强学习", ("", "", None)),
    ],
)
def test_numbers(text: str, expected: tuple[str, str, int | None]) -> None:
    assert number_of(text)[:3] == expected


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("部门整体支出绩效自评表", None),
        ("关于开展自评工作的通知", None),
        ("机构组成", None),
        ("人员编制情况", None),
        ("预算编制不够精细", None),
        ("加强预算执行管理", None),
        ("履职效能分析", "benefits"),
        ("部门（单位）整体收支情况", "spending"),
        ("绩效目标完成情况", "benefits"),
        ("偏离绩效目标的原因和下一步改进措施", "problems"),
    ],
)
def test_titles(title: str, first: str | None) -> None:
    found = claims(title)
    assert (found[0].role if found else None) == first
