"""Points: the report's own score, not the rule's bands, not an indicator's."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractors.figures.groups import GOT_BEHIND, OF_REPORT, OF_WHICH, SATISFIED, group_names
from extractors.figures.names import vocabulary
from extractors.figures.numerals import fold
from extractors.figures.segments import has, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.several import scored_of_several
from extractors.figures.whose import MEAN, of_other_evaluation, of_others, of_projects
from extractors.grades import bands_in

GROUP = re.compile(
    r"(?P<name>[一-鿿、]{2,16}?)(?:部分|方面|类|指标)?(?:自评)?(?:得分|得|评分|分数|自评分?)?[为是：:]?$"
)
FULL = re.compile(r"(?:满分|总分值|总分(?:设置|设定|设)|分值(?:合计|设置|设定))(?:值|共计?|为|是|[:：])*\s?$")
#: 产出指标得49分，效益指标得28分，合计96分
SUM = re.compile(
    r"(?:得分|以上|[各二三四五六](?:大?项|大?块|个?部分|个?方面|个?维度|类))?(?:合计|共计|总计|总共|共|加总|相加|累加|累计|汇总|合起来|加起来|加在一起)(?:后|起来)?(?:得分?|为|是|共|等于)*"
)
#: 决策、过程分别得14.5分、18.25分，满分依次为15分、20分: of each of the groups before
OF_EACH = re.compile(r"满分(?:值|依次|分别)*[为是]?\s?$")
GOT = re.compile(
    r"(?:各(?:部分|项|块|维度)|(?:[二三四五六][个大]?)?(?:项|部分|块|方面|维度|板块|类)(?:指标)?(?:得分)?|以上)?(?:相加|加总|加起来|合起来|合计|汇总|累计)(?:后)?(?:为|是|得分?为?|共|等于)?|(?:综合|最终|最后|自评)?(?:评定|评出|打出|打了|成绩|自查)(?:分数|成绩|得分|结果)?(?:为|是)?|(?:得分|评分|自评|评价|打分)?结果(?:为|是)|(?:最终|最后|综合|实际|实|共|合计|总共|可|拟)?(?:计|评?得了?|评)分?为?|最终[为是]?|(?:集体)?(?:评议|审议|研究)?定为|(?:部门|单位|街道|学校|医院|[局院校镇乡])?整体(?:支出)?绩效(?:自评|评价)?(?:得分?)?[为是]?|(?:我们|自己|我局)?(?:给(?:自己|本?项目)(?:打|评)?|打|评)|(?:合计|共计|总计)(?:得|为)?分?为?"
)
#: 我局得95.2分 · 本部门得89.4分 · 最终该项目得…
OURS = re.compile(
    r"^(?:最终|最后)?(?:我|本|该)(?:分局|局|部门|单位|委|办|院|校|项目|县|市|区|镇|乡|中心|会|站|队|厅|处){1,2}(?:20\d\d年度?)?"
)
#: 对标指标评得93.8分 · 按照评分表得…
BY_SHEET = re.compile(
    r"^(?:对照|对标|比照|按照?|根据|依据)[^，。]{0,12}?(?:指标|标准|体系|办法|评分表|细则)(?:体系)?(?:逐项|综合)?"
)
#: words that speak of the whole report's score
WHOLE = re.compile(
    r"总分|总得分|综合|自评总|绩效自评得分|合计|整体|部门|最终|总计|我[局办委会厅院处单]|本[局单部]"
)
AFTER_BAND = re.compile(
    r"[（(]?(?:含|不含)?[）)]?(?:以上|以下|及以上|及以下|为[优良中差]|的?评为[“”]?[优良中差])"
)


#: 评分90（含）分以上为优 · 100-90（含90分）为优
BAND_NOTE = re.compile(
    r"\s?分?[（(]不?含\d*分?[）)]分?(?:及?以上|以下|至|[-—~～])|\s?[-—~～]\d+分?[（(]不?含"
)
#: 得分在80（含）至90分之间评为良
#: 该得分虽接近90分 · 离90分的“优”差0.5分
NEAR = re.compile(r"(?:接近|逼近|未达到?|未到|不到|离)\s?$")
IN_BAND = re.compile(r"(?:在|处于|介于)\s?$")
BAND_END = re.compile(r"分?\s?(?:[（(]不?含[）)])?\s?(?:至|到|[-—~～])\s?\d")
#: 指标体系分为决策、过程、产出、效益四个一级指标，总分100分 · 4个一级指标、24个三级指标，总分100分
SHEET_IS = re.compile(
    r"(?:\d{1,2}[项个](?:[一二三]级)?指标|指标体系|[一二三各]级指标|各项指标|评分表|评价指标|(?:评分|评价|自评)(?:标准|办法)|[二三四五六]个?(?:部分|维度|方面|大?[块类]))[^。；\d]{0,30}(?:总分值?|满分|共计?|合计)[为是：:]?\s?$"
    r"|财政[^，。；\d]{0,4}(?:规定|设定|核定|确定|下发)的[^，。；\d]{0,4}(?:分值|满分|总分)[为是]?\s?$"  # 县财政局规定的分值为100分
)
#: 10×97.01% · 得分按执行率乘以10分计算
TIMES = re.compile(r"(?:[×*÷＊]|乘以?)\s*$")
#: 自评质量的4分由财政局评定
BY_OTHERS = re.compile(r"\s?由[^，。；]{1,12}(?:评|打分|核定|认定)")
#: 实际91场，得分按完成比例计9.48分: an indicator's
BY_SHARE = re.compile(
    r"得分?按照?[^，。；\d]{0,8}(?:比例|执行率|完成率)[^，。；\d]{0,4}(?:[计算折]|为)得?\s?$"
)
#: 预算完成率目标值95%，实际完成96.8%，得4分: an indicator's, told in a sentence
OF_INDICATOR = re.compile(
    r"(?:(?:目标|指标|计划|标准)值|要求)[为是：:]?[^。；，\d]{0,4}\d[^。；]{0,30}(?:实际|完成|达到)[^。；]{0,30}，(?!自评|总|综合|最终)(?:该?项)?得分?[为是]?\s?$"
)
#: 得分91.75分（总分100分）
FULL_BEHIND = re.compile(r"分[（(](?:总分|满分|总分值|标准分)[为：:]?\s?$")
#: 预算执行率95.88%，分值10分，得9.59分
OF_RATE = re.compile(r"执行率[^。；]*分值\s?\d+\s?分[，、]得\s?$")
#: 预算执行率指标分值8分，按调整后预算的执行率计7.91分: that indicator's
RATE_ROW = re.compile(
    r"(?:执行|支付|支出|到位|完成)率指标(?:分值|满分|权重)[^。；]*按[^。；]*(?:计|折算|换算)得?\s?$"
)
#: 管理制度、资金使用合规性等其余指标分值10分，得9.78分: of the rows that are left
OTHER_ROWS = re.compile(
    r"(?:其余|其他|剩余)(?:各项)?指标(?:分值|满分|权重)?(?:共计?|合计)?\s?\d[\d.]*\s?分，(?:共|合计|实)?得\s?$"
)
#: 基础得分91.1分，另加2分，最终93.1分
BEFORE_ADDED = re.compile(r"(?:基础|加分前|扣分前|未加分)(?:得分|分|总分)[为是：:]?\s?$")


#: 党风廉政建设社会评价得分92.37分，居全市第3位: a place's score among others, no sheet's group
RANKED = re.compile(r"\s?[，,（(]\s?(?:[位名并]?[居列]|排|位|名次)[^，。；]{0,10}第(?!.?[档等])")
#: 居民满意度测评得分94.1分（区统计局电话调查，满分100分）
OF_SURVEY = re.compile(
    r"(?:满意度|测评|社会评价|民意|问卷)(?![^。；]*自评)[^。；\d]{0,10}\d[\d.]*\s?分?[（(][^（）()]*满分[为是]?\s?$"
)


#: 预算管理28.5分/30分: of how many points so many were got
OUT_OF_SLASH = re.compile(r"\s?[/／]\s?\d[\d.]*\s?分")


#: no sheet of the regulations has more
MOST_POINTS = 200
#: 县文化馆单独开展自评，得90.6分 · 行风建设评价得分94.15分 · 经财政部门复核后得分为89.5分
BY_OTHER_BODY = re.compile(
    r"(?:[馆站所院校]|中心|大队)(?:单独|自行|另行)(?:开展|组织)?了?自评[，、]?(?:得分?|自评得分)[为是]?\s?$"
    # 县不动产登记中心单独报送的单位自评得分为96.4分
    r"|(?:[馆站所院校队场]|中心)(?:单独|自行|另行)(?:报送|上报|填报|编报|编制)[^，。；\d]{0,8}自评(?:报告|表)?[，,]?(?:得分)?[为是]?\s?$"
    r"|(?:行风|平安|营商环境|党建|文明)(?:建设|评议|创建)?(?:评价|评议|考核|测评)[^，。；\d]{0,4}(?:得分|评分)[为是]?\s?$"
    r"|由(?:市|县|区|省)?(?:财政|统计|第三方|评价|主管)[^，。；\d]{0,8}(?:打分|评分|评价|评定|考评)[，、]?得?分?[为是]?\s?$"
    # 县财政局对公共文化场馆免费开放开展了重点评价，评价得分86.2分
    r"|财政局?对[^。；]*(?:重点评价|再评价|抽评|复评)，(?:评价|综合)?(?:得分|评分)[为是]?\s?$"
    r"|(?:考[核评][^。；]*平均|[月季场]均)得分[为是]?\s?$"
    # 学员对教学质量的综合评分96.3分，对食宿评分88.9分
    r"|(?:^|[，；。]|学员|学生|群众|家长|患者|游客|企业|服务对象)对(?!本|该|整体|部门|项目)[^，。；\d]{2,12}?(?:综合)?(?:评分|打分)[为是]?\s?$"
    r"|经(?:市|县|区)?财政(?:局|部门)?(?:复核|复评|抽查|核查)后?[^，。；\d]{0,3}(?:得分|评分)[为是]?\s?$"
)


#: 满意度评分4.62分（五分制）
FIVE_POINTS = re.compile(r"\s?[（(](?:(?:五|十|5|10)分制|满分\s?[5五]\s?分)[）)]")


#: 内部评价项目8个，得分最高96.2分、最低77.4分
EXTREME = re.compile(r"(?:最高|最低)(?:分|得分)?[为达]?\s?$")
#: 较上年自评的90.80分提高1.55分
THAN_LAST = re.compile(r"[较比](?:上一?年度?|去年)(?:度|自评|评价|得分|的)*\s?$")
#: 公共绿地养护项目预算1,680万元，支出1,653.12万元，项目自评得分96.2分
OF_A_PROJECT = re.compile(r"项目[^。；]*[，](?:该|此)?项目(?:绩效)?自评(?:得分|评分|得)[为是]?\s?$")
#: 失分点：投入0.5分（…）；过程2.4分 · 各自满分依次是15分、25分
#: 失分合计8.15分，包括决策环节1分 · 扣分情况是决策1.8分、管理3.1分
LOST = re.compile(
    r"(?:失分|扣分|丢分|减分)(?:点|项|明细)(?:有|为|如下)?[：:][^。]*$"
    r"|(?:失分|扣分|丢分|减分)的\s?[\d.]+\s?分中[，,]?[^。；得]*$"
    r"|(?<![与和及])(?:失分|扣分|丢分|减分)(?:情况|合计|共计?|总计)(?:是|为|如下)?[：:]?\s?(?:[\d.]+\s?分[，,](?:包括|其中|分别是?|即)[：:]?)?[^。；得]*$"
)
FULLS_ROW = re.compile(
    r"(?:满分|标准分|权重分|分值)(?:值)?(?:均|各|都|依次|分别)+[为是：:]?\s?(?:\d[\d.]*\s?分[、和，])*$"
    # 预算执行类满分20分、产出类50分
    r"|满分\s?[1-6]\d\s?分(?:、[^，。；、\d得]{2,10}\d[\d.]*\s?分)*、[^，。；、\d得]{2,10}$"
)
#: 自评按决策20分、过程25分、产出30分、效益25分设置
WEIGHTS_ROW = re.compile(
    r"(?:[、和][^，。；、]{2,10}\d[\d.]*\s?分)*(?:设置|设定|赋分|分配|设分|配分|，满分(?:合计|共计?)[为是]?\s?100\s?分)"
)
#: 按百分制评分，得91分，其中投入18分、…
OF_A_HUNDRED = re.compile(r"百分制(?:评分|打分|计分|评价|自评|评定)*，(?:自评|共|实际|最终|综合)?得\s?$")
#: 自评实行100分制
SCALE_IS = re.compile(r"(?:实行|采用|采取|执行|使用|按照?|、|和|(?:标准|表|体系|办法)(?:为|（))\s?$")
#: 核减4家单位自评分共6.5分 · 项目决策失2分，是因为… · 扣分共5.2分，分别是…
MISSED = re.compile(r"(?:核减|调减|扣减)[^，。；]*$|(?:[失丢]|扣分(?:共计?|合计|总计|总共)[为是]?)\s?$")
#: 资金管理与组织实施两项合计得14分
SOME_TOGETHER = re.compile(r"[两二]项[^，。；\d]{0,4}(?:合计|相加|共|加起来)[^，。；\d]{0,3}$")
#: 过程得18.7分（其中预算执行率10分，得9.7分；业务管理10分，得9分）: the rows of a group
INSIDE_GROUP = re.compile(r"得\s?[1-5]?\d(?:\.\d+)?\s?分[（(]其中[^（()）]*$")
#: 权重依次为15分、25分、35分、25分，合计100分
WEIGHTS_SUM = re.compile(
    r"(?:权重|分值|满分)(?:依次|分别)?[为是：:]?\s?(?:\d[\d.]*\s?分?[、和，与及]\s?)+(?:合计|共计?|总计|总分)[为是]?\s?$"
)
#: 三者加总94.5分: the whole of the groups just told
SUMMED_UP = re.compile(
    r"^\s*(?:综合得|总计得?)\s?$|(?:[三四五六](?:大?[者项类块]|个?部分|个?方面)|各项|各部分|上述)(?:加总|相加|合计|加起来|加在一起|之和|汇总)(?:得|为|是|共)?\s?$"
)
LEAST_TOTAL = 60
#: 100分满分里，投入17.6分，过程27.3分…
FULL_NEXT = re.compile(r"的?(?:满分|总分)[里中内][，,]")
#: 表三、表四得分与表一总分97.53分口径不同
OTHER_SCOPE = re.compile(r"\s?(?:的)?(?:口径|标准|含义)(?:不同|不一|有别)")
#: 表中产出得分合计58分: of one group's rows
GROUPS_SUM = re.compile(
    r"(?:产出|效益|过程|决策|投入|管理|满意度)(?:类|部分)?(?:指标)?(?:得分)?(?:合计|共计?)[为得]?\s?$"
)


#: 总分100分，预算执行率10分、其余指标90分: what the others are worth
REST_WORTH = re.compile(r"\s?[、，]其[余他它](?:各项)?指标\s?\d")
#: 第八条规定：“评价指标分四类，满分120分；…”: a rule's full marks
RULED = re.compile(r"(?:规定|明确)[：:，,]?[“\"][^”\"]*满分[为是]?\s?$")
#: 参考分为94.8分，与自评分相差1.29分
APART_BY = re.compile(r"(?:相差|差距|差值|差额|低于|高于|[高低多少]出?)[为是约]?\s?$")


def decide_points(scene: Scene) -> Decision:
    """The decision for a number of points."""
    figure, talk = scene.figure, scene.talk
    if figure.quantity and figure.value > MOST_POINTS:
        return scene.none("其他得分")  # 市级考核满分1000分
    placed = scene.setting.groups.get(figure.start) if figure.quantity else None
    if placed and scene.setting.on_one_group:
        return _of_group(scene, placed)
    ranked = RANKED.match(scene.source, figure.end) and "自评" not in scene.clause
    surveyed = OF_SURVEY.search(scene.source[: figure.start])
    if ranked or surveyed or BY_OTHER_BODY.search(scene.sentence):
        return scene.none("其他得分")
    if (EXTREME.search(scene.before) and figure.value != 100) or THAN_LAST.search(scene.clause):
        return scene.none("其他得分")
    if scene.setting.own is None and not scene.setting.several and OF_A_PROJECT.search(scene.sentence):
        return scene.none("其他得分")
    if any(band.start <= figure.start < band.end for band in bands_in(scene.source)):
        return scene.none("评分标准")  # 综合得分达到95分定为优
    if FIVE_POINTS.match(scene.source, figure.end) or of_other_evaluation(scene.sentence.rpartition("；")[2]):
        return scene.none("其他得分")
    if OTHER_SCOPE.match(scene.source, figure.end):
        return scene.none("其他得分")
    before = scene.source[: figure.start]
    weight = figure.value < LEAST_TOTAL and WEIGHTS_ROW.match(scene.source, figure.end)
    if figure.value != 100 and RULED.search(before):
        return scene.none("评分标准")
    if SUMMAND.search(before) and scene.after[:1] in ("）", ")"):
        return scene.none("分值")
    if OF_TABLE.search(scene.clause):
        return scene.none("其他得分")
    fulls = figure.value != 100 and FULLS_ROW.search(before)
    worth = weight or REST_WORTH.match(scene.source, figure.end)
    if LOST.search(before) or MISSED.search(before) or fulls or worth:
        return scene.none("评分标准")
    if figure.value < LEAST_TOTAL and APART_BY.search(scene.clause):
        return scene.none("其他得分")
    if (
        figure.quantity
        and LEAST_TOTAL <= figure.value < 100
        and (SUMMED_UP.search(scene.clause) or OF_A_HUNDRED.search(scene.before))
    ):
        return _whole_score(scene)
    some = figure.value < LEAST_TOTAL and SOME_TOGETHER.search(scene.sentence)
    if some or GROUPS_SUM.search(scene.clause):
        return scene.none("分项得分")
    if INSIDE_GROUP.search(before):
        return scene.none("指标得分")
    fraction = OUT_OF_SLASH.match(scene.after)
    if fraction and figure.quantity and (found := _named_group(scene.spoken)):
        return _decided(scene, "score.group", found[0])
    calculated = scene.after.lstrip()[:1] in tuple("×*÷/＊") or TIMES.search(scene.before)
    if calculated and not fraction and not scene.setting.groups.get(figure.start):
        return scene.none("评分标准")  # 按公式计算：10×97.01%
    if scene.after[:1] in tuple("≤<＜≥") or scene.before[-1:] in tuple("≤<＜≥"):
        return scene.none("评分标准")  # 90≤得分≤100为优
    if scene.after.startswith("制") and figure.value == 100 and SCALE_IS.search(scene.before):
        return _decided(scene, "score.full")
    if scene.after.startswith("制") or BY_OTHERS.match(scene.after) or BAND_NOTE.match(scene.after):
        return scene.none("评分标准")  # 100分制下得97.6分
    if RATE_ROW.search(scene.sentence) or OTHER_ROWS.search(scene.sentence):
        return scene.none("指标得分")
    row = scene.setting.on_one_group and figure.start not in scene.setting.groups
    if row and not OF_SECTION.search(scene.sentence):
        return scene.none("指标得分")
    if placed and not _prior(scene):
        return _of_group(scene, placed)
    bracketed = scene.before[-1:] in ("（", "(") and scene.after[:1] in ("）", ")")
    of_sheet = FULL_BEHIND.search(scene.before) or (bracketed and WHOLE_SHEET.search(scene.before[:-1]))
    aside = OF_FULL.search(scene.before) and scene.after[:1] in ("）", ")")
    as_full = scene.before.endswith(("以", "按")) and scene.after.startswith(("分为满分", "为满分"))
    as_full = as_full or (scene.before.endswith("在") and scene.after.startswith("的总分中"))
    as_full = as_full or FULL_NEXT.match(scene.after) is not None
    after = AFTER_TOTAL.search(scene.source[: figure.start])
    if figure.quantity and figure.value == 100 and (of_sheet or aside or as_full or after):
        return _decided(scene, "score.full")
    if bracketed and not SCORED.search(scene.before):
        return scene.none("分值")  # 决策（20分）20分
    scaled = TOTAL_IS.search(scene.clause) and BANDS_AHEAD.match(scene.source[figure.end :])
    if (
        figure.value == 100
        and figure.quantity
        and (scaled or SHEET_IS.search(scene.before) or WEIGHTS_SUM.search(before))
    ):
        return _decided(scene, "score.full")
    if (
        BY_SHARE.search(scene.clause)
        or OF_RATE.search(scene.sentence)
        or (figure.value < 60 and OF_INDICATOR.search(scene.sentence))
    ):
        return scene.none("指标得分")
    if NEAR.search(scene.before):
        return scene.none("评分标准")
    if IN_BAND.search(scene.before) and BAND_END.match(scene.source[figure.end :]):
        return scene.none("评分标准")
    if has(scene.segment.near, "score") and BEFORE_ADDED.search(scene.clause):
        return scene.none("其他得分")
    if _own_full(scene):
        return _decided(scene, "score.full")
    if OF_FULL.search(scene.before) and figure.value != 100:
        return scene.none("分值")
    if _headed(scene):
        talk.limit = None
        return _decided(scene, "score.group", scene.setting.group)
    if OF_SECTION.match(scene.spoken):
        return scene.none("其他得分")  # 该块自评27.1分, under a heading that names no group
    if _got(scene):
        talk.group, talk.scored = None, True
        return _decided(scene, "score.total", scene.setting.one_of_several)
    if named := scored_of_several(scene):
        return _decided(scene, "score.total", named)
    if scene.setting.anchored and not scene.setting.group:
        return _of_project(scene)
    if figure.quantity and (MEAN.search(scene.sentence) or _of_hundred(scene)):
        return _whole_score(scene)
    if figure.quantity is None or figure.upper or figure.bound or _quoted(scene):
        return scene.none("评分标准")
    marks = [key for _, key in tagged(scene.labels, "score")]
    if has(scene.segment.all, "turn.each") and "total" in marks:
        talk.percent = "score"
        projects = scene.setting.names.projects
        if len(projects) == scene.row and re.search("项目", scene.heard):
            talk.scores = list(projects)  # 三个项目自评得分分别为98.9分、94.6分、99.1分
            return _decided(scene, "score.total", talk.scores.pop(0))
    if talk.percent == "score" and not marks and not _words(scene):
        return _decided(scene, "score.total", talk.scores.pop(0) if talk.scores else None)
    if TOTAL_IS.search(scene.clause) and not FULL_AHEAD.match(scene.after) and 60 <= figure.value < 100:
        return _whole_score(scene)
    if FULL.search(fold(scene.before)) or (marks and marks[-1] == "full"):
        if talk.groups >= 2 and figure.value < 100 and not OF_EACH.search(scene.before):
            return _whole_score(scene)  # 投入20分、过程28.5分…，总分值94.5分
        return _full(scene)
    if _weight_first(scene):
        return _full(scene)
    spoken = scene.spoken
    group = _group(scene)
    if group is not None and not re.search(r"总分|总得分|综合得分|自评总|绩效自评得分|合计", spoken):
        talk.group = group
        if re.search(r"分值|权重|满分|共\S{0,2}$", spoken) or _got_next(scene):
            return scene.none("分值")
        talk.groups += 1
        return _decided(scene, "score.group", group)
    if (
        talk.limit is not None
        and ("total" in marks or scene.before.endswith("得"))
        and figure.value <= talk.limit
        and not WHOLE.search(spoken)
    ):
        talk.limit = None
        return _decided(scene, "score.group", talk.group) if talk.group else scene.none("指标得分")
    if "total" not in marks and (_got(scene) or _summed(scene)):
        return _whole_score(scene)
    if "total" not in marks:
        return scene.none("评分标准") if talk.group or marks or not scene.segment.all else Decision(figure)
    return _whole_score(scene)


#: 评分结果：总分为97.3分 where 总分为100分，得97.3分 states full marks
TOTAL_IS = re.compile(r"^总分[为是：:]?\s?$")
FULL_AHEAD = re.compile(
    r"\s?[，,（(]?\s?(?:自评|实际|实|共|最终|评价)*得|\s?[（(]?(?:以上|以下|及以|[-—~～至])"
)

#: 总分100分，90（含）至100分为优…: the scale follows what it is of
BANDS_AHEAD = re.compile(r"\s?[，,；;（(]\s?(?:其中)?\d{2}\s?分?\s?(?:[（(]不?含|及?以上|至|[-—~～])")

#: 上表得分合计88.3分，预算执行率得9.43分，总得分97.73分: of one part
OF_TABLE = re.compile(r"^\s*[上下该此本附]?表[中内里]?(?:各?项|指标)?得分(?:合计|小计|之和)[为是]?\s?$")
#: 总得分=预算执行得分（10分）+绩效指标得分（90分）: how a score is made
SUMMAND = re.compile(r"[=＝+＋][^。；=＝+＋]*[（(]$")
SCORED = re.compile(r"(?:得分|总分|自评|结果|分数|评分|得|评价|结论)[^（(]{0,4}[（(]$")


def _of_group(scene: Scene, name: str) -> Decision:
    """The score of a group that the paragraph, or the whole sheet, has told to stand here."""
    talk = scene.talk
    talk.group, talk.groups, talk.limit = name, talk.groups + 1, None
    return _decided(scene, "score.group", name)


def _of_project(scene: Scene) -> Decision:
    """A score under the project that its paragraph is about: 校舍维修项目：…，自评得分96.54分."""
    figure, project = scene.figure, scene.setting.single
    stated = figure.quantity is not None and not figure.upper and not figure.bound
    said = has(scene.segment.near, "score.total") and "得分" in scene.spoken
    if project is not None and stated and said:
        return _decided(scene, "score.total", project.name)
    return scene.none("项目得分")


#: 目标设定9分（共10分）
OF_FULL = re.compile(r"[（(](?:共|满分|总分|分值|权重)[为是：:]?\s?$")
#: 余下90分里本局自评86.4分 · 本会能自打的是92分: the marks of the sheet that the report gives itself
REST_OF_SHEET = re.compile(r"(?:余下|其余|剩下|剩余|扣除后|除此之外)的?\s?$")
OF_REST = re.compile(r"\s?(?:[里中]|当中|之中|范围内|[，,]?(?:由)?(?:我|本)[局委办院校会单部厅][位门]?自)")
OWN_SHARE = re.compile(
    r"(?:能|可|由|应|须)[^，。；\d]{0,6}(?:自打|自评|自己打|打分|评分)的(?:部分|分值|满分)?(?:共|合计)?[是为有]\s?$"
)


def _of_hundred(scene: Scene) -> bool:
    """营养改善计划项目总分100分，自评得分88.6分: the whole of what was got, whatever words the name has in it."""
    ends = re.search(r"总分[为是：:]?\s?$", scene.clause)
    return bool(ends and scene.figure.value == 100 and FULL_AHEAD.match(scene.after))


def _own_full(scene: Scene) -> bool:
    """Whether points are the full marks of what is left to the department of a sheet of 100."""
    rest = REST_OF_SHEET.search(scene.clause) and OF_REST.match(scene.after)
    return bool(60 <= scene.figure.value < 100 and (rest or OWN_SHARE.search(scene.clause)))


#: 得18分（满分20分）
OUT_OF = re.compile(r"\s?[，,（(]\s?(?:满分|分值|权重|总分值?)")
#: 得18分 · 自评得分为18分
PLAINLY_GOT = re.compile(
    r"(?:(?:自评|实际|实|共|合计|本项|该项|评价|综合)*(?:计|得|评)分?|自评)(?:为|是|[:：])?"
)
#: 得分3.8分（满分4分）: out of so few that no sheet has them in all
FEW = re.compile(
    r"\s?[，,（(]\s?(?:满分|分值|权重|总分值?)[为是：:]?\s?(?P<full>\d{1,2}(?:\.\d+)?)\s?分?\s?[）)，。；]"
)
#: words for all that a section is on, whatever its last item was about
THIS, SECTIONS = "(?:该|本|此|这一?)", "(?:一级指标|部分|大?类|方面|维度|板块|环节)"
#: 该部分得分13.5分 · 此类指标得38分 · 本部分设6个三级指标，均为满分，得分20分: of all that the section is on
OF_SECTION = re.compile(
    rf"{THIS}(?:块|大?类(?:一级)?(?:指标)?|{SECTIONS})(?![^，。；]{{0,6}}(?:权重|满分|分值))|本项(?=(?:自评)?得(?:分|$))"
)


#: 到位率100%，满分5分，得5分；执行率98%，满分5分，得4.9分: a paragraph that goes from indicator to indicator
EACH = re.compile(
    r"(?:满分|分值|权重)[为是：:]?\s?\d[\d.]*\s?分?[，,]\s?(?:自评|实际|实)?得分?[为是：:]?\s?\d"
    r"|得分?[为是：:]?\s?\d[\d.]*\s?分?[，,（(]\s?(?:满分|分值|权重)"
)


def _headed(scene: Scene) -> bool:
    """（二）项目过程情况。权重20分，得17.6分: the score of the group that the heading names."""
    figure, talk = scene.figure, scene.talk
    limits = (talk.limit, scene.setting.group_full)
    limited = any(limit is not None and figure.value <= limit for limit in limits)
    spoken = scene.spoken.strip()
    if scene.setting.group and figure.quantity and OF_SECTION.search(scene.sentence):
        return PLAINLY_GOT.fullmatch(OF_SECTION.sub("", spoken)) is not None
    return bool(
        scene.setting.group
        and (limited or OUT_OF.match(scene.after))
        and figure.quantity
        and PLAINLY_GOT.fullmatch(spoken)
        # 预算执行率为97.47%，得分9.7分（满分10分）: one indicator's
        and not (talk.kind == "percent" and re.search("[%％]", scene.sentence))
        and len(EACH.findall(scene.source)) < 2
    )


#: 部门整体支出绩效评价指标体系（100分）
WHOLE_SHEET = re.compile(r"(?:指标体系|评分表|(?:评分|评价|自评)(?:体系|标准|办法)|自评表|打分表)\s?$")
#: 总得分88.6分，总分100分
AFTER_TOTAL = re.compile(
    r"(?:得分|评分|自评|综合得)[^。；，\d]{0,4}\d[\d.]*\s?分[，,（(](?:总分|满分)值?[为是]?\s?$"
)


@lru_cache(maxsize=1024)
def group_of_heading(title: str) -> str | None:
    """The group of a score sheet whose heading this is.

    >>> group_of_heading("项目过程情况"), group_of_heading("产出指标完成情况分析"), group_of_heading("过程中的问题")
    ('项目过程', '产出指标', None)
    """
    plain = title.strip(" 。：:“”")
    for text in (plain, plain.removeprefix("项目").removeprefix("部门")):
        found = _named_group(text)
        if found and HEADED.fullmatch(found[1]) and found[0] not in vocabulary()["groups"]["rates"]:
            return found[0]
    return None


HEADED = re.compile(
    r"(?:指标|部分|方面|类|维度)?(?:自评|评价)?(?:完成|落实|实现|得分|执行)?(?:情况)?(?:分析)?(?:[（(]\S{1,14}[）)])?"
)


#: 评价结果：93.5分，优秀。
LABEL = re.compile(r"(?:^|[。；\n])\s?(?:绩效|综合)?(?:自评|评价|评定|评分|打分)(?:结果|结论)[：:]\s?$")
#: 本次自评满分100分，我局得93.2分
OUT_OF_ALL = re.compile(r"(?:满分|总分)[为是：:]?\s?100\s?分[，,]\s?$")


def _got(scene: Scene) -> bool:
    """Whether a clause says no more than what was got: 对照指标表，得92.5分，评价等级为优."""
    if scene.figure.quantity is None or scene.figure.upper or scene.figure.bound:
        return False
    spoken = scene.spoken.strip()
    graded = re.match(
        r"[，,、（(]\s?(?:(?:自评|评价|绩效|评定|综合|项目|部门|整体)*(?:等级|等次|结果|级别|级次|评级|档次)"
        r"|满分[为是]?\s?100|[优良中差][）)]"
        r"|(?:其中|分项|各项)[^，。；\d]{2,6}(?:[（(]\d+分?[）)])?[^，。；\d]{0,4}\d"
        r"|(?:也|仍|均|即|可|应|故|据此|被)*(?:是|算|够得上|称得上|属于?|(?:自|综合)?评为|评[定价]为|定为|确定为|列为|为)[“\"]?[优良中差])",
        scene.source[scene.figure.end :],
    )
    marked = re.search(r"自评|评价|评定|评议|绩效|对照|对标|打分|打出", scene.heard)
    graded = graded or OUT_OF_ALL.search(scene.sentence[: -len(scene.clause) or None])
    alone = scene.sentence == scene.clause and scene.after.startswith("。")  # 得了90.8分。
    alone = alone and scene.setting.role == "conclusion" and scene.figure.value >= 60
    if LABEL.search(scene.source[: scene.figure.start]) and scene.setting.role == "conclusion":
        return scene.figure.value >= 60
    spoken = OURS.sub("", BY_SHEET.sub("", spoken.rpartition("后")[2]))  # 逐项打分后合计97.2分
    project = scene.setting.own_name or ""
    short = re.sub(r"(?:项目|专项|资金)+$", "", project)
    spoken = re.sub(r"^(?:项目|专项|资金)+", "", spoken.removeprefix(project).removeprefix(short))
    opens = not scene.sentence.strip() and scene.figure.value >= 60  # 93.60分，等级为优，这是…的结果。
    return bool(
        (GOT.fullmatch(spoken) or opens)
        and (graded or alone or (scene.setting.role == "conclusion" and marked))
    )


def _summed(scene: Scene) -> bool:
    """Whether a clause sums up the scores of groups before it, also of the sentence before: 累计89.4分."""
    told = sum(at < scene.figure.start for at in scene.setting.groups)
    return max(scene.talk.groups, told) >= 2 and SUM.fullmatch(scene.spoken.strip()) is not None


def _weight_first(scene: Scene) -> bool:
    """产出指标50分，自评得分48分: a group's marks right before what it got."""
    spoken = scene.spoken
    after = GOT_BEHIND.match(scene.source, scene.figure.end)
    return bool(after and _named_group(spoken) and not re.search(r"得|评", spoken))


def _whole_score(scene: Scene) -> Decision:
    """A score that no group and no indicator claims."""
    figure, talk = scene.figure, scene.talk
    said = scene.source[: figure.start]
    said = said[max(said.rfind(m) for m in "。；") + 1 :]
    projects = scene.setting.single is None and of_projects(said) and not MEAN.search(said)
    works = re.search(r"验收|质量评定|竣工|交工|工程质量", said) and not re.search(r"自评|绩效|评价", said)
    few = FEW.match(scene.after)
    if few and figure.value <= Decimal(few["full"]):
        return scene.none("指标得分")
    if _prior(scene) or works or projects or of_others(said, scene.setting.fiscal_year):
        return scene.none("其他得分")
    words = [t.text for t, key in tagged(scene.labels, "score") if key == "total"] or ["总分"]
    full = scene.setting.role == "goals" or re.search(r"得分?|自评", scene.source[figure.end :])
    if words[-1].endswith("总分") and figure.value == Decimal(100) and full:
        return _decided(scene, "score.full")
    if words[-1] in ("得分", "评分") and talk.percent == "rate" and figure.value < 60:
        return scene.none("指标得分")
    if scene.name and not scene.setting.names.is_own(scene.name) and _stranger(scene.name):
        return scene.none("其他得分")
    talk.group, talk.scored = None, True
    item = talk.topic if talk.topic and talk.topic.key == "item" and talk.series else None
    named = item.name if item and not scene.setting.single else scene.setting.one_of_several
    return _decided(scene, "score.total", named)


def _decided(scene: Scene, concept: str, subject: str | None = None) -> Decision:
    return Decision(scene.figure, concept, scene.figure.quantity, subject, scene.setting.fiscal_year)


def _quoted(scene: Scene) -> bool:
    """Whether the points are a rule's: taken off, a band's edge, an indicator's weight."""
    near = scene.segment.near
    if has(near, "not.deduct", "not.quote", "not.target"):
        if re.search(r"分值|权重", scene.spoken):
            scene.talk.limit = scene.figure.value
        return True
    spoken = has(near, "score")
    if scene.talk.limit is not None and scene.talk.group and scene.before.endswith("得"):
        return False
    if _got(scene) or _summed(scene):
        return False
    if re.search(r"(?:扣|加|计|得|每\S{0,4}|减)$", scene.before) and not spoken and not _group(scene):
        return True
    return bool(AFTER_BAND.match(scene.after.replace(" ", ""))) and not spoken


#: 过程20分，自评19.2分: between a group's full marks and what it got
GOT_NEXT = re.compile(r"[，,中里]\s?(?:扣[分减]后|自评|实际|实)?(?:得分|得|评分)?[为是：:]?\s?")


def _got_next(scene: Scene) -> bool:
    """Whether the score of a group or of an indicator stands right behind the figure, which is the full marks then."""
    groups, at = scene.setting.groups, scene.figure.end
    found = GOT_NEXT.match(scene.source, at)
    behind = found is not None and found.end() in groups and scene.figure.start not in groups
    return behind or OF_WHICH.match(scene.source, at) is not None


def _full(scene: Scene) -> Decision:
    """Full marks: of the report, or of a group, whose score may follow."""
    figure, talk = scene.figure, scene.talk
    named = _named_group(scene.spoken)
    if figure.value == 100 and (not named or named[0] in OF_REPORT):
        return _decided(scene, "score.full")
    if named and talk.group and has(scene.segment.near[:1], "turn.among"):
        return scene.none("分值")  # 过程25分，得24.8分，其中预算执行率10分，按98%折算得9.8分
    if named:
        talk.group = named[0]
        talk.limit = figure.value
        return scene.none("分值")
    if talk.group or figure.value < 100:
        talk.limit = None if talk.group else figure.value
        return scene.none("分值")
    return _decided(scene, "score.full")


def _words(scene: Scene) -> bool:
    return any(t.text not in "、和与，及" for t in scene.segment.near)


#: 投入与管理 · 效益与满意度: two groups of the vocabulary as one
JOINED = re.compile(r"[与和及、]")


def _named_group(text: str) -> tuple[str, str] | None:
    """The group that a clause begins with, and the rest of it."""
    plain = re.sub(r"^(?:其中|我(?:单位|局|部门|办|委)|本(?:单位|部门|级)|，|：|、)+", "", fold(text).strip())
    plain = re.sub(r"^[\s（(一二三四五六七八九十\d）)、.．是其中：:“”\"]+", "", plain)
    names = group_names()
    found = next((name for name in names if plain.startswith(name)), None)
    if found is None or (found in OF_REPORT and re.match(r"[\s，、：]*(?:我|本)", text)):
        return None  # 本部门整体绩效得分95.59分: the report's own
    rest = plain[len(found) :]
    if JOINED.match(rest):
        second = next((name for name in names if rest[1:].startswith(name)), None)
        if second is not None:
            return found + rest[: 1 + len(second)], rest[1 + len(second) :]
    return found, rest


def _prior(scene: Scene) -> bool:
    year = scene.setting.fiscal_year
    return year is not None and scene.period is not None and scene.period < year


def _stranger(name: str) -> bool:
    return bool(
        re.search(r"满意|指标|考核|问卷|测评|复评|抽查|复核|考试|竞赛|评比|第三方|财政局|学员|企业", name)
    )


#: what may stand between a group's name and its score
GROUP_SCORE = re.compile(
    r"[“”\"]?(?:（\S{1,6}）)?(?:部分|方面|类|一级指标|指标|情况|维度){0,2}(?:自评|实际|共|合计|综合)?"
    r"(?:得分|得|评分|分数|自评分|自评得分|分)?(?:情况)?[为是：:]?\s?"
)


def _group(scene: Scene) -> str | None:
    """The first-level group that the clause names, as printed."""
    tokens = scene.segment.near or scene.segment.far
    if not tokens:
        return None
    spoken = scene.source[tokens[0].start : scene.figure.start]
    if not (scene.talk.group or scene.talk.scored) and not re.search(r"得|评|分数", spoken):
        return None
    found = _named_group(spoken)
    if found is None or (found[0] in OF_REPORT and not scene.talk.groups):
        return None  # 项目绩效得分94分: the report's own
    if "满意度" in found[0] and scene.figure.value > SATISFIED:
        return None  # 居民满意度得分88.7分: a survey's
    return found[0] if GROUP_SCORE.fullmatch(found[1]) else None
