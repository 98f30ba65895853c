"""Whose a score, a grade or the people are, by the words before them: the report's own, another body's or year's,
a single project's."""

from __future__ import annotations

import re

from extractors.figures.names import Names

#: 上年评价等级为良 · 成果获市级评审，评定为良好 · 财政局对我单位评价等级为良 · 下属单位自评等级均为良
OTHERS = re.compile(
    r"\d\s?[家个所名][^，。；\d]{1,8}(?=得分)|上一?年度?|去年|往年|财政(?:部门|局|厅)[^，。；]{0,6}(?:对(?!照)|评(?!表|分体系|分标准|分办法|分表|价体系|价标准|价办法|价指标)|复)|财政对[我本]|第三方|复评|(?<!制)下属|所属(?:各)?单位|二级单位|[省市]级(?:评审|验收|考核|抽评)|成果[^。；]{0,12}(?:评审|验收)"
)
#: 办学水平督导，本校得93.4分 · 市教育局给出的跟踪评分为84分 · 4A级复核中得926分 · 核查评分我县94.6分: other evaluations
OTHER_EVALUATION = re.compile(
    r"督导|跟踪|监控|复核|核查|抽查|(?<!绩效)考核(?!指标|评价小组|标准|细则|办法)|考评(?!小组)|评比|(?<!评分表)测评|(?<!集体)(?<!经)(?<!逐条)评议|意见|(?:部门|单位|乡镇|街道|学校|同类)[^。；，]{0,8}平均|景区|暗访|督查|创建|排名|运行评估|(?<!自评)定级|抽评|再评价|机关绩效考核|绩效考核中|上次|上一?轮|我[省市县区州旗](?:得|以|排|位)|该(?:中心|[校院站馆所局处队场])|内部控制(?:评价|自评|考核|测评)|质量评估|初评|[局厅委中心][^，。；]{0,6}对我[局院校处会办厅站馆][^。；]{0,24}(?:评价|评估|检查)|另行打分|单独评价"
)
#: what makes a score or grade behind such words the report's own all the same
OF_REPORT = re.compile(
    r"自评|本次评价|该部分|满分|综合(?:评价|评定)?得分|总(?:得)?分|最终|绩效评价(?:得分|结果|等级)|(?:我|本)(?:局|部门|单位|项目)(?:整体|绩效|支出|综合)"
)


def of_other_evaluation(spoken: str) -> bool:
    """Whether another evaluation than the report's own is what the words before a score or grade speak of last."""
    others = list(OTHER_EVALUATION.finditer(spoken))
    return bool(others) and not OF_REPORT.search(spoken, others[-1].start())


OWN = re.compile(r"本年|今年|本次|(?<!对)本部门|(?<!对)本(?:单位|项目)|(?<!对)我[局办委会厅院处单镇乡校站所]")


#: 比上年91.2分提高2.3分，继续评为“优”: last year is only compared with
COMPARED = re.compile(r"[比较与同](?:上一?年度?|去年|往年)[^。；]*?\d[\d.]*\s?分")


#: 自评得分94.2分（上年92.8分），等级为优
ASIDE = re.compile(r"[（(](?:上一?年度?|去年|20\d\d年度?)(?:为|：)?\s?\d[\d.]*\s?分?[）)]")


#: 按照县财政局统一的自评表评分，项目自评得分99.09分: by what it is scored, and not by whom
BY_SHEET = re.compile(
    r"(?:按照?|根据|依据|对照|参照)[^，。；]{0,20}的(?:自评|评分|评价|指标)[^，。；]{0,8}[，]"
)


def of_others(spoken: str, year: int | None) -> bool:
    """Whether the words before a grade speak of another year or body last."""
    spoken = ASIDE.sub("", BY_SHEET.sub("", spoken))
    years = list(re.finditer(r"(?<!\d)(20\d\d)\s?年", spoken))
    if years and year and not re.search(r"[比较]$", spoken[: years[-1].start()]):
        return int(years[-1][1]) < year
    others = [one for one in OTHERS.finditer(spoken) if not COMPARED.match(spoken, max(one.start() - 1, 0))]
    return bool(others) and not OWN.search(spoken, others[-1].end())


#: “信息化建设”项目自评得分78分 · 最低项目得分78分 · 项目支出自评平均得分91.5分
OF_PROJECTS = re.compile(
    r"[”\"]\s?项目|(?:最低|最高|平均|各(?!项?(?:一级|二级|三级)?指标|部分|维度)|个(?!部分|方面|维度|板块|大?类|一级|环节)|每个)[^，。；]{0,6}(?:项目(?!标)|得分)|项目支出[^，。；]{0,6}(?:自评|平均)|(?<!整体支出)项目(?:绩效)?自评(?!表)"
)
OF_WHOLE = re.compile(r"整体|部门(?!预算项目)|我[局办委会厅院处单]|本[单部局]")


#: 各项目按权重计算的综合得分为91.56分 · 简单平均后本部门项目自评综合得分93.98分: all the projects as one
MEAN = re.compile(
    r"(?:平均|加权|权重|算术|汇总|折算)[^。；]{0,24}(?:综合(?:评价|自评)?得分|综合评分|总得分|总分|总评分)(?:为|是|：)?\s?$"
)


def of_projects(spoken: str) -> bool:
    """Whether single projects are what the words before a score or grade speak of last."""
    projects = list(OF_PROJECTS.finditer(spoken))
    return bool(projects) and not OF_WHOLE.search(spoken, projects[-1].end())


#: 年内新进3人，调出2人，退休2人: who came and went in the year
LEFT_WITH_OTHERS = re.compile(
    r"(?:新进|新招|招录|招聘|考录|调入|调往|调出|调离)[^。；]*[，、](?:办理)?退休\s?$|户\s?$|不在岗\s?$"
)
#: 编外人员三年内压减至300人: what is aimed at
AIMED = re.compile(
    r"(?:年内|拟|计划|力争|将|到20\d\d年)[^。；，\d]{0,12}(?:压减|减少|精简|控制|压缩)[到至在]\s?$|[给为让][每各][^。；，\d]{1,14}(?:配备?|安排|指定|设)了?\s?$"
)
#: 在职人员中，县水利工程服务中心实有36人（编制38名）: of one of the department's units
OF_UNIT = re.compile(
    r"(?:^|[，。；、：])(?:其中|(?:在职|在编|实有)(?:人员|职工)?中)[，：:]?\s?(?:下属|所属|直属|局属)?"
    r"(?P<name>[^，。；、：\d（(]{0,16}?(?:军休所|派出所|司法所)|[^，。；、：\d（(]{2,16}?(?:中心|管理站|管理所|总站|大队|支队|卫生院|福利院|文化馆|图书馆|博物馆))"
    r"(?:事业)?(?:现?实有|(?:核定)?编制|核定|在编|在岗)[^。；，、\d]{0,4}(?:\d+[人名个][（，(](?:编制|实有|在编|在岗)[^。；，、\d]{0,4})?$"
)
#: 实有在编人员28人，其中行政11人、事业17人，军休所占编7人 · 一个事业单位（信息中心，编制6名，实有6人）并入机关核算
UNIT_POSTED = re.compile(
    r"，(?P<name>[一-鿿]{2,10}?(?:[所站馆院队]|中心))占编$"
    r"|[（(](?P<unit>[一-鿿]{2,14}?(?:[所站馆院队]|中心))，(?:核定)?(?:事业)?编制(?:\d+[人名个]，(?:实有|在编|在岗))?$"
)
#: 县社会福利院（事业编14名，在编13人）、县救助管理站（事业编6名，在编6人）: unit by unit
UNIT_IN_BRACKETS = re.compile(
    r"(?:[所站馆院队场校]|中心)[（(](?:核定)?(?:事业)?编制?\s?\d+[人名个](?:，(?:实有|在编|在岗|在职)\d+[人名个]?)?"
)


#: 在职人员中，具有审计师以上职称的16人: of some of them
QUALIFIED = re.compile(
    r"(?:具有|拥有|持有|取得|具备)[^，。；\d]{2,20}(?:职称|学历|资格|证书?|学位)[^，。；\d]{0,4}$"
    r"|以上(?:专业技术)?(?:职称|学历|职务)(?:的|者|人员)?(?:仅|只有|共)?\s?$"
)


#: 全县21个乡镇水管站共有在编人员47人 · 全县在岗教职工4,905人 · 11个镇的自然资源所实有63人: of a whole place
OF_PLACE = re.compile(
    r"(?:^|[。；，])(?:全[省市县区州旗](?!局|[^。；，\d]{1,6}系统(?:核定|编制))|\d+[个家所](?:乡镇|镇街|镇|乡|街道|村|社区|县|区)[^。；]{0,16})[^。；]*$"
)
#: 四家单位里编制最多的是县文化馆，有22名，实有20人 · 派出所里人手最紧的是工业园所，6个编制只到岗4人: of one of them
OF_EXTREME = re.compile(r"最[多少紧大高低缺]的(?:一家|单位|站所|所)?[是为](?!行政|事业|工勤|参公)[^。；]*$")
#: 推广站与监测中心分别有在编人员15人和12人
_UNIT = "(?:站|中心|馆|所|场|队|院)"
OF_TWO_UNITS = re.compile(rf"{_UNIT}[与和及、][^，。；\d]{{1,12}}{_UNIT}(?:分别|各)有?[^。；]*$")
#: 该中心在编23人 · 单就文化馆而言，在编18人: of the one unit that is spoken of
OF_ONE_UNIT = re.compile(
    rf"[一-鿿]{{1,10}}{_UNIT}单独核定(?:事业)?编制?\s?$"
    rf"|该{_UNIT}(?:现有|共有)?(?:在编|在职|在岗|编制|实有)(?:人员|职工)?[有为共]?\s?$"
    r"|(?:单就|仅就|单说|单看|只说|只看)[^，。；\d]{2,12}(?:而言|来说|来看)?，[^。；\d]*$"
)
#: …全局编制85名。灌溉站编制12名，实有12名 · 区福利院（委托管理）编制35名: a unit by its name, behind our own people
UNIT_ALONE = re.compile(
    r"(?:编制|实有|在职|在岗)[^。；]{0,10}\d[^。；]*[。；](?:[^。；]*[。；])?(?:另外?|此外|其中)?[，：]?(?:\d\.)?(?P<name>(?!下[设属辖]|所[属辖]|另设)[一-鿿]{2,16}?(?:[站馆院所场]|中心|大队|支队|学校))"
    r"(?:（[^（）\d]*）|（(?=事业|参公|编制|核定))?(?:事业|参公|行政|核定|现有)*(?:编制?|核编|实有|在编|在岗|在职)[^。；]*$"
)


#: 编制时按“二上二下”程序，13个股室逐项申报: no posts
THINGS = re.compile(r"(?:内设)?(?:股室|科室|处室|部门|单位|乡镇|街道|社区|行政村|村|片区|方面|环节)")
#: 2人提前离岗待退 · 4名技术干部被抽至专班
WENT = re.compile(r"(?:[^，。；\d]{0,6}?)(?:提前离岗|内退|病退|调离|借调|抽调|被抽|挂职)")
#: 编制54名，均为事业编制，在职51名: the kind of the posts told, none of the people behind
ALL_OF_KIND = re.compile(
    r"(?<=\d[名人个])，(?:均|都|全部)[为是系属]于?事业(?:编制|编)(?=，(?:年末)?(?:实有|在职|在编|在岗)+(?:人员|职工|教职工)?\s?\d)"
)
#: 国有林场聘用的护林员217名，由中央财政补助，不在上述人数之内
NOT_OURS = re.compile(
    # but 离退休33人，公益性岗位人员由人社部门管理，不计入上述人数 counts out those named last
    r"(?![，,][^，。；\d]{2,12}(?:人员|岗位|职工)[^，。；\d]{0,4}由)[^。；]{0,30}不(?:在|计入|含在|纳入|列入|算在|算作|算入?|包含在|属于?)(?:上述|以上|前述)?(?:本|我)?[局委办院校单部]?[位门]?(?:人数|人员|职工|编制|(?<=[局委办院校会单部位门])在册|队伍|之)"
    # 讲解员22人系景区公司员工，不计入本部门
    r"|[^。；]{0,30}不(?:计入|纳入|列入|算入?|属于?|含在)[本我](?:[局委办院校会厅]|单位|部门)[内中]?(?:统计)?(?=[，。；）]|$)"
    r"|[^。；，\d]{0,6}[系为是属][^，。；\d劳派]{0,10}(?:公司|企业|集团|合作社|村集体)的?(?:员工|职工|人员|用工)"
    # 环卫工人1,146名，由企业自行聘用、发薪
    r"|[，,]?由(?:企业|公司|合作社|承包方|中标单位)[^，。；\d]{0,6}(?:聘用|招聘|雇用?|发薪|发放工资|管理)"
    r"|[，,]?[^。；\d]{0,16}不在(?:本?次?)?统计(?:之列|范围)"
)
#: 养老专员22人不占编制，也不由本局发薪 · 共26人，补贴由我会转拨，人却不归我会: no hired people of ours
NOT_OUR_HIRED = re.compile(
    r"[^。；\d]{0,30}不(?:归|由|属于?)(?:我|本)[局委办院校会单部厅站所馆镇乡联]"
    r"|[^。；\d]{0,30}不在(?:我|本)[局委办院校会单部厅站所馆镇乡联][^，。；\d]{0,3}(?:领|发|支|拿)"
    # 外聘教练19人，纳入全部门编外人员45人之内
    r"|，?(?:已|均|都)?(?:纳入|计入|包含在|含在|算在)[^，。；\d]{0,12}\d+\s?[人名](?:之内|以内|之中|内|中)"
    # 公益性岗位64人不占编制，补助由镇上代发
    r"|[^。；\d]{0,10}，?(?:补助|工资|报酬|补贴)(?:均|都)?由[^，。；\d]{1,6}代发"
    # 公益性岗位保洁员6人，其岗位补贴由县人社局就业专项承担
    r"|[，,]其岗位补贴由(?!(?:我|本)[局委办院校会单])[^，。；\d]{1,8}[局委厅][^，。；\d]{0,6}(?:承担|列支|发放|支付|负担)"
    # 公益性岗位9人由就业局开支 · 协管员214人，由各乡镇聘用 · 水管员143人由受益村组负担报酬
    r"|(?:、[^，。；\d]{0,10})?[，,]?(?:报酬|费用|工资|补贴)?由(?:会费|各?乡镇|镇街|街镇|街道|村|受益|服务公司|企业|省级|中央)[^，。；\d]{0,10}(?:聘用|负担|发放|支付|承担|列支|开支|管理)|[，,]?(?:[（(]?工资)?由(?!(?:我|本)[局委办院校会单])[^，。；\d]{1,8}[局委厅门](?:统一)?(?:开支|发薪|发工资|支付|负担|承担)"
)
#: 各乡镇专职委员由乡镇聘用，共26人
HIRED_BY_OTHERS = re.compile(
    # 高峰期日用工30余人 · 普查期间临时选调普查员418名
    r"日用工\s?$|临时(?:选调|抽调|招募|征用)[^，。；\d]{0,8}$"
    # 市优抚医院另有自筹经费聘用医护39人
    r"|(?:医院|学校|中心|(?<![本我])[站所馆队场园])(?:另|还)?有?(?:自筹|自有|自收)[^，。；\d]{0,6}聘[^，。；、\d]{0,8}$"
    r"|(?:乡镇|镇街|街道|村|社区|企业|公司)(?:自行)?聘用的[^，。；、\d]{0,8}$|由(?:各|所在)?(?:乡镇|镇街|街道|村|社区|企业|公司|学校|中标单位|第三方)[^，。；\d]{0,6}(?:聘[用请]?|招聘|雇用?|管理|发薪|发工资)[^，。；、\d]{0,4}[，,]?[共计约]{0,2}\s?$"
)


#: 2023年初在职3,431人，…，年末实有3,402人 · 其中进入事业单位6人: who was there before, whom an office placed
OTHER_PEOPLE = re.compile(
    r"(?<!截至)(?:20\d\d)?年初(?:在职|在编|实有|在岗)+(?:人员|职工)?[有为共]?\s?$"
    r"|(?:新进|新录用?|招录|考录)的?(?:公务员|选调生|人员|干部|大学生)\s?$"
    r"|(?:年内|当年|本年度?|今年)退休(?:人员|职工|干部)?\s?$"
    # 在编人员中卫生技术人员918人 · 服务驻院单位57家、干部职工约3,900人
    r"|(?:在编|在职|在岗|实有)(?:人员|职工|教职工)中，?(?!行政|事业|工勤|参公|公务员|编外|离退休|机关)[^，。；、\d]{2,14}\s?$"
    r"|(?:服务|保障)[^。；]{0,14}(?:驻[院区楼]|入驻)[^。；]*$"
    # 三馆事业人员中有副高以上职称的5人 · 在岗而实际不在司法所工作的还有7人 · 达成意向217人，年底实际在岗164人
    r"|(?:人员|职工|教师|干部|员工)中[^，。；\d]{0,10}(?:职称|学历|学位|资格|证书)[^，。；\d]{0,4}\s?$|不在[^，。；\d]{1,10}(?:工作|上班|岗)的[^，。；\d]{0,4}\s?$"
    r"|意向\d+人，[^，。；\d]{0,8}(?:到岗|在岗|上岗)\s?$|(?:未到岗|未上岗)[或和及、][^，。；\d]{0,4}离岗的\s?$"
    r"|项目\s?$|岗位补\s?$"  # 编制预算时，…，入库项目29个 · 用公益性岗位补两名管理员
    r"|行政村\s?$"  # 两个行政村1,270名村民
    r"|(?:申请|争取|请求|商请|拟|协调|调剂)[^。；\d]{0,14}编制\s?$"  # 向编办申请调剂事业编制3名
    r"|学生[^。；]{0,12}实有(?:平均)?\s?$|实有平均\s?$"
    r"|(?:进入|考入|安[置排]到|分配到|录用到|选调到)[^，。；\d]{0,4}(?:机关|事业|行政)(?:单位|编制)?\s?$"
)
#: 园林中心退休12人减少约150万元 · 退休人员7人，减支约90万元 · 在编人员12人划出: a cause of what changed
CAUSE_BEHIND = re.compile(
    r"\s?[，,]?(?:相应)?(?:减支|减少(?:约|了)?(?:\d[\d,.]*万?元|工资|人员经费|支出)|职业年金|划[出转走]|转[出走])"
)
#: 6至9月计26人，不列编外
NOT_LISTED = re.compile(r"\s?[，,（(](?:均|都)?不(?:列入?|计入?|算|属于?)(?:编外|[本我]局|[本我]单位)")


#: 工勤编制4名（环境卫生服务中心占事业编制22名）
TAKES = re.compile(r"[（(][^（）()，。；\d]{3,18}(?:中心|[站所队院馆段])占用?[^（）()\d]{0,8}$")


def counted_apart(text: str, start: int, end: int, department: str) -> bool:
    """Whether text[start:end] counts things, or people of a unit of the department, some of its people, or those who
    left in the year."""
    before = text[:start]
    said = before.rpartition("。")[2]
    if (
        THINGS.match(text, end)
        or WENT.match(text, end)
        or LEFT_WITH_OTHERS.search(said)
        or QUALIFIED.search(said)
        or OTHER_PEOPLE.search(said)
        or NOT_LISTED.match(text, end)
        or CAUSE_BEHIND.match(text, end)
        or AIMED.search(said)
    ):
        return True
    if any(one.search(said) for one in (OF_PLACE, OF_EXTREME, OF_TWO_UNITS, OF_ONE_UNIT, TAKES)):
        return True
    bracketed = list(UNIT_IN_BRACKETS.finditer(text))
    if len(bracketed) > 1 and any(one.start() < start < one.end() for one in bracketed):
        return True
    unit = OF_UNIT.search(said) or UNIT_POSTED.search(said) or UNIT_ALONE.search(before)
    name = next(filter(None, unit.groupdict().values()), "") if unit else ""
    return bool(name) and not Names(department).is_own(name)
