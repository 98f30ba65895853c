"""What a run says when it ends: to a webhook and by e-mail, where the settings name them."""

from __future__ import annotations

import json
import smtplib
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from pipelines.settings import Settings
from pipelines.speech import OUTCOMES
from pipelines.workshop import Line

SECONDS = 20
#: refused files that a notice names; the rest are counted
NAMED = 20


class NotSent(OSError):
    """The webhook or the mail server did not take the notice: one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A run in a few lines; `refused` gives file and reason."""

    title: str
    lines: tuple[str, ...]
    counts: dict[str, int]
    refused: tuple[tuple[str, str], ...]

    @classmethod
    def of_run(cls, lines: Sequence[Line], settings: Settings) -> Notice:
        """What became of the files of one run."""
        counts = Counter(line.outcome for line in lines)
        refused = tuple((line.shown, line.reason) for line in lines if line.outcome == "quarantined")
        flags = sum(line.findings for line in lines if line.changed)
        said = "，".join(f"{OUTCOMES.get(name, name)}{count}份" for name, count in counts.items())
        text = [said or "收件夹里没有可读的文件", f"新读入的报告共有问题{flags}条"]
        text += [f"未能读取 {name}：{reason}" for name, reason in refused[:NAMED]]
        if len(refused) > NAMED:
            text.append(f"（另有{len(refused) - NAMED}份未能读取，见 {settings.home / 'runs'}）")
        day = f"{datetime.now(UTC).astimezone():%Y-%m-%d %H:%M}"
        return cls(f"绩核：{day} 的运行已结束", tuple(text), dict(counts), refused)


def send(notice: Notice, settings: Settings) -> None:
    """To every place that the settings name. Raises NotSent after all were tried."""
    failed = []
    if settings.notify_url:
        failed += _tried(lambda: _post(notice, settings.notify_url))
    if settings.notify_mail:
        failed += _tried(lambda: _mail(notice, settings))
    if failed:
        raise NotSent("；".join(failed))


def _tried(work: Callable[[], None]) -> list[str]:
    try:
        work()
    except NotSent as error:
        return [str(error)]
    return []


def _post(notice: Notice, url: str) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotSent(f"通知地址 {url} 不是网址")
    body = json.dumps(
        {**asdict(notice), "text": "\n".join((notice.title, *notice.lines))}, ensure_ascii=False
    )
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url, body.encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            pass
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise NotSent(f"通知没有送到 {url}：{error}") from error


def _mail(notice: Notice, settings: Settings) -> None:
    server = urlsplit(settings.smtp_url)
    if server.scheme not in ("smtp", "smtps") or not server.hostname:
        raise NotSent("没有设置邮件服务器（JIHE_SMTP_URL，例如 smtp://用户:密码@主机:587）")
    user = unquote(server.username or "")
    message = EmailMessage()
    message["Subject"], message["To"] = notice.title, settings.notify_mail
    message["From"] = user if "@" in user else f"jihe@{server.hostname}"
    message.set_content("\n".join(notice.lines) + "\n")
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(server.hostname, server.port or 0, timeout=SECONDS) as post:
            if user:
                if server.scheme == "smtp":
                    post.starttls()  # a password never goes in the open
                post.login(user, unquote(server.password or ""))
            post.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"邮件没有发出（{server.hostname}）：{error}") from error
