"""Names of WordprocessingML as lxml writes them, and how its values are read."""

from __future__ import annotations

from extractors.readers.package import Element

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset(("0", "false", "off", "none"))


def w(name: str) -> str:
    return _MAIN + name


def m(name: str) -> str:
    return _MATH + name


VAL = w("val")
TEXT = w("t")
MATH_TEXT = m("t")
ALTERNATE = _COMPATIBILITY + "AlternateContent"
CHOICE = _COMPATIBILITY + "Choice"
FALLBACK = _COMPATIBILITY + "Fallback"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"

# what a w:Choice may require and this reader understands: Word's own extensions and shapes
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")


def val(element: Element | None) -> str | None:
    return None if element is None else element.get(VAL)


def leading(element: Element, tag: str) -> Element | None:
    """The first child of this tag, found in half of `find`'s time where it is among the first: properties are."""
    for child in element:
        if child.tag == tag:
            return child
    return None


def on(element: Element | None) -> bool | None:
    """A toggle's state: None where it is not set, True for `<w:b/>`, False for `<w:b w:val="0"/>`."""
    return None if element is None else element.get(VAL, "1") not in _OFF


def whole(text: str | None) -> int | None:
    """An integer attribute; None for what is absent or no number.

    >>> whole("-1"), whole("auto"), whole(None)
    (-1, None, None)
    """
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def chosen(alternate: Element) -> Element | None:
    """The one branch of mc:AlternateContent to read: the first that is understood, else the fallback."""
    for choice in alternate.iterchildren(CHOICE):
        required = (choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split())
        if all(uri.startswith(_UNDERSTOOD) for uri in required):
            return choice
    fallback = alternate.find(FALLBACK)
    return alternate.find(CHOICE) if fallback is None else fallback
