"""The project that a paragraph, or an item of a list in it, is about: the name that it begins with."""

from __future__ import annotations

import re
from functools import cache

from extractors.figures.names import ABOUT, AMOUNT, UNNAMED, Names, in_order, vocabulary
from extractors.figures.nominal import CIRCUMSTANCE
from extractors.figures.proving.ratios import proves
from extractors.figures.segments import has
from extractors.language import tokens

MARK = re.compile(
    r"[\s“”\"]*(?:[^，。：:；;\d]{1,12}(?:最[大多高低慢快]|[偏较][大多高低慢快小少])的(?:[一几][项个])?(?:项目|专项)?(?:是|为|系|(?:主要)?(?:有|包括)[：:])"
    # 本年项目支出较大的三项：防洪治理工程，预算…
    r"|[^，。：:；;\d]{0,12}(?:最|较)[大多高]的(?:前)?[一二两三四五六七八九十\d]{1,2}[项个](?:项目|专项)?(?:是|为|有|包括|分别是|依次是)?[：:]"
    # 由局机关组织的两个重点项目：薄弱学校提升工程全年预算…
    r"|[^，。：:；;\d]{0,14}(?:\d{1,2}|[一二两三四五六七八九十]{1,2})[个项](?:重点|主要|重大)?(?:项目|专项)[：:]"
    # 项目里大的有两个，残疾人辅具适配…
    r"|(?:项目|专项)(?:支出|资金|经费)?(?:里面?|中)?(?:金额|数额)?(?:[较最]|比较)?[大多]的(?:项目|专项)?(?:主要)?有(?:[\d两二三四五六七八九十]+[个项笔])?[：:，,]"
    # 重点项目两个。城乡住户记账补贴：…
    r"|(?:其中|重点|主要)?(?:项目|专项)(?:共|有|计)*(?:\d{1,2}|[两二三四五六七八九十]{1,2})[个项][。：:，,]"
    r"|(?:代表性|典型|标志性)的?(?:项目|专项)(?:有|是|包括|如下)?[：:]"
    # 项目支出主要有：文化馆总分馆制建设，预算…
    r"|(?:项目|专项)(?:支出|资金|经费)(?:主要)?(?:有|包括)[：:](?=[^，。：；\d]{4,24}，(?:全年|年初|当年)?(?:预算|安排)\d)"
    # 个别项目偏慢： · 执行率较低的项目有： · 个别项目推进缓慢，如退化草原修复项目…
    r"|(?:个别|少数|部分|有的|[一两几]个)?(?:项目|专项|支出|执行|进度|支付|预算)[^，。：:；;\d]{0,6}(?:[偏较][大多高低慢快小少]|滞后|缓慢|不快|不高|不理想|突出)(?:的(?:项目|专项|资金)?(?:主要)?(?:有|是|为|包括)?)?(?:[：:]|[，。](?:例如|比如|如))"
    r"|(?:全部|全年|本年|其中)?(?:项目|专项)(?:支出|资金|经费)?(?:里|中)?的(?:主体|大头|重头|主力|主要部分|最大一[笔块项])(?:是|为|系)"
    r"|(?:主要|重点|重大|典型|代表性)?(?:项目|专项|序号)之?[一二三四五六七八九十\d]{1,2}[：:、，,\s]+|\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?\s?(?=[^\d\s.．万亿元%％个人名])|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).．、]"
    # 究其原因，甲项目当年预算240万元 · 项目中渔港整治（含…）预算412万元
    r"|(?:究其原因|追根溯源|具体[来看说]+|分项目看|逐项[看说])，|(?:项目|专项)(?:支出)?(?:中|里边?|里头|里面)[，,：:]?(?=[^，。；：\d（]{4,24}(?:（[^（）]{1,30}）)?(?:预算|安排)\d)"
    r"|[①-⑳]|[A-Za-z][.．、）)]|[一二三四五六七八九十]{1,2}是|其[一二三四五六七]|第[一二三四五六七八九十](?![次届轮期代产])(?:[个项]项目[是为]?|[个项][是为]|[个项](?=[，,：:]))?[，,、]?|——|—|[-•·◆●■]|(?:首先|其次|再次|最后)是?)"
    r"[，,：:]?\s?"
)
#: what ends a name that a paragraph begins with: 退耕还林补助，年中下达… · 退耕还林补助年初未安排，年中下达…
ENDED = re.compile(
    r"(?P<name>[^，。：:；;\n（(]{3,44}?(?:（[^（）]{1,12}）[^，。：:；;\n（(]{0,12}?)?)(?:（[^（）]{1,20}）)?"
    r"(?:在?年初(?:并?未|没有?|无)[^，。；：\d]{0,8})?\s?(?P<end>。|：|:|——|－－|，|,|；)"
)
#: what a road's name begins with: S348渒河大桥改建：…
_ROAD = r"[SGXYC]\d{2,3}"
ROAD = re.compile(rf"^{_ROAD}(?=[一-鿿])")
#: a name with no mark behind it: 松材线虫病防治项目预算620万元 · 12345热线运行维护预算…
RUN_ON = re.compile(
    r"(?P<name>[“\"]?(?:(?:12\d{3}|11[09]|12[02]|\d{2,3}排|"
    + _ROAD
    + r")(?=[一-鿿]))?[^，。：:；;\n\d（(]{3,40}?(?:（[^（）\d]{1,12}）[^，。：:；;\n\d（(]{1,12}?)??)(?:（[^（）]{1,20}）)?"
    r"(?:方面)?(?:当年|年度|全年|年初|调整后的?|调整(?=预算)|本年度?|上年|去年|今年|20\d\d年?度?)*(?:共|总|累计|实际|到位)?"
    r"(?=预算|安排|下达(?!后)|到位(?!后)|到账|可[用支]|支出|资金(?:总量|总额|预算|安排|指标|规模|共)|指标|批复|投入|拨付|支付|执行|使用|兑付|发放|列支|追加|(?:中央|[省市县区上本]级)(?:财政)?(?:资金|配套|补助)|获批|由|是(?:今年|我|本|全|一|其中|最[大多]|[重大]头)"
    # 应急物资储备项目为2023年新设，上年无此项目。预算90万元
    r"|(?<=项目)(?:为|系|是|属于?)(?:20\d\d年度?|本年|今年)?(?:的)?(?:新[设增立列]|一次性|经常性|延续性|跨年)|\d)"
)
#: what follows a name and no verb does: 数字乡村平台由信息中心承办 · 数字乡村平台（简称“平台”）中央资金90万元
HANDED = re.compile(r"由|（|是|预算|资金|指标|中央|[省市县区上本]级")
#: 1.燃煤锅炉清洁能源替代项目，5,200万元
_AMOUNT = r"\d[\d,，.]*\s?(?:亿元?|万元?|元)"
BARE = re.compile(rf"[^，。；：\d]{{3,40}}[，,：:]?\s?{_AMOUNT}")
MONEY = re.compile(r"\d[\d,，.]*\s?(?:亿元?|万元?|元|千元|百万元)")
#: everyday words for what was spent
_PAID = "报销|开支|花[费了去掉]|用[去了掉]|[实已]用|实付|已付|付[款出]|打卡|结账|拨[出到至]"
SAID = re.compile(
    r"年初|原列|原定|核[给拨]|拨[款给]|指标|额度|奖补|资助|预算|安排|下达|批复|支出|支付|拨付|兑付|执行|使用|列支|到位|投入|资金|经费|发放|结算|完成|"
    + _PAID
)
SPENT = re.compile("支出|支付|拨付|兑付|执行|使用|列支|发放|结算|" + _PAID)
RATE = re.compile(r"(?:执行|支付|支出|使用|付款|拨付|兑付)(?:率|进度|比例)")
WE = "我[局县市区委办院校]|[我本]单位|本部门"


@cache
def _words(key: str, form: str) -> re.Pattern[str]:
    """A list of data/names.toml about projects that are told of, in a form of expression."""
    return re.compile(form.format("|".join(map(re.escape, vocabulary()["told"][key]))))


def _ends(name: str) -> bool:
    """Whether a name ends as projects' names do."""
    return bool(_words("ends", "(?:{})$").search(name))


def _does(name: str) -> bool:
    """Whether words begin by saying what was done, which no name does."""
    return bool(_words("does", f"{{}}|{WE}").match(name))


#: 1.预算和支出：公共文化场馆免费开放项目预算420万元: what the item is on, before the name
MONEY_LABEL = re.compile(
    r"(?:项目)?(?:资金|预算|支出|经费)(?:[和与及、]?(?:资金|预算|支出|安排|执行|使用|到位|落实|拨付))*(?:情况)?[：:]\s?"
)


def anchor_at(
    text: str, at: int, names: Names, listed: bool, own: str = "", inline: bool = False
) -> str | None:
    """The project that the words from `at` on name before they say its money, None where they name none.

    `listed`: projects are being told of here, so that any name that an item of a list begins with may be
    one; elsewhere only a name that ends as projects' names do, before what was planned and what was spent.
    `inline`: the words are an item of a list within a sentence, with or without a mark. `own`: the project of
    a project's report, of which only items that are called projects are parts.
    """
    mark = MARK.match(text, at)
    start = mark.end() if mark else at
    if mark and mark[0].rstrip().endswith(("：", ":")) and (item_mark := MARK.match(text, start)):
        start = item_mark.end()  # 重点项目两个：（1）残疾儿童康复救助，预算402万元
    if mark and (label := MONEY_LABEL.match(text, start)):
        start = label.end()
    marked = inline or mark is not None
    end = next((i for i in range(start, len(text)) if text[i] in "；;\n"), len(text))
    item = text[start:end]
    rest = item if inline else text[start:].partition("\n")[0]
    if not MONEY.search(item) or not (SAID.search(rest) or (marked and BARE.match(item))):
        return None
    if marked and (partly := _partly(item, names)):
        return partly
    if own and (part := _among_parts(item, own, names)):
        return part
    if not own and (found := IN_BRACKETS.match(item)):
        return _accepted(_unquoted(found["name"]), names, True, True)
    if own and (part := _part(item, own, names)):
        return part
    if own and mark and (part := _known(item, names)) and part not in own and own not in part:
        # 其二，…甲片推迟放空。2021年支出…: the money of the next sentence is the part's only where the item begins with it
        there = item if item.startswith(part) else item.partition("。")[0]
        return part if MONEY.search(there) else None  # ——污水管网运维付出371.90万元
    if not own and (known := _known(item, names)):
        return known
    titled = not marked and not own and (_titled(rest) or _proved_of(rest))
    if not marked and (own or not (listed or titled)):
        return None
    marked = marked or titled
    if not (listed or inline) and not both_told(text[start:]) and not (own and BARE.match(item)):
        return None
    name = _named(item, rest, marked, listed, inline)
    if not name or (own and (name in own or own in name or not re.search(r"(?:项目|工程)$", name))):
        return None
    # 第三方技术服务。区财政安排320万元，实际支付307.68万元
    alone = item.startswith(f"{name}。") and both_told(rest) and names.project(name) is not None
    return _accepted(name, names, marked or (listed and (alone or proves(rest))), listed or inline)


#: 一期尾款。安排214万元，支付214万元 · 强制免疫疫苗及耗材，预算198万元，支出197.30万元 · 白沙镇片区安排1,200万元，支付1,166.80万元
PART = re.compile(
    r"(?P<name>[“\"]?[^，。：:；;\n\d（(]{3,24}?)(?:（[^（）\d]{1,20}）)?[，,：:。]?\s?(?:计划|全年|年度|年初|调整后的?|本年|共|资金|(?<!子)项目)*"
    rf"(?:预算|安排|下达|批复|分配|投资|核定)(?:资金|数|指标|经费|投资|奖补|补助|补贴)*(?:共计?|合计)?[为是：:]?\s?{_AMOUNT}"
    rf"(?:[^。；;\n]{{0,20}}?(?:支出|支付|拨付|兑付|兑现|使用|列支|执行|发放|结算|完成|开支|{_PAID})[^。；;\n\d]{{0,8}}{_AMOUNT}"
    # 贷款贴息：预算380万元，已贴息361万元，进度95%: the rate says that the second amount was spent
    rf"|[^。；;\n\d]{{0,10}}{_AMOUNT}，(?:执行|支付|支出|拨付|兑付|完成|资金)*(?:率|进度|比例|完成)[为是达：:]*\s?\d)"
)
#: 档案数字化（预算60万元，支出58.5万元，执行率97.50%）
IN_BRACKETS = re.compile(
    r"(?P<name>[“\"]?[^，。：:；;\n\d（(]{3,30})[（(](?:20\d\d年度?|全年|年初|当年|调整后?的?|其中|项目)*(?:预算|安排|下达|批复)"
    rf"[^）)。；\d]{{0,6}}{_AMOUNT}[^）)。；\d]{{0,6}}(?:支出|支付|拨付|兑付|执行|使用|完成|{_PAID})[^）)。；\d]{{0,6}}{_AMOUNT}"
)
#: what a project's money is spent on, and no part of it: 监理费62.8万元
COSTS = re.compile(
    r".*(?:监理|设计|勘察|勘测|测绘|咨询|检测|测试|购置|培训|印刷|差旅|材料|租赁|劳务|评审|审计|建安|安装|工程|设备|办公|会议|燃油|水电|运输|施工|人工)(?:服务)?费用?|.*(?:工程|设备|材料|货|进度)款"
)
#: 冬春救助资金支出79.2万元
SPENT_ON = re.compile(
    r"[^，。；：:\d（(]{3,30}?(?P<verb>支出|安排|投入|使用|执行)\d[\d,.]*\s?万?元(?=[，、；。]|$)"
)


def next_alike(text: str, at: int) -> bool:
    """Whether behind a comma at `at` the next project follows, told with the very verb of the one before:
    重点项目：冬春救助资金支出79.2万元，学前教育奖补支出46.5万元."""
    last = SPENT_ON.fullmatch(re.split("[，。；：:、]", text[:at])[-1])
    following = SPENT_ON.match(text, at + 1)
    return bool(last and following and last["verb"] == following["verb"])


def next_in_brackets(text: str, at: int) -> bool:
    """Whether behind a bracket at `at` the next project follows with its money in brackets."""
    return text[at : at + 1] in tuple("、，；,;") and IN_BRACKETS.match(text, at + 1) is not None


#: who pays, when, or the whole again: no part of a project
NO_PART = re.compile(
    r"(?:可[支用执]|占|级|拟|预算|决算|[年期][初末中]|年[内可拟预决]|匡算|概算|中央|国家|省|市|县|区|州|地方|上级|本级|财政|自筹|配套|其他|(?:各|全[县市区])?(?:乡镇|镇街|[县市区]直部门|村)(?:[、和与及](?:村|街道|社区|部门|单位)|两级|村两级)?$|上年|去年|本年|今年|全年|年度|前[一二两三]个?季度|[一二三四]季度|[上下]半年|截[至止]|累计|合计|共计|总计|以上|上述|该|本|此)|[^，。；]?子项|全社会|.*(?:年度?|资金|部门|单位|我[局县市区委办院校]|花[出去费]|用[去掉]|(?:项目|工程)总)$"
)


#: what a sentence before the money says, and no name
TELLS = re.compile(rf"{ABOUT.pattern}|[、是有为]|^(?:其余|其他|另外)")


def _part(item: str, own: str, names: Names) -> str | None:
    """The part of a project's report that an item tells the plan and the spending of, in that order."""
    found = PART.match(item)
    if found is None or (item.startswith("。", found.end("name")) and TELLS.search(found["name"])):
        return None  # 1.资金到位情况。安排214万元，支付214万元
    return part_named(found["name"], own, names)


def _among_parts(item: str, own: str, names: Names) -> str | None:
    """The part of a project's report, known by now, that an item names right behind 其中: 其中，供热管网更新因…，支出1,905万元."""
    lead = re.match("其中[，：:]?", item)
    if lead is None:
        return None
    others = (one for one in names.projects if one not in own and own not in one)
    return next((one for one in others if item.startswith(one, lead.end())), None)


def _named(item: str, rest: str, marked: bool, listed: bool, inline: bool) -> str:
    """The words that an item begins with and that may name a project: up to its first mark, up to the
    word of money that follows, or up to why; "" where there are none. `rest` is all that is told of it."""
    if because := _named_ahead(item):
        return _unquoted(because)
    if (contracted := CONTRACTED.match(item)) and _proved_of(rest):
        return _unquoted(contracted["name"])
    found = ENDED.match(item)
    name = found["name"] if found else ""
    run_on = RUN_ON.match(item) if marked or (listed and both_told(rest)) else None
    if (
        found is None
        or re.search(r"\d", ROAD.sub("", name))
        or (found["end"] in "，," and not _money_next(HANDLED.sub("", item[found.end() :], count=1)))
        or (run_on and name.startswith(run_on["name"]) and (not _ends(name) or _ends(run_on["name"])))
    ):
        if run_on is None:
            return ""
        name = run_on["name"]
        told = not item[run_on.end("name") :][:1].isdigit()
        if not marked and (not told or _does(name)):
            return ""
        bare = listed and BARE.fullmatch(item.strip("。 "))
        by_proof = listed and HANDED.match(item, run_on.end("name")) and proves(rest)
        paid = inline and BARE.match(item) and both_told(item)  # 农村厕所奖补540万元，拨到乡镇486万元
        if not (_ends(name) or (inline and told) or bare or by_proof or paid):
            return ""
    return _unquoted(name)


#: 基本公共卫生服务项目：按…标准筹集，财政到位2,901.40万元，支出2,843.37万元
TITLED = re.compile(r"[^，。：:；;\n（(\d]{4,30}(?:项目|工程|专项|专项资金|补助资金|经费)[：:]")


#: 文化馆新馆布展工程自2021年立项以来，… · 残疾人护理补贴因验收推迟，预算80万元仅支出31万元 · 普法宣传项目当年未启动，年初预算50万元由财政收回，执行率0%
BECAUSE = re.compile(
    r"(?P<name>[“\"]?[^，。：:；;\n（(\d]{4,30}?)(?:(?:因(?!公|素)|由于|受(?=[^，。；]*影响))[^，。；\d]{2,30}|(?:当年|年内|本年)?[未没](?:有|能)?(?:实施|启动|开展|执行|开工)[^，。；\d]{0,6}|按(?=[^，。；]*(?:每[户人亩校村]|标准))[^，。；]{2,40}(?:兑现|发放|补助|结算|拨付|计发)(?=，[^，。；\d]{0,6}(?:预算|安排))|(?:已经?|均已)?(?:全部|按期|如期|按时)(?:完成|完工|竣工|交付|建成)|自20\d\d年[^，。；\d]{0,4}(?:立项|启动|实施|开工|建设|开展)[^，。；\d]{0,10})，"
)


#: 社区矫正中心智能化建设合同价148.60万元，…；当年列支预算135万元，支出133.74万元
CONTRACTED = re.compile(r"(?P<name>[^，。：:；;\n\d（(]{4,40}?)(?=合同(?:总?价|金额)|中标价)")


#: 实训基地建设，实施单位职业中专，全年预算680万元 · 普通高中助学金，由局机关统一发放，全年预算385万元: who has it, behind the name
HANDLED = re.compile(
    r"^\s?(?:由[^，。；\d]{2,16}(?:发放|实施|负责|承担|管理|组织|经办)|(?:实施|责任|承担|主管|建设)(?:单位|部门|主体)[为是：:]?[^，。；\d]{2,14})，"
)


#: 地质灾害治理工程（年初预算860万元）进度缓慢，仅支付467.15万元
PLANNED_ASIDE = re.compile(
    rf"(?P<name>[“\"]?[^，。：:；;\n（(\d]{{4,30}}?)[（(](?:年初|全年|当年|调整后?)?的?(?:预算|安排|资金|计划)[^（）\d]{{0,6}}{_AMOUNT}[）)](?!、)"
)


def _titled(item: str) -> bool:
    """Whether a paragraph begins with a project's name and a colon, with why it went so, or with its plan in brackets, and
    tells what was spent of its money."""
    return bool(TITLED.match(item) or _named_ahead(item)) and both_told(item)


def _named_ahead(item: str) -> str:
    """The project's name that an item begins with before it says why it went so, or what was planned in brackets; "" where
    it does not."""
    found = BECAUSE.match(item) or PLANNED_ASIDE.match(item)
    return found["name"] if found and _ends(found["name"]) else ""


def _proved_of(item: str) -> bool:
    """Whether a paragraph begins with a project's name, and its first sentence proves what was spent of its money:
    根治欠薪工作经费180万元，用去162.9万元（90.5%）."""
    found = CONTRACTED.match(item) or RUN_ON.match(item)
    return found is not None and _ends(found["name"]) and both_told(item) and proves(item.partition("。")[0])


def _unquoted(name: str) -> str:
    """A name without quotes, and without what labels the paragraph: 【摘要】本项目预算…"""
    return re.sub('^【[^】]{1,8}】|[“”"]', "", name).strip()


def both_told(item: str) -> bool:
    """Whether an item says what was planned and what was spent, or a rate of the two."""
    return (len(MONEY.findall(item)) >= 2 and bool(SPENT.search(item))) or bool(RATE.search(item))


#: 辅具适配：预算118万元… · 居家无障碍改造，给了18万元预算，支出…
NAME_GIVEN = re.compile(
    rf"(?P<name>(?:{_ROAD})?"
    r"[^，。：:；;\d（(]{3,30})(?:[：:]|(?<!的)，(?=(?:年初|全年|当年|年度)?(?:给了?|安排|预算|下达|批复|核拨)[^，。；\d]{0,6}\d))"
)


def next_at(text: str, at: int, names: Names) -> str | None:
    """The project that a sentence within a paragraph on another one turns to: one that is known by now and
    stands before the first amount, or the name that the sentence begins with and tells the money of."""
    end = next((i for i in range(at, len(text)) if text[i] in "。；;\n"), len(text))
    sentence = text[at:end]
    if not MONEY.search(sentence):
        return None
    if known := _known(sentence, names):
        return known
    found = NAME_GIVEN.match(sentence) or RUN_ON.match(sentence)
    if not found or not both_told(sentence) or sentence[found.end("name") :][:1].isdigit():
        return None
    return _accepted(_unquoted(found["name"]), names, True, True)


def part_named(said: str, own: str, names: Names) -> str | None:
    """What the words of a clause call a part of a project, None where they call nothing or the whole."""
    name = _unquoted(said)
    if not name or name in own or own in name or NO_PART.match(name):
        return None
    return _accepted(name, names, True, True)


def project_called(said: str, names: Names) -> str | None:
    """The project that an item of a list of projects is called by these words, None where they name none."""
    return _accepted(_unquoted(said), names, True, True)


def headed(text: str, at: int, said: str, names: Names) -> str | None:
    """What the words of a figure's own clause, or those that its sentence begins with, may be the name of:
    临时救助486万元 · 中小河流治理，…合成2,600万元的预算. Only for who knows that it is a project's."""
    if name := _accepted(_unquoted(said), names, True, True) if said and not NO_PART.match(said) else None:
        return name
    start = max(text.rfind(end, 0, at) for end in "。；;\n") + 1
    mark = MARK.match(text, start)
    item = text[mark.end() if mark else start : at + 1]
    ended = ENDED.match(item)
    if ended and ended["end"] == "，" and CIRCUMSTANCE.fullmatch(ended["name"]):
        item, ended = item[ended.end() :], None  # 油价退坡以后，减船补助是最大一笔，…
    found = ended or ENDED.match(item) or RUN_ON.match(item)
    name = re.sub(r"[是为]最[大多]的?一?[笔项块个]$", "", _unquoted(found["name"])) if found else ""
    return _accepted(name, names, True, True) if name and not NO_PART.match(name) else None


def begins_item(text: str, at: int) -> bool:
    """Whether the words from `at` on are an item of a list."""
    return MARK.match(text, at) is not None


def _money_next(text: str) -> bool:
    """Whether the next clause says an amount."""
    clause = re.split(r"[，。；]", text)[0]
    return bool(MONEY.search(clause))


def _known(item: str, names: Names) -> str | None:
    """A project that is known by now and stands before the first amount."""
    first = MONEY.search(item)
    lead = re.sub(r"[“”\"]", "", item[: first.start() if first else 0])[:60]
    if re.match(r"\s*(?:其中|包括|主要|含)", lead):
        return None
    if rated := re.search(r"\d\s?%", lead):
        # 整体执行率96.70%。环境整治项目预算240万元: the paragraph is not on that
        lead = lead[: rated.start()]
    return None if COUNTED.search(lead) else mentioned(lead, names)


#: 托养和培训两个项目: of all that it names
COUNTED = re.compile(r"[\d两二三四五六七八九十]个(?!子)[^，。；、\d子]{0,6}(?:项目|专项)")


def mentioned(text: str, names: Names) -> str | None:
    """The one project of those known by now that words name; None where they name several or none."""
    there = [
        (text.find(plain), -len(plain), name)
        for name in names.projects
        if (plain := re.sub(r"[“”\"]", "", name)) in text
    ]
    apart = [name for *_, name in there if not any(name != other and name in other for *_, other in there)]
    return apart[0] if len(apart) == 1 else None


def _partly(item: str, names: Names) -> str | None:
    """A known project whose name is cut short: ①锅炉替代支付5,004万元, of 燃煤锅炉清洁能源替代项目."""
    found = RUN_ON.match(item)
    name = re.sub(r"^(?:该|本)|(?:项目|资金|经费|工程)$", "", found["name"].strip('“”"')) if found else ""
    if not 4 <= len(name) <= 16:
        return None
    fits = [known for known in names.projects if in_order(name, known)]
    return fits[0] if len(fits) == 1 else None


#: why, how, against what, by whom: 比上年多发86.4万元 · 省市县三级投入820万元 · 农户自筹71.3万元
NO_NAME = re.compile(
    r"里(?!程|氏)|(?:预算)?执行中|年中|年内|期间|[剔扣]除|原因|[前上]述|往[前后上]|回[头看]|这[样些]|另一[项个]|全(?:院|中心|局|站|馆|校|场|队|园|社|台|所)|而[是非]|有(?=中央|[省市县]级|上级)|为(?![农民老企侨军残])|因|由于|随着|伴随|鉴于|考虑到|[得受]益于|对(?![口外台])|按(?!揭)|经(?![济营开贸])|属(?!地)|系(?!统)|在(?![线建校])|若|如(?![皋东])|通过|[只仅才]|[未尚仍]|沉淀|闲置|结[转余]|剩余|[比较](?:上|去|往|年|预算)"
    r"|(?:(?:中央|[省市县区州])[、和]?){2,4}[两二三四]?级|(?:农户|企业|群众|个人|社会)自筹|(?:完成|实际)?拨款$|.*(?:依次|数字|“?两上两下”?后?|相加|加总|轧抵)$"
    # 由上表可见，2023年总支出2,701.68万元
    r"|[由从据如]?[上下该此本]?表[中内里]?[^，。]{0,2}(?:可见|可知|看出|所示|显示)"
)
#: 财预〔2023〕1号 · 农指〔2022〕77号提前: the paper by which money was given
PAPER = re.compile(r"[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]\s?第?\d+号")

#: 残疾人托养项目、辅具适配项目: several of them
SEVERAL = re.compile(r"(?:项目|工程|专项|经费)、[^、]{3,}")


def _accepted(name: str, names: Names, marked: bool, listed: bool) -> str | None:
    name = AMOUNT.sub("", name)
    if not names.may_be(name) or _does(name):
        return None
    if (
        not 3 <= len(name) <= 40
        or names.is_own(name)
        or _words("never", "{}").search(name)
        or UNNAMED.fullmatch(name)
    ):
        return None
    heard = tokens(name)
    named = [t for t in heard if not t.known and all(tag.startswith(("staff", "not.")) for tag in t.tags)]
    if sum(len(token.text) for token in named) < 2:
        return None  # 下达资金
    if (
        NO_NAME.match(name)
        or name.count("《") != name.count("》")
        or name.endswith(("承担", "负责"))
        or re.search("的(?:项目|专项|资金|经费)$", name)
        or PAPER.search(name)
        or SEVERAL.search(name)
    ):
        return None
    if re.search(
        r"(?:部门|单位|政府|[局委厅上看]|(?:项目|专项|资金)有|用于|投向|投入到?|用在|花在|之和|结构|方面|不超过|最高|不低于)$|来[说看讲]$|每[人户亩校村年月]|按(?:全|照|进度|比例|要求)",
        name,
    ):
        return None  # 发改部门批复总投资520万元 · 支出结构上，…
    if (
        re.search(r"(?:人员|人数|(?<!规划)(?<!方案)(?<!预案)编制|职工|名)$", name)
        or has(heard, "score")
        or names.is_other(name)
    ):
        return None
    if has(heard, "not.foreign") and not _ends(name):
        return None
    if has(heard, "aspect.budget", "aspect.rate", "stage") and not _ends(name):
        return None
    for token in heard:
        topics = [tag for tag in token.tags if tag.startswith("topic.")]
        weak = ("topic.project", "topic.category", "topic.procurement", "topic.personnel", "topic.operating")
        if any(tag not in weak for tag in topics):
            return None
        if topics and topics != ["topic.project"] and len(token.text) > len(name) - 2:
            return None
    sure = (marked and listed) or (_ends(name) and (marked or listed))
    return (names.project(name) or name) if sure else None
