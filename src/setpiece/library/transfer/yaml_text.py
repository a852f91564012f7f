"""YAML text as plain values: mappings, lists, texts, numbers, true, false and null.

The rules are those of YAML 1.2, where `no` and `2026-01-01` are texts. Built from the parser's events, which is
safe (no objects, no aliases, bounded nesting), keeps a key from silently replacing an equal one, and takes a fifth
of the time of PyYAML's own loader.
"""

import re
from typing import Any

import yaml

from setpiece.kernel.errors import Invalid

_DEEPEST = 32  # levels; a library file has 6
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"|~|null|Null|NULL")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"
)
_SMALL = re.compile(r"[0-9]{1,9}")
_NO_KEY: Any = object()


def parse_yaml(text: str) -> Any:
    """The one document in `text`; None when there is none.

    Raises:
        Invalid: it is not YAML, or uses what a library file has no use for; the message names line and column.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise _refused(wrong.problem or "cannot be read", mark) from wrong
    except yaml.YAMLError as wrong:
        raise _refused(str(wrong).splitlines()[0][:200], None) from wrong
    return builder.document


def plain_value(text: str) -> Any:
    """What a plain scalar means."""
    if _NULL.fullmatch(text):
        return None
    if _BOOLEAN.fullmatch(text):
        return text[0] in "tT"
    if _SMALL.fullmatch(text):
        return int(text)
    # Only the version at the top is a number; of any other it is enough to know that it is one.
    return float("nan") if _NUMBER.fullmatch(text) else text


class _Builder:
    """Puts values together from events."""

    def __init__(self) -> None:
        self.document: Any = None
        self._documents = 0
        self._open: list[tuple[Any, Any]] = []  # each container with the key that waits for its value

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event)
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_tag(event)
            if len(self._open) >= _DEEPEST:
                raise _refused(f"it is nested more than {_DEEPEST} levels deep", event.start_mark)
            self._open.append(({} if isinstance(event, yaml.MappingStartEvent) else [], _NO_KEY))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self._open.pop()[0], event)
        elif isinstance(event, yaml.AliasEvent):
            raise _refused("aliases (*name) are not read; write the value out", event.start_mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _refused("there is more than one document; use one file for each", event.start_mark)

    def _scalar(self, event: Any) -> None:
        if self._open and isinstance(self._open[-1][0], dict) and self._open[-1][1] is _NO_KEY:
            self._key(event)
        else:
            self._put(plain_value(event.value) if event.implicit[0] else event.value, event)

    def _key(self, event: Any) -> None:
        mapping, _ = self._open[-1]
        if event.value in mapping:
            raise _refused(f"'{event.value[:60]}' stands twice in one mapping", event.start_mark)
        self._open[-1] = (mapping, event.value)

    def _put(self, value: Any, event: Any) -> None:
        if not self._open:
            self.document = value
            return
        container, key = self._open[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is _NO_KEY:
            raise _refused("a list or mapping cannot be the name of a field", event.start_mark)
        else:
            container[key] = value
            self._open[-1] = (container, _NO_KEY)

    @staticmethod
    def _refuse_tag(event: Any) -> None:
        if event.tag not in (None, "!"):
            raise _refused(f"tags such as {event.tag[:60]} are not read", event.start_mark)


def _refused(what: str, mark: Any) -> Invalid:
    where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return Invalid(f"This is not valid YAML: {what}{where}.", code="invalid_yaml")
