"""Whether words are nominal, as every name is: no clause that says who did what, no verb with its complement, no
circumstance."""

from __future__ import annotations

import re
from functools import cache

#: 批下来 · 活动办完 · 拨给: a verb and how far it came
DONE = re.compile(r"(?:[下出上进过回]来|下去|[完掉妥]|(?<![供补自])给|(?<![签报直])到|[^为除终]了)$")
#: 施工单位报送 · 调整时增拨 · 省里批复 · 工程实有: what is said of money or of its paper, and nothing is called
SAYS = (
    "报送", "上报", "报来", "送审", "报审", "审定", "审减", "审增", "核定", "核减", "核增", "核准", "批复", "批准", "增拨", "追拨", "划拨",
    "拨出", "拨入", "拨付", "下拨", "给付", "付出", "付讫", "付清", "结清", "结付", "结账", "报账", "列账", "入账", "到账", "编列", "留出", "切出",
    "切块", "凑齐", "花出", "用出", "流出", "流入", "追加", "追减", "调增", "调减", "压减", "变为", "变成", "扩大", "扩为", "缩减", "收回",
    "收窄", "返还", "退回", "实有", "现有", "共有", "计有", "可支配", "可动用", "剩下", "余下", "折算", "测算", "估算", "匡算",
    "超出", "超过", "得出", "相除得", "相比", "相较", "带入", "转入", "转出", "换来", "少于", "多于", "低于", "高于", "等于", "达到", "不足", "突破", "抵扣", "扣减", "扣除", "已经", "用满", "用足", "用尽",
)  # fmt: skip
#: 教育厅分两次下达 · 财政按季拨: who acts, where no work or thing follows that a name could end with
ACTOR = re.compile(
    r"^[^，。；]{0,10}?(?:[局厅]|政府|财政(?:部门)?|(?:施工|承建|总包|监理|设计|供货|中标|审计|评审|代建|建设)(?:单位|机构|企业|方)|总包)"
    r"(?P<rest>[^，。；]{1,4})$"
)
#: 调整时 · 验收合格后 · 为了 · 把 · 跟2022年比 · 发给村卫生室: when, how, on what ground, to whom
CIRCUMSTANCE = re.compile(
    r"(?:前[一二两三]个?季度|上半年|截至|因(?![公素地病])|把|被|拿|跟(?![踪班岗随读])|(?:[发拨付交补打退转返]|兑付|支付|发放)给|为了|除了|加上|扣去|连同|[两相]相比|换来|分别|依次)|.*(?:(?<![及实临小定同计战])时|以后|之后|以前|之前|以来|期间|过程中|的时候|起见)(?:[^，。；]{0,2}$|[增追调拨核又再])"
)
#: 同口径调整 · 全年执行率以不同基(数计算) · 取整后分项之和与总数相差: words on how figures were reckoned
RECKONED = re.compile(
    r"口径|基数|分母|取整|四舍五入|舍入|尾差|[之总]和(?![谐平])|之差|相差|分项|(?:执行|支付|支出|完成|使用|到位)率|以不同"
)
#: 年内未调整 · 管网更换工程由县内 · 消防改造由事务中心统一实施 · 体育公园项目用地手续迟办 · 公证处自收自支: who does it, how it went; 运行款 · 比例就成 · 前年的不讲
TOLD_OF = re.compile(
    r"未(?![成央婚来保]|就业|脱贫)|[一-鿿]{2}(?<![自理缘事])由(?![于来])|(?:手续|招标|合同|验收|资金|进度|签订)[^，。；]{0,4}(?:迟|滞后|较晚|偏慢|未)|自收自支|^者|共有?[\d一二两三四五六七八九十]+个|^[\d两二三四五六七八九十]+类|^即?前述|[^种门分]类$|^级(?:统筹|安排|配套|承担)|(?:核价|续签|议价)$|^表[中内]|^第[一二三四五六七八九十\d]+[批次]$|标段$|转移$|(?:运行|进度|工程|货|尾|余|预付|首付)款$|(?:[件数流工]量|人数|户数|就成|同一|不少|[就只才讲着得]|(?<![安健保])全)$|按.{1,6}[分看]$|三公|(?:结构|情况|构成|特点|变化)是$|分.{1,3}[段期批步]实施"
)


@cache
def _says() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(SAYS)})$")


def nominal(text: str, ends: re.Pattern[str]) -> bool:
    """Whether words may be a name; `ends` is what names end with, work and things.

    >>> ends = re.compile("(?:培训|改造)$")
    >>> [nominal(words, ends) for words in ("批下来", "施工单位报送", "教育厅分", "粮食局危库改造", "施工单位培训")]
    [False, False, False, True, True]
    """
    if DONE.search(text) or _says().search(text) or CIRCUMSTANCE.match(text) or RECKONED.search(text):
        return False
    if TOLD_OF.search(text):
        return False
    acts = ACTOR.match(text)
    return acts is None or bool(ends.search(acts["rest"]))
