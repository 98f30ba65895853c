"""The one error that a file can raise: it could not be read, with a code of the public interface."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "unsupported_format", "corrupt", "encrypted", "too_large", "timeout", "no_text", "not_a_report"
]


class NotReadable(Exception):
    """A file that is refused: `code` for programs, `message` one Chinese sentence for people."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code: Code = code
        self.message = message

    def __reduce__(self) -> tuple[type[NotReadable], tuple[Code, str]]:
        return type(self), (self.code, self.message)  # both arguments survive a process boundary
