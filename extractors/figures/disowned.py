"""Figures that a sentence itself says are not the report's: another body's books, another evaluation, an example, a
rule's, all offices of the place together, one batch or lot of the money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.figures.names import Names

#: why such a figure is no fact
REASON = "非本报告口径"
#: reasons against which no sum proves a figure to be a fact
APART = (
    "假设",
    "多年合计",
    "分出资方",
    "合同价款",
    "部分",
    "部分的比率",
    "各项占比",
    "其他基数",
    "考核要求",
    REASON,
)
#: our own report, sheet or money
OURS = r"[本我](?:次|局|部门|单位|院|校|委|办|镇|乡|街道|中心|站|馆|所|会|表|报告|项目|级)"
#: bodies that keep books of their own
BODY = r"(?:站|馆|院|所|校|园|中心|大队|支队|公司|集团|林场|农场|社|协会|学会|总队|分局)"
SCHOOL = r"学校|中学|小学|中专|职专|职高|技校|幼儿园|[一二三四五六七八九十][中小]"
#: 均不含在本表中 · 未纳入本报告 · 不与本报告合并 · 该考评不用于本次自评 · 不在我局部门支出内
LEFT_OUT = re.compile(
    rf"(?:不|未)(?:予|再|得)?(?:与|和|同|在|属于?|计入|列入|列(?=[我本])|纳入|并入|归入|包?含(?:在|于)?|包括在|合并(?:到|进|入)|用于|作为|反映在)"
    rf"(?:{OURS}|[局馆院校会委]内|[上前]述|部门(?=决算|支出)|预算收支)(?!年|评分|得分|打分|计分|编[内制]|在编|正式|人员|职工|队伍)[^，。；\d]{{0,12}}(?=[，。；）)]|$)(?<!年初预算)(?<!当年预算)(?<!本年预算)"
)
#: 与本次自评口径不同 · 与我局支出无关
OTHER_SCOPE = re.compile(
    rf"与(?:{OURS}|[总整]体(?:执行率|支出)?|自评(?:得分|分数|结果)?)[^，。；\d]{{0,12}}(?:不同|不一致|无关|没有关系|无交叉|无交集|不重复|有别|不可比|不是一回事|两回事|分账|分开(?:核算|记账|列支)|分别核算)"
)
#: 由该馆自行编报 · 由其单独上报 · 由林场自行管理
BY_ITSELF = re.compile(
    rf"由(?:该|其)[^，。；\d]{{0,8}}(?:自行|单独|独立|另行|自主)(?:编报|编制|核算|组织|填报|上报|报送|列支|承担|管理|公开|自评|评价|支付)(?!的)"
    rf"|由(?:各|[两以上述这些]+单位|[^，。；\d]{{0,10}}{BODY})[^，。；\d]{{0,4}}(?:自行|单独|独立|另行|自主)(?:编报|编制预算|核算|填报|上报|列支|管理|公开|自评)(?!的)"
)
#: 其经费由区委办公室核算 · 账由县民政局管理 · 款项由该局支付 · 列各镇街预算 · 在社保专户核算 · 另见整体报告
IN_OTHERS_BOOKS = re.compile(
    r"(?:经费|款项|账务?)(?:均|都|全部|统一)?由(?!我|本)[^，。；\d]{1,10}(?<!财政)(?:局|委|办公室|馆|院|站|所|中心|公司|街道|乡|镇)(?:核算|管理|列支|支付)(?!的)"
    r"|由(?![^，。；]{0,20}(?:机关|下属|所属|本级))[^，。；]{2,16}、[^，。；]{2,24}(?:分别|共同|各自)(?:执行|使用|实施|承担)"
    r"|由[^，。；\d]{2,12}(?:公司|集团|企业|合作社)(?:承接|申报|使用)(?!的)"
    r"|(?:费用?|支出|资金)由各?(?:街道|乡镇|镇街|村|社区)(?:自行)?(?:列支|承担|负担|支付)(?!的)"
    r"|列(?:入|在|支在)?各?(?:镇街|乡镇|镇|街道|县区|区县|县[（(]市)[^，。；\d]{0,4}预算"
    # 环卫作业服务费62,300,000元另行评价 · 提取安全费用6,720万元…，属企业资金，不是财政预算 · 补助180万元归植保站管
    r"|(?<=元)另行(?:评价|自评)|由(?!我|本)[^，。；\d]{2,10}部门(?:自评|评价|填报)(?!的)|属于?企业(?:自有|自筹)?资金|归(?!我|本|口)[^，。；\d]{2,8}(?:管理?|使用|支配)(?=[，。；]|$)"
    # 由县农业农村局一卡通系统直接打卡，不经本镇账户 · “文物保护基金”由市慈善总会设立专户管理
    r"|不经(?:过)?(?:我|本)[局镇乡校院会委办馆站所单][^，。；\d]{0,4}账|由(?!我|本)[^，。；\d]{2,12}设立?专户(?:管理|核算)"
    r"|在[^，。；\d]{2,10}专户(?:中|内)?(?:核算|管理|列支)|(?:[均都，]|由[^，。；]{2,16})另行?(?:评价|自评|编报|填报|上报)(?!的)|自评另(?:行?报|做|写)|另有(?:单独的?)?自评[表报]|，单独(?:列报|反映|统计|列示)(?!的)|另表(?:填报|反映|列示)|另见[^，。；\d]{0,12}报告"
)
#: 一期即饮水工程，2022年预算1,500万元，当年支出1,468万元，执行率97.87%，不在本次自评范围内: another project of ours
PROJECT_TOLD = re.compile(
    r"(?:项目|工程)[”\"]?[^。]*(?:预算|安排)\s?\d[^。]*(?:支出|结算|支付)[^。]*\d[^。]*执行率?\s?\d"
)
#: 属另一项评议 · 属于其他单位的支出 · 该数据为被审计单位的情况
ANOTHERS = re.compile(
    r"属(?:于)?(?:另外?一|另外的|别的|其他(?=单位|部门|口径|考核|评价|机构))[项类个家种]?[^，。；\d]{0,8}"
    r"|(?:为|系|是|属于?)(?:被(?:审计|检查|评价|监督|考核)(?:单位|部门|对象)?|该(?:单位|[局站馆所院校县区镇乡]|公司))(?:自身|自己)?的?(?:数据|情况|数|口径|支出|资金)"
)
#: 县审计服务中心编制12名、在职11人，按规定单独编报 · 县农技站单独核算，其2023年支出412.60万元
BODY_APART = re.compile(
    rf"^(?:此外|另外?|其中|同时)?[，：:]?(?P<who>[一-鿿]{{2,16}}?{BODY})(?=[^一-鿿]|20|[为系是与同]|作为独立|自收自支|单独|独立|自行|单列|编制|实有|在职|支出|收入|年初|预算|财政)"
    r"[^。；]*?(?:(?:单独|独立|自行|另行)(?:编报|填报|上报|核算|编制预算|开展(?:绩效)?自评|自评)(?!的(?!公益|事业|二级))|单列自评|自收自支)"
)
#: from where a sentence speaks of the report's own body again
US = re.compile(
    rf"(?<![与和同对给向由])(?<!配合){OURS}(?<!本次)(?<!本表)(?<!本报告)(?<!本级)|全[局委院校镇]|(?<=，)局?机关(?=常年|另|现)"
)
#: 除财政资金外，县慈善总会接收社会捐赠42.36万元，…，已使用39.80万元，使用率93.96%
GIVEN_BESIDES = re.compile(
    r"(?:^|(?<=。))除财政[^，。；]{0,8}外，[^。；\d]{0,16}(?:捐赠|捐款|募集|慈善|社会资本|自筹)[^。；]*"
)
#: 另有专项债券项目，已支出2,965.30万元。上述资金均另立项目、另行评价: a sentence, by the one behind it
LEFT_OUT_BEHIND = re.compile(
    r"[^。]*。(?:上述|以上|这些)(?:资金|经费|项目|款项|支出|费用|数据|各项)*(?:均|都|皆)[^，。；\d]{0,8}"
    r"(?:另立|另行|分账|单独(?:核算|评价|自评|立项)|不(?:涉及|纳入|计入|属于|在本))"
)
#: 示例：某部门全年预算200万元、执行180万元 · 评分细则中设有示例：“某单位自评95分…”
EXAMPLE = re.compile(
    r"(?:示例|举例|例如|比如|譬如|假设|假定|如)(?:说明?|来说)?[：:，,]?[“\"]?某[^。；]*"
    r"|(?:^|(?<=[，。；：“]))某(?:预算)?(?:部门|单位|项目)(?=[^。；]{0,20}\d)[^。；]*"
)
#: 考核办法规定：执行率达到100%计5分，每低1个百分点扣0.5分
QUOTED_RULE = re.compile(
    r"(?:办法|细则|标准|规则|文件|通知)(?:明确|规定|要求)[：:，,][^。]*?(?:每[低高少超]|(?:达到|低于|高于|不足)\s?\d[\d.]*\s?[%％][^。，]{0,4}[得计扣记])[^。]*"
)
#: 第一批160万元于3月下达，至6月末支付126.5万元；… · 二标段301.2万元，支付比例88%: of one batch or lot
ONE_LOT = re.compile(
    r"(?:^|(?<=[，。；：、]))(?:(?:第[一二三四五六七八九十\d]{1,2}批(?:次)?|首批|末一?批|[一二三]期)(?:资金|指标|款项?|预算)?(?=[^，。；：]{0,12}\d)|(?:单看|只看)?第?[一二三四五六七八九十\dA-Z]{1,2}(?:号)?标段[，：]?(?=[^，。；：]{0,8}\d))(?=[^。；]*?[付拨支用])"
    r"(?:(?![两二三四五六七八九十]批|[，、；](?:第[一二三四五六七八九十\d]+批|末一?批|第?[一二三四五六七八九十\dA-Z]标段)|合计|共计|总计|累计|全年|年末共|合并|调整后|调整为|本年|预算总额|[^。；]全部)[^。；])*"
)
#: 资金分两批下达：2022年12月下达1,500万元，2023年3月下达860万元: what each batch brought
BATCHES = re.compile(
    r"(?<=批)(?:次)?(?:下达|拨付|到位|支付|拨入|安排)(?:到位)?[：:](?:(?![两二三四五六七八九十]批|合计|共计|总计|累计|全年|年末)[^。；])*"
)
#: 全区部门预算平均执行率93.5% · 全区“三公”经费总额同比下降6.2% · 市直事业单位平均为36.4%
OF_ALL_OFFICES = re.compile(
    r"(?:^|(?<=[，。；：、]))(?:同期)?全[省市县区州旗](?:财政|社会保障|教育|卫生健康|一般公共)[^，。；\d]{0,12}支出[^，。；\d]{0,6}\d[^。；]*"
    r"|(?:^|(?<=[，。；：、]))(?:全[省市县区州旗]|[省市县区州旗]直)(?:\d+[个家])?(?:[一二]级)?(?:各?级?(?:预算)?(?:部门|单位|事业单位|机关)|行政事业单位|(?:一般公共预算)?“?三公)[^。；，]*"
    # 邻近的某县采取企业配餐，执行率为88.9% · 省厅通报全省资金执行率68.4%
    r"|(?:邻近|相邻|周边|邻[县市区])(?:的)?[^，。；]{0,8}[县市区旗][^。；]*|通报(?:的|了)?全[省市县区][^。；]*"
    # 全州6个县级馆共有在编人员47人
    r"|(?:^|(?<=[，。；：、]))全[省市州盟]\s?\d+\s?[个家所](?:[县市区旗乡]级)?[馆站院校所][^。；]*"
    r"|(?:^|(?<=[，。；：、]))全[省市](?:\d+|[一二三四五六七八九十]+)?个?(?:县区|区县|县市区?|市县)[^。；，]*\d[^。；，]*"
)
#: 对9个单位开展预算执行审计，其中县统计局2022年度预算执行率为76.3%: of who was looked at
LOOKED_AT = re.compile(
    r"(?:审计|检查|抽查|核查|巡察|督查|调研)[^。；]*，(?:其中|如)?(?P<who>[一-鿿]{3,14}(?:局|委|厅|院|校|镇|乡|街道))(?:20\d\d年度?)?(?:部门)?(?:预算)?执行率[为是达]?\s?\d[^。；，]*"
)
#: 执行率为88%的，得8.8分: a rule with its example
RULE = re.compile(
    r"(?:为|是|达到?|低于|高于|不足|超过|完成|未达)?\s?\d[\d.]*\s?[%％](?:及?以上|以下)?(?:的|者)[，,、]?(?:该项|本项|可|应|则|即|就|按)*(?:得|扣|计|记)\s?\d[\d.]*\s?分?"
)
#: 编制132人，另有护林员450名，不计入本局人员 · 我局支出1,200万元，其中图书馆233万元，由该馆自行编报
INNER = re.compile(r"，(?:其中|另有?|另外|此外|还有)")
BRACKET = re.compile(r"（[^（）]*）")
#: 县灌区服务中心自评88分，评为良 · 县疾控中心95分，县计生协会评为“中”: what a unit gave itself
UNIT_SCORED = re.compile(
    rf"(?:^|(?<=[，。；：、）]))(?P<who>(?![^，。；]{{0,4}}(?:[我该]|本(?!年)))[一-鿿]{{2,14}}?(?:{BODY}|{SCHOOL}))(?:20\d\d年度?|本年度?|今年)?(?:绩效|整体|部门|单独|自行)*(?:自评)?(?:得分|得)?\s?\d[\d.]*\s?分(?![值项])[^。；]*"
)
#: 县人民医院在编612人，2024年业务收入3.42亿元 · 在编人员中，县一中有教职工312人 · 区敬老院本年支出312.40万元: of a unit, whose figures the report only names
OF_UNIT = re.compile(
    rf"(?:^|(?<=[。；])|(?<=[。；]\d[．.、])|(?<=[（(]\d[）)])|(?<=[员工]中，))(?P<who>(?!下[设属辖]|所[属辖]|[^，。；]{{0,4}}(?:[我该各]|(?<!基)本(?!年|单位)))(?:[一-鿿]{{2,14}}?{BODY}|[一-鿿]{{1,14}}?(?:{SCHOOL})))"
    r"(?:（[^（）\d]*）|由[^，。；\d]{2,10}管理，|，(?=核编|实有|在编|在职))?(?:(?:一家|单独|共有?|现有|就?有|就?占[去用]?了?|事业|参公|核定|在册)*(?:核编|编制|在编|在岗|实有|在职|职工|教职工)(?:人员)?(?:总数)?|核定(?=\s?\d+\s?[名人])|人[员数]最[多少]，(?:现|实)?有(?:职工|人员)?|(?:20\d\d年度?|全年|当年|本年度?)(?:总|累计)?(?:收入|支出|财政拨款|预算)|(?:基本|项目)支出|本单位(?:预算)?执行率[为是]?)[^，。；\d]{0,4}\d[^。；]*"
)
#: 所属区生产力促进中心年初预算241.00万元，支出184.20万元: one of our units alone
OUR_UNIT = re.compile(
    rf"(?:^|(?<=[。；]))(?:所属|下属|直属|二级(?:机构|单位))(?P<who>[一-鿿]{{2,16}}?{BODY})(?:（[^（）\d]{{1,12}}）)?(?:本年)?(?:自有)?(?:经费|年度)?(?:20\d\d年度?|全年|当年|本年度?|年初)?(?:总?支出|预算|财政拨款)[^，。；\d]{{0,4}}\d[^。；]*"
)
#: 局机关及中心共核编32名 · 市编委核定我院编制 · 财政下达学校2022年预算: our own among others, or who gave it
WITH_US = re.compile(r"[我本该各及和与共家]|机关|核[定给准]|下达|批复|批准|[省市县区]?财政")
#: 本表不含县慈善总会收支，慈善总会2024年募集善款532.70万元，支出481.16万元
NOT_INCLUDED = re.compile(
    r"不含[省市县区]?(?P<who>[一-鿿]{2,12}?)的?(?:收支|收入|支出|数据|资金)[，,][^。；，]{0,4}(?P=who)[^。；]*"
)
#: 县图书馆：预算275.00万元，支出268.40万元，执行率97.60%
UNIT_LISTED = re.compile(
    rf"(?:^|(?<=[。；]))\s*(?P<who>(?![^，。；]{{0,4}}(?:[我该]|本(?!年)))[一-鿿]{{2,14}}?(?:{BODY}|{SCHOOL}))[：:]\s?"
    r"(?:20\d\d年度?|全年|当年|本年度?|年初)*(?:预算|支出|收入|编制|在职|实有)[^，。；\d]{0,4}\d[^。；]*"
)
OF_OTHERS = (UNIT_SCORED, OF_UNIT, OUR_UNIT, UNIT_LISTED, LOOKED_AT, NOT_INCLUDED)
SENTENCE = re.compile(r"[^。！？\n]+")


@lru_cache(maxsize=256)
def disowned(source: str, department: str) -> tuple[tuple[int, int], ...]:
    """Where the figures of a paragraph of this department's report are not the report's, as spans of it."""
    return tuple(_spans(source, Names(department)))


def inside(spans: tuple[tuple[int, int], ...], at: int) -> bool:
    """Whether a place is in one of the spans."""
    return any(start <= at < end for start, end in spans)


def _spans(source: str, names: Names) -> Iterator[tuple[int, int]]:
    for told in ALWAYS:
        yield from (found.span() for found in told.finditer(source))
    yield from _lots(source)
    units = (that for said in (THAT, IN_UNIT) for that in said.finditer(source))
    yield from (that.span() for that in units if not names.department.endswith(that["who"]))
    for unit in (found for told in OF_OTHERS for found in told.finditer(source)):
        if names.department and not (WITH_US.search(unit["who"]) or _is_own(unit["who"], names)):
            yield unit.span()
    for bracket in BRACKET.finditer(source):
        if _says_so(bracket[0]):
            yield bracket.span()
    outside = BRACKET.sub(lambda bracket: "　" * len(bracket[0]), source)
    for sentence in SENTENCE.finditer(outside):
        at = sentence.start()
        for part in sentence[0].split("；"):
            apart = BODY_APART.match(part)
            said = _says_so(part)
            if said is not None or (apart and not _is_own(apart["who"], names)):
                yield _without_us(part, at, said)
            at += len(part) + 1


#: 3. 所属单位。县职业教育中心全年支出5,216.40万元，…；县实验小学支出3,412.66万元
OF_UNITS = re.compile(
    r"\A\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[.、．)）]\s?)?(?:所属|下属|基层|二级|各)(?:预算)?单位(?:执行|支出|收支|人员)?(?:情况)?[。：:](?=[^。]*(?:支出|执行率|编制)).*",
    re.S,
)
#: （二）各单位 · 下属单位收支情况: a heading over what each of them has
UNITS_HEADING = re.compile(
    r"(?:再看|[按从])?(?:所属|下属|基层|二级|[各分])(?:预算)?单位(?:执行|支出|收支|经费|预算|人员)*(?:情况)?"
)
#: 局机关开支1,204.66万元，房产服务中心开支418.92万元，… · 旗社会福利院基本支出246.30万元，殡仪馆198.75万元，…: unit by unit
_UNIT = rf"(?:[局委院馆]机关|机关本级|[一-鿿]{{2,14}}?{BODY})"
BY_UNITS = re.compile(
    rf"(?:^|(?<=[。；]))(?:其中[，：:]?)?{_UNIT}(?:基本|项目)?(?:开支|支出|列支)了?\s?\d[\d,.]*\s?万?元[，、]{_UNIT}(?:(?:基本|项目)?(?:开支|支出|列支))?了?\s?\d[^。；]*"
)
#: 疾控中心、妇幼保健院、卫生监督所支出分别为2,866.14万元、2,410万元和…
UNITS_IN_TURN = re.compile(
    rf"{_UNIT}(?:[、和与及]{_UNIT})+的?(?:全年|当年|基本|项目)*(?:支出|预算|收入|决算|编制|在编|实有)(?:数|额)?(?:依次|分别)[是为]?[^。；]*"
)
#: 各单位决算数为：局机关13,904.20万元，养护中心3,215.66万元 · 分单位在职数为：局本级38人、救助管理站26人 · 局本级在职64人
EACH_UNIT = re.compile(
    r"(?:^|(?<=[。；]))(?:(?:各|分)(?:预算|下属|所属)?单位(?:的)?(?:决算|支出|执行|预算|在职|实有|编制|人员)+[^，。；：\d]{0,6}[：:]"
    r"|分(?:预算)?单位(?:来?看|统计|来?说)[，,：:](?=[局委院馆厅]机关)"
    # 局机关预算调整后为2,966.37万元，检测中心518.09万元，储备中心833.96万元
    rf"|[局委院馆厅]机关(?:预算|支出|决算)[^，。；\d]{{0,6}}\d[\d,.]*\s?万?元[，、][一-鿿]{{2,14}}?{BODY}\s?\d"
    # 支出额从高到低：局机关2,914.57万元、云台林场2,603.18万元
    r"|(?:支出|预算|收入)(?:额|数|规模)?(?:从高到低|由高到低|[由从]大到小|[由从]多到少|排序|依次)[^，。；：\d]{0,4}[：:](?=[局委院馆]机关)"
    r"|[局委院馆]本级(?:在职|实有|在编)(?:人员)?\s?\d)[^。]*"
)
#: 按年龄段：80至89周岁月均6,214人，支出2,237,040元；90至99周岁…: of one kind of people each
BY_PEOPLE = re.compile(
    r"(?:^|(?<=[。；]))[按分](?:年龄段?|人群|档次|险种|残疾等级|救助对象)(?:分|统计|来?看)?[：:，,](?=[^。]*；)[^。]*"
)
#: 局机关：支出1,246.80万元 · 局机关支出2,846.53万元，占四家单位…
UNIT_LINE = re.compile(
    rf"\s*[一-鿿]{{1,16}}?(?:机关|本级|{BODY}|{SCHOOL})(?:[：:]|(?:支出|列支|开支|决算)\s?\d)"
)


#: 勘误：公示版第三页曾将项目支出排印为2,758,294元，应以本报告为准: what was written wrongly elsewhere
ERRATUM = re.compile(
    r"(?:^|(?<=[。\n]))\s?(?:更正|勘误|订正)(?:说明)?[：:][^。]*"
    # 项目支出由3,859.07万元调整为3,847.27万元, of a draft's mistakes · 由5,312.07万元更正为5,309.32万元
    r"|[^。；\n]*(?:更正|误列|误计|错列|笔误)[^。；\n]*?由\s?\d[\d,.]*\s?[万亿]?元调整为[^。；\n]*"
    r"|由\s?\d[\d,.]*\s?[万亿]?元(?=(?:更正|修正|订正|改正)为)"
    r"|(?:^|(?<=[，。；\n]))[^，。；\n]*(?:曾经?|误)(?:算成|写成|写作|排印|印成|记成|录成|填成)[^，。；\n]*"
)
#: 固定资产净值3.27亿元，上年同期为3.31亿元 · 资产年末净值5,871.46万元，年初5,940.22万元: what was owned a year before, too
OF_ASSETS = re.compile(
    r"资产[^，。；]{0,14}\d[\d,.]*\s?[万亿]?元[，、（]\s?(?:比|较)?(?:上年|去年|年初|20\d\d年)[^，。；\d]{0,8}\d[\d,.]*\s?[万亿]?元"
)
#: 定额标准为两馆每馆每年20万元、文化站每站每年5万元，折合80万元: what the standard comes to
BY_STANDARD = re.compile(r"标准为[^。；]*?每[^。；]*?，(?:折合|相当于)\s?\d[\d,.]*\s?[万亿]?元")
#: 抽查了31份支付凭证，金额1,287.50万元，占全年付款的六成多: of what was looked at
SAMPLE = re.compile(
    r"抽[查取验]了?[^，。；\d]{0,10}\d+\s?[份笔张本][^，。；]{0,10}，(?:涉及)?(?:资金|金额)[^，。；\d]{0,4}\d[\d,.]*\s?[万亿]?元(?:，占[^，。；]*\d[\d,.]*\s?[万亿]?元[^，。；]*)?"
)
#: 合并小项目4个，压减一般性支出37.20万元: what was cut from plans
CUT = re.compile(
    r"压[减缩降]了?(?:一般性|非急需|非刚性|非重点)(?:项目|公用)?(?:支出|经费|开支)?(?:共计?|约)?\s?\d[\d,.]*\s?[万亿]?元"
)
#: 追回多发资金3.27万元，应追3.41万元，追回率95.89%: what was paid out wrongly
GIVEN_BACK = re.compile(
    r"(?:追回|收回|追缴|退回)[^，。；\d]{0,8}(?:资金|款|补[助贴]|金额)?\s?\d[^。；]*?(?:追回|收回|追缴|退回)率[^。；，]*"
)
#: 残疾人福利股在编3人 · 规划科编制5名，现有4人: of one office within
OF_OFFICE = re.compile(
    r"(?:^|(?<=[，。；：\n]))[^，。；：、\d]{2,10}(?<![各个等管市农])(?:股|科)(?:现有|共有)?(?:在编|编制|在职)[^，。；\d]{0,4}\d+\s?[名人]"
    r"(?:，(?:现有|在编|在职|另有)[^。；，\d]{0,8}\d+\s?[名人])*(?:、[^。；，\d]{0,8}\d+\s?[名人])*"
)
#: 调查队在编9人，已含在上述人数内 · 审计服务中心的编制为7名，已含在上述总数中: told once more
WITHIN = re.compile(
    r"[^，。；]*(?:编|在职|在岗|实有)[^，。；\d]{0,6}\d+\s?[名人]，(?:已|均|都)*(?:含|包含|包括|计)(?:在|入)?(?:上述|以上|前述)[^，。；]{0,8}"
)
#: 中心敬老院另聘护理员32人，由承接机构管理: whose people are not the department's
OF_CONTRACTOR = re.compile(
    r"[^，。；]*聘[^，。；\d]{0,10}\d+\s?[名人]，由(?!劳务[^，。；]{0,6}派[遣出])(?:承接|承包|外包|服务|劳务|物业|第三方)[^，。；\d]{0,4}(?:机构|公司|单位|企业)[^，。；\d]{0,4}(?:管理|派出|派遣|招录)"
)
#: 提高1.12个百分点，并非提高1.12%: what is said not to be so
DENIED = re.compile(r"(?:并非|而非|并不是|而不是)[^，。；\d]{0,8}\d[\d,.]*\s?(?:[%％]|[万亿]?元|分)")
#: 2021年我县曾承担过1.8万亩人工种草任务，当年投入420万元: another task, years ago
ONCE = re.compile(r"[^。；\n]*曾(?:经)?(?:组织|负责)?(?:承担|实施|开展|承办)过[^。；\n]*")
#: 省级福彩公益金180万元和市本级60万元，前者用了175.6万元: of what nothing says to be of the report's own
WHICH_OF_TWO = re.compile(r"(?:前者|后者)(?:用[去了掉]|已?支出|预算|拨付|完成率|执行率)[^，。；]*")
#: 全局部门预算4,862.30万元、决算4,701.88万元，执行率96.70%，系整个部门口径，不是本项目的数字
SAID_OF_ALL = re.compile(
    r"(?:^|(?<=[。；\n]))[^。；\n]*?(?:(?:系|[为是]|属于?)整个(?:部门|单位|全局)的?口径|不是[本该]项目的(?:数字?|钱|资金|支出|预算))[^。；\n]*"
)
#: 别家的钱 · 旁的资金 · 与本项目有关的其他资金 · 项目外资金 · 不算本项目的: a project's report on money beside its own
MONEY_BESIDE = re.compile(
    r"(?:(?:别的?|别家|他人|旁的?|旁边|另外|其[他它余]|无关|相关|项目[以之]?外|财政[以之]?外|社会|容易混)[^，。；]{0,8}(?:钱|资金|经费|收支|口袋|账|款|渠道|专项)"
    r"|不(?:算|属于?|计入|列入)本项目)[^，。；]{0,8}"
)
#: but what of it is the project's own is said so
OWN_THERE = re.compile(r"(?:本|该|这个?)(?:项目|专项|工程)|其中")
OURS_IN_IT = re.compile(r"其中[^，。；\d]{0,6}(?:本|该)项目|(?:本|该)项目(?:资金)?(?:预算|支出|占|安排|为)")
#: 别的钱（不评）：林场2023年总预算1,427.50万元；天然林管护补助643.00万元；…
NAMED_BESIDE = re.compile(
    r"(?:^|(?<=[。\n]))\s?(?:别|其他|旁|另外|下列|以下)[^，。；：]{0,10}(?:钱|资金|款项?|项目)[^，。；：（(]{0,4}[（(]?[^，。；：]{0,4}(?:不评|不在内|不计|不算|不含)[^，。；：]{0,4}[）)]?[：:][^。]*"
)


#: what is another's in every report
#: 按财政资金460万元计算则占69.57% · 也不在460万元之内: what a sum is set against
AS_BASE = re.compile(
    r"(?:^|(?<=[，。；\n]))[若如]?按[^，。；\d]{0,10}(?:资金|总投资|投资|概算)\s?\d[\d,.]*\s?[万亿]?元(?:来?计算|测算|折算)"
    r"|不(?:在|含在|计入|包含在)\s?\d[\d,.]*\s?[万亿]?元(?:之内|以内|之中|内|中)"
)
#: 县检验检测所支出已并入上述数字，其中该所自身支出298.16万元、占用编制22名
OF_ITSELF = re.compile(r"(?:其中)?该[站馆院所校园队](?:自身|自己|单独)的?(?:支出|开支|预算|编制)[^。；]*")
#: 财政通报中我局执行率为99.05%，那是只统计财政拨款的口径
OTHER_BASIS = re.compile(
    r"[^。；\n]*通报[^。；\n]*，那是[^。；\n]*口径[^。；\n]*|[^。；\n]*(?:通报|统计|考核)(?:使用|采用|用)的是[^。；\n]*口径[^。；\n]*"
)
#: 决算快报中为1,620.40万元: what a draft had
DRAFT = re.compile(r"[^。；\n]*(?:决算|月报)?(?:快报|初稿)(?:中|里|数)?[^。；\n]*")
#: 决算支出按单位划分：委机关6,204.38万元，疾控中心4,817.65万元…
BY_DIVISION = re.compile(r"(?:支出|决算|预算)?按(?:预算|基层)?单位(?:划分|分列|分|统计|来?看)[：:，,][^。]*")
#: 妇幼保健院预算6,418.00万元、支出6,330.12万元；中心血站预算1,466.20万元…: unit by unit
_HOUSE = r"[一-鿿]{0,8}(?:保健院|医院|卫生院|血站|疾控中心|福利院|敬老院|大队|支队|分局|[委局]机关)(?:全年|年初|当年)?(?:预算|支出|决算)?(?:支出)?\s?\d[^。；]*"
UNIT_AFTER_UNIT = re.compile(rf"(?:^|(?<=[。；：\n])){_HOUSE}(?:；{_HOUSE})+")
#: 2022年度自评报告写道：“…；自评得分84.6分，等级为良；全馆在编15人。”: what another year's report said
OLD_REPORT = re.compile(
    r"报告[中里]?(?:曾|就|也)?经?(?:指出|反映|提到|提出|写道|写明|写的是|写过|称|说)[：:，,]?\s?(?:[“][^”]*”|\"[^\"]*\")"
)
ALWAYS = (
    OLD_REPORT, DRAFT, UNIT_AFTER_UNIT, BY_DIVISION, AS_BASE, OF_ITSELF, OTHER_BASIS, EXAMPLE, ERRATUM, OF_ASSETS, OF_CONTRACTOR, BY_STANDARD, SAMPLE, CUT, GIVEN_BACK, OF_OFFICE, WITHIN, DENIED, ONCE,
    WHICH_OF_TWO, SAID_OF_ALL, NAMED_BESIDE, GIVEN_BESIDES, LEFT_OUT_BEHIND, RULE, QUOTED_RULE, BATCHES, OF_ALL_OFFICES, OF_UNITS,
    BY_UNITS, UNITS_IN_TURN, EACH_UNIT, BY_PEOPLE,
)  # fmt: skip


#: 另有蜂蜜检测室建设项目，当年预算88万元，支出71.50万元 · 同属养护口径的日常养护项目预算742万元 · 全局年初部门预算3,942万元，决算…: told
#: in a project's report of another project, or of all the department's money
_LED = r"(?:^|(?<=[。；\n]))[^。；\n\d“”]{0,16}?"
SISTER = re.compile(
    rf"{_LED}(?:除本项目[之以]?外，[^。；\n]{{0,14}}?(?:还|另)(?:承担|实施|开展|管理|安排|有)了?|另有|另一[项个]|同属|同列|同期|同类|同院|与本项目同)[^。；\n\d]{{0,24}}?[“\"]?(?P<name>[^，。；：\d“”的]{{3,24}}(?:项目|工程|专项))[”\"]?"
    r"，?(?:20\d\d年度?|当年|全年|年初|本年)*(?:预算|安排|资金)\s?\d[^。；\n]*"
)
#: 同期我委还有老年健康宣传、医养结合等项目，分别支出64.90万元和415万元
SISTERS = re.compile(rf"{_LED}(?:还有|另有)[^。；\n\d]{{2,40}}项目，(?:分别|各)[^。；\n]*")
ALL_OURS = re.compile(
    rf"{_LED}(?:全(?:局|院|校|中心|馆|站|场|[县市区][一-鿿]{{0,6}}系统|系统)|[我本](?:局|院|校|中心|馆|站|委|办|会|场))(?:20\d\d年度?|年初|全年|当年|本年)*(?:部门|单位)(?:总)?预算\s?\d[^。；\n]*"
)


def of_sisters(source: str, own: str) -> tuple[tuple[int, int], ...]:
    """Where a paragraph of the report of the project `own` tells of another project or of all the department's money."""
    sisters = [
        found for found in SISTER.finditer(source) if found["name"] not in own and own not in found["name"]
    ]
    whole = [found for found in ALL_OURS.finditer(source) if not OURS_IN_IT.search(found[0])]
    return tuple(found.span() for found in (*sisters, *SISTERS.finditer(source), *whole))


def of_money_beside(source: str, heading: str) -> bool:
    """Whether a paragraph of a project's report stands below a heading on money beside the project's, and says nothing of it."""
    return bool(MONEY_BESIDE.fullmatch(heading.strip(" 。：:【】")) and not OWN_THERE.search(source))


def of_unit_listed(source: str, heading: str) -> bool:
    """Whether a paragraph below a heading on the department's units tells of one of them alone."""
    return bool(UNITS_HEADING.fullmatch(heading.strip(" 。：:")) and UNIT_LINE.match(source))


#: 县农村公路管理站统筹，站内在编26人、退休41人: of a unit within
IN_UNIT = re.compile(
    r"(?:^|(?<=[，。；]))(?P<who>[站所队馆院校]|中心)内(?:共有?|现有|有)?(?:在编|在职|编制)[^。；]*"
)


#: 市环境卫生处单独开展项目评价，该处全年支出8,214.66万元: a unit spoken of by 该
THAT = re.compile(
    r"(?:^|(?<=[，。；占]))该(?P<who>[处站所院校馆队场园]|中心|公司|企业|学校|医院)(?:20\d\d年度?|本年度?|全年|当年|年初|年内)*"
    r"(?:预算|[总实]?支出|收入|编制|实有|在职|执行|评价|自评|得分|另?聘[用请]?)[^。；]*"
)


#: 其中第一批150万元、第二批100万元，项目实际支出240万元
BATCH = re.compile(r"第[一二三四五六七八九十\d]批|首批")


def _lots(source: str) -> Iterator[tuple[int, int]]:
    """What is told of each batch or lot; behind several, what says no more of itself is of them all:
    首批160万元，末批240万元，支付392万元."""
    before = -1
    for lot in ONE_LOT.finditer(source):
        told = re.split("[。；]", source[: lot.start()])[-1]
        alone = not BATCH.search(told) if before < 0 else re.search("[。；]", source[before : lot.start()])
        end = lot.end() if alone else lot.start() + len(re.split("[，。；]", lot[0])[0])
        before = lot.end()
        yield lot.start(), end


def _says_so(text: str) -> re.Match[str] | None:
    """The words that say so, where a text has any."""
    if PROJECT_TOLD.search(text):
        return None
    found = (said.search(text) for said in (LEFT_OUT, OTHER_SCOPE, BY_ITSELF, IN_OTHERS_BOOKS, ANOTHERS))
    return next((match for match in found if match), None)


#: 退休112人，季节性护堤员40人由乡镇管理，不计入本部门: our own people before those who are not
OWN_PEOPLE = re.compile(
    r"(?:另有)?(?:(?:离?退休|离休|编外|在职|在编|实有)(?:人员|干部|职工)*[共有为]?\s?\d+\s?[名人]，)+(?=[^，。；\d]{2,20}\d+\s?[名人])"
)


#: 公交运营补贴：预算1,260万元，支出1,260万元，拨付县公交公司，公交公司收入874.3万元…，不属于我局支出
OWN_MONEY = re.compile(
    r"[^，。；\d]{2,30}预算[^，。；\d]{0,4}\d[\d,.]*\s?万?元，(?:实际)?支出[^，。；\d]{0,4}\d[\d,.]*\s?万?元，(?=[^。；]*(?:公司|企业|集团))"
)


def _without_us(part: str, at: int, said: re.Match[str] | None) -> tuple[int, int]:
    """The part of a sentence that is not about us: where it speaks of our own money first, what stands behind 其中."""
    spoken = range(said.start(), said.end()) if said else range(0)
    us = next((one for one in US.finditer(part) if one.start() not in spoken), None)
    stop = said.start() if said else len(part)
    if said and "述" in said[0]:  # 优抚补助1.37亿元直接列县级决算，未计入上述数字: the clause right before
        return at + part.rfind("，", 0, max(part.rfind("，", 0, stop), 0)) + 1, at + len(part)
    inner = INNER.search(part, us.end() if us else 0, stop)
    if inner and (us or "其中" not in inner[0] or not re.search(BODY, part[: inner.start()])):
        return at + inner.start(), at + len(part)
    own = OWN_PEOPLE.match(part) or OWN_MONEY.match(part)
    return at + (own.end() if own else 0), at + (us.start() if us else len(part))


def _is_own(who: str, names: Names) -> bool:
    return names.is_own(who) or (bool(names.department) and names.department.endswith(who))


#: 四、所属单位履职情况, over 苇淮县高级中学
UNITS_TOLD = re.compile(r"(?:所属|下属|直属|基层|二级|各|分)(?:预算)?(?:单位|学校|机构)")
UNIT_NAMED = re.compile(rf"[^，。；：\d]{{2,24}}(?:{BODY}|{SCHOOL})(?:等\d+[所家个][^，。；]{{2,8}})?")


def of_unit_headed(headings: Sequence[str]) -> bool:
    """Whether a paragraph stands below a heading that names one of the department's units, among such."""
    told = len(headings) > 1 and UNITS_TOLD.search(headings[-2])
    return bool(told and UNIT_NAMED.fullmatch(headings[-1].strip(" 。：:")))
