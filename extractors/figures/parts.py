"""Parts of the money that a clause names in words of its own: cut short, behind the amount, by purpose."""

from __future__ import annotations

import re

from extractors.figures.segments import Talk, Topic, has, year_in
from extractors.figures.setting import Scene
from extractors.language import Token

#: what a part is a part of
PARENTS = {
    "basic": "total", "project": "total", "personnel": "basic", "operating": "basic", "item": "project",
    "overseas": "three_public", "vehicles": "three_public", "hospitality": "three_public",
    "income_fiscal": "income",
}  # fmt: skip


def within(part: str, whole: str) -> bool:
    """Whether one topic is a part of another, of a part of it, or the whole itself."""
    at: str | None = part
    while at is not None and at != whole:
        at = PARENTS.get(at)
    return at == whole


def shared_whole(series: list[tuple[Topic, set[str]]]) -> Topic | None:
    """The whole that all of these are parts of."""
    wholes = {PARENTS.get(topic.key) for topic, _ in series}
    whole = wholes.pop() if len(wholes) == 1 else None
    return Topic(whole) if whole else None


def whole_of(series: list[tuple[Topic, set[str]]]) -> Topic | None:
    """What parts of several kinds, told one after the other, make up: 接待费1万元；公车9万元 -> three_public."""
    return shared_whole(series) if len({topic.key for topic, _ in series}) >= 2 else None


#: a row's labels without 支出 or 经费
SHORT = {
    "整体": "total", "总体": "total", "综合": "total", "基本": "basic", "项目": "project", "人员": "personnel",
    "公用": "operating",
}  # fmt: skip


def told(talk: Talk) -> set[str]:
    """The topics of the list that is being told, and what they are parts of."""
    return {topic.key for topic, _ in talk.series} | ({talk.head.key} if talk.head else set())


#: 年初预算11,930万元，基本1,577.30万元、项目10,352.70万元 · 基本支出…，人员类…，公用类…
CLIPPED = re.compile(
    r"[\s：:]*(?:其中|即|用于|细分为|分为|加上?)?[：:]?(基本|项目|人员|公用|日常公用)(?:类|部分|性|口径)?(?:支出|经费|预算)?"
    r"(?:相应|随之|对应|则|也)?(?:安排|预算|用款|执行|完成|(?:调整|膨胀|扩大|压减|[变增减升降])+)?(?:后|到|至)?[为是：:]?\s?"
)


def clipped(scene: Scene, said: str) -> Topic | None:
    """A part of what is being divided, by its first word alone."""
    match = CLIPPED.fullmatch(said)
    if not match:
        return None
    topic = SHORT[match[1].removeprefix("日常")]
    whole = PARENTS[topic]
    heard = {one.key for one in (scene.talk.topic, scene.talk.before) if one}
    before = heard & {"basic", "personnel", "operating"} if whole == "basic" else set()
    if scene.talk.before == Topic("total") and not scene.setting.single:
        before = before | {"total"}  # 决算支出85万元。基本40万元、项目45万元
    beside = any(whole in (key, PARENTS.get(key)) for key in told(scene.talk) | before)
    return Topic(topic) if beside else None


#: 由912.30万元的基本支出和2,768.22万元的项目支出组成 · 356万元属于基本支出 · 余下278万元为项目支出
BEHIND = re.compile(
    r"\s?(?P<verb>的|则?(?:属于?|为|是|系|归(?:为|入|属于?)|用于|用在|花在|投入|列入|列在|计入)(?:了)?)?(?:日常)?"
    r"(?P<word>基本支出|项目支出|人员(?:经费|身上|支出|开支|方面)|公用(?:经费|支出|开支|方面)|(?<=日常)公用)(?=[、，。；和及与加）（—]|[两二]|共同|构成|组成|$)"
)
#: words before such an amount that name no money of their own, behind the name of the amount before it
UNTOLD = re.compile(
    r"(?:在?(?:全部|全年|当年|本年|基本)?总?支出(?:总额)?[里中]面?[，,]|的?(?:基本支出|项目支出|人员经费|公用经费))?[\s，、]*(?:其中|和|及|与|加|由|有|余下|其余|剩余|剩下|另外?|还有|另有|的|部分|约|共)*\s?"
)
#: 用于机关自身运转的1,208.76万元 · 用于办专项的3,688.12万元
PURPOSE = re.compile(r"用[于在来](?P<what>[^，。；\d]{2,24}?)的?\s?$")
RUNNING = re.compile(r"运转|运行|养人|保工资|保运转")
PROJECTS = re.compile(r"(?:专项|项目|任务)(?:工作|支出|资金)?$")


#: 工程支出中土地平整1,206.30万元: what some of a project's money went to
OUT_OF_MONEY = re.compile(
    r"(?:工程|项目|专项|建设|补助|奖补)(?:支出|费用|开支|资金|经费|投入|款)(?:总额)?(?:[中里]|当中|之中|里面)(?=[^，。；\d]{2,20}$)"
)
#: 人工、材料两类费用共支出472.80万元: what a project's money went to, added up again
SUMS_PARTS = re.compile(
    r"[两二三四五六七八九\d](?:大?[类项种笔块]|个?部分|个?方面)(?:费用|支出|开支|经费|资金|成本)[，,]?(?:合计|总计|累计|总共|一共|共计?|加起来|相加)[^，。；\d]{0,6}$"
)
RATED_NEXT = re.compile(r"\s?[，,（][^。；\d]{0,12}(?:执行|支付|完成|支出|使用)(?:率|进度)")


def out_of_money(scene: Scene) -> bool:
    """Whether a clause begins with the money that its amount is a part of."""
    return bool(OUT_OF_MONEY.search(scene.clause)) and not has(scene.segment.near[-1:], "aspect", "stage")


def sums_parts(scene: Scene) -> bool:
    """Whether an amount sums up all that a project's money went to: the project's rate follows."""
    summed = not scene.talk.among and SUMS_PARTS.search(scene.source[: scene.figure.start])
    return bool(summed and RATED_NEXT.match(scene.source, scene.figure.end))


#: 与428.60万元的总收入一致
INCOME_BEHIND = re.compile(
    r"\s?的(?:总收入|收入总额|收入合计|本年收入|全年收入|收入总数)(?=[，。；、]|一致|相等|持平|相符)"
)


#: 同2021年17,925.60万元的支出规模相比
WHOLE_BEHIND = re.compile(r"\s?的(?:总支出|支出总[额量]|支出(?:总体|总)?规模)(?:相比|相较|比较|对比|，)")
#: 全年6,253.18万元的支出主要投向…
SPENT_BEHIND = re.compile(r"\s?的(?:总支出|支出|开支)(?=主要|全部|集中|大部分|大多|用于|投向|里|中|，)")
#: 三公经费决算36.85万元（35.10万元用于车辆运行，1.75万元用于接待）: the items behind their amounts
PUBLIC_BEHIND = re.compile(
    r"\s?(?:用于|用在|花在|用作)(?:因公|公务)?(?P<item>车辆|用车|公车|接待|招待|出国)(?:运行|维护|购置|[（(]境[）)]|费|支出)*(?=[，、；。）)])"
    # 14,626.5元是那台皮卡车的油、保险和修理，3,800元是招待
    r"|\s?全?都?是(?!因|由)[^，。；\d]{0,10}?(?P<thing>车(?!间|站)|接待|招待|出国)"
)
PUBLIC = re.compile(r"三公[^。]*$")
PUBLIC_ITEMS = {
    "车辆": "vehicles",
    "用车": "vehicles",
    "公车": "vehicles",
    "车": "vehicles",
    "接待": "hospitality",
    "招待": "hospitality",
    "出国": "overseas",
}
YEARS_OWN = re.compile(r"(?:全年|当年|本年度?|20\d\d年度?|这|总计|共计?)*\s?")


def called_behind(after: str) -> Topic | None:
    """The part that the words right behind an amount say it is."""
    found = BEHIND.match(after)
    return Topic(SHORT[found["word"][:2]]) if found else None


def named_behind(scene: Scene) -> Topic | None:
    """A part whose name stands behind its amount."""
    after = scene.source[scene.figure.end :]
    if INCOME_BEHIND.match(after):
        return Topic("income")
    of_year = SPENT_BEHIND.match(after) and YEARS_OWN.fullmatch(scene.clause)
    if not scene.setting.single and (of_year or WHOLE_BEHIND.match(after)):
        return Topic("total")
    public = scene.setting.topic == Topic("three_public") or PUBLIC.search(scene.source[: scene.figure.start])
    used = PUBLIC_BEHIND.match(after) if public and UNTOLD.fullmatch(scene.clause.strip("（，、；")) else None
    if used:
        return Topic(PUBLIC_ITEMS[used["item"] or used["thing"]])
    called = called_behind(after)
    told = called and (re.match(r"\s?的", after) or UNTOLD.fullmatch(scene.clause))
    return called if told else None


def by_purpose(scene: Scene) -> Topic | None:
    """A half of the department's spending by what it is for: to run the office, or its projects."""
    keys = told(scene.talk)
    found = PURPOSE.search(scene.clause) if "total" in keys and not has(scene.labels, "topic") else None
    if found and RUNNING.search(found["what"]):
        return Topic("basic")
    return Topic("project") if found and "basic" in keys and PROJECTS.search(found["what"]) else None


def among_public(scene: Scene) -> bool:
    """Whether the items of “三公” are being told."""
    spoken = {topic.key for topic in (scene.talk.topic, scene.talk.before) if topic}
    return bool((told(scene.talk) | spoken) & {"three_public", "vehicles", "overseas"})


#: 车辆26.45万元 · 招待来宾3.94万元 · 因公出访1.05万元: the items of “三公” by a word or two
PUBLIC_COSTS = (
    ("vehicles", re.compile(r"(?:公务|公用)?(?:用?车|车辆)(?:运转|运维|使用|购置及运行)?(?:费用?|方面)?")),
    (
        "hospitality",
        re.compile(
            r"(?:公务)?(?:接待|招待)(?:来宾|来客|客人|方面)?|来[宾客]接待|(?:上级|来人|来客|客人)*(?:吃饭|用餐|餐费|就餐)"
        ),
    ),
    ("overseas", re.compile(r"(?:因公)?(?:出境|出访)(?:费用?|方面)?")),
)


#: 全部是3辆应急车辆的运行维护 · 执法执勤车辆11台，燃油、维修、保险共
KEPT = re.compile(
    r"(?:车辆?|用车)(?:\s?\d+\s?辆)?的?(?:购置[和及与、])?(?:燃油|油料|维修|保险|运行|维护|运维|燃修|[、和及与])+(?:费用?|支出|开支)?(?:共计?|合计)?[为是]?\s?$"
)


#: 公务用车实有4辆，含执法用车2辆，运行维护费11.2万元
OF_VEHICLES = re.compile(
    r"^[^。；\d]{0,6}(?:公务用车|公务车辆|公车)[^。；，\d]{0,8}\d+\s?辆[^。；]*，(?:全年|当年|20\d\d年)?(?:实际)?(?:(?:运行|运转|运维)(?:维护)?费(?:用|支出)?)?[为共计]*\s?$"
)


def public_cost(scene: Scene) -> Topic | None:
    """The item of “三公” that a clause names by a word of its own, where those are being told."""
    if OF_VEHICLES.search(scene.sentence):
        return Topic("vehicles")
    if not among_public(scene):
        return None
    if KEPT.search(scene.clause) or KEPT.search(scene.heard):
        return Topic("vehicles")
    said = re.sub(
        r"^(?:其中|用于|包括|[一二三四]是|[和及与])|(?:[用花]了?|[用花]去|开支|支出)?[\s：:为由从]*$",
        "",
        scene.spoken,
    )
    return next((Topic(key) for key, words in PUBLIC_COSTS if words.fullmatch(said)), None)


#: 无出国（境）及购车费用，与上年14.20万元相比: what was not spent is not what is compared
ABSENT = re.compile(r"(?:^|[，。；])(?:全年|当年)?(?:无|没有|未)(?:发生|安排|产生)?(?:因公)?$")
#: 没有发生因公出国费用 · 出国、接待皆无支出 · 因公出国没有
NOTHING = re.compile(
    r"(?:无|没有|未)(?:发生|安排|产生|支出|预算|开支)|(?:均|皆|都)(?:为零|无|未|没有)|零支出|(?:没有|无)$"
)


def absent(source: str, word: Token) -> bool:
    """Whether a clause says that there was nothing of what a word names."""
    around = re.split("[，；。]", source[: word.start])[-1], re.split("[，；。]", source[word.end :])[0]
    return bool(ABSENT.search(source[: word.start]) or NOTHING.search("".join(around)))


#: 工资奖金津补贴、五险一金、取暖费等共1,406.93万元
PAY_LIST = re.compile(
    r"^(?:在职|职工|人员|教职工|，|。|；)*(?:基本)?工资[^，。；\d]*(?:津补贴|奖金|社保|五险一金|公积金)[^，。；\d]*等(?:人员(?:部分|支出|经费)?)?(?:共计?|合计|计|支出)*$"
)
BOTH_PAID = re.compile(r"工资福利.{0,4}[、和及与]对个人(?:[和及与、]?家庭)?的?补助")


def paid_people(scene: Scene, labelled: bool) -> bool:
    """Whether pay and allowances are stated as one figure: 工资福利、对个人和家庭的补助合计172.80万元, whose
    labels are known, or a list of kinds of pay that ends in 等."""
    listed = not scene.setting.single and PAY_LIST.search(scene.heard)
    return bool(listed or (labelled and BOTH_PAID.search(scene.heard)))


#: 收入方面，区财政拨款588.12万元: what the department's own treasury gave it
OWN_GRANT = re.compile(r"[，：:\s]*(?:市|县|区|省|州|旗|镇|本级)(?:级|本级)?财政拨款(?:为|是)?\s?")
#: 经费拨款865万元, as a sentence begins
GRANTED_US = re.compile(r"\s*(?:20\d\d年度?|全年|当年|本年)?经费拨款(?:收入)?(?:共计?|合计)?(?:为|是)?\s?")


#: 公用经费134.43万元，主要用于差旅、公务用车运行等，上年为141.06万元: what something was spent on
MAINLY_FOR = re.compile(r"元[，,；;（(](?:主要)?用于[^。；，]*$")


def left_out(scene: Scene, word: Token) -> bool:
    """Whether what a word of an earlier clause names was not spent, and the figure's own clause tells of
    something else: 未发生因公出国费用，与2022年的2.12万元相比."""
    near = scene.segment.near
    if word in near:
        return False
    if MAINLY_FOR.search(scene.source[: word.start]) and has(near, "period.prior"):
        return True
    if not absent(scene.source, word):
        return False
    return has(near, "turn.compare", "period.prior", "stage", "aspect.budget") or any(map(year_in, near))


#: 中央资金使用966万元（执行率93.60%）
RIGHT_BEHIND = re.compile(
    r"\s?[（(](?:预算)?(?:执行|支出|支付|使用|完成|兑付|拨付|到位)(?:率|进度)[为是：:]?\s?"
)


#: 全年发放1,203人，兑现率100%
OF_PEOPLE = re.compile(r"(?:兑现|发放|兑付)(?:率|比例)[为是达：:到]*\s?$")


def rates_nobodys(scene: Scene) -> bool:
    """Whether a rate stands in brackets right behind an amount that is no fact: it is of that amount; or whether it is
    of those who got something."""
    last = scene.talk.last
    if scene.talk.kind == "count" and OF_PEOPLE.search(scene.clause):
        return True
    if last is None or last.concept or scene.talk.kind != "money" or not last.reason:
        return False
    return RIGHT_BEHIND.fullmatch(scene.source[last.figure.end : scene.figure.start]) is not None
