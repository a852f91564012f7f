"""A document as text: stable, easy to review line by line, and read back exactly, by any YAML parser.

Short texts stand plain, long ones folded, those with lines of their own as they are; whatever could be misread
(`yes`, `1e3`, a leading dash, a trailing space) stands in double quotes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import orjson
import yaml
from yaml.resolver import Resolver

from setpiece.library.transfer.yaml_text import plain_value

_WIDTH = 100  # characters of a text on one line, indentation apart
_MUST_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_STRING_TAG = "tag:yaml.org,2002:str"
_older_rules: Any = Resolver()  # PyYAML's own, untyped


def dump(document: Mapping[str, Any], form: Literal["yaml", "json"] = "yaml") -> str:
    """The text of a document from `export_library`."""
    if form == "json":
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    return "\n".join(_document(document)) + "\n"


def _document(document: Mapping[str, Any]) -> Iterator[str]:
    for name, value in document.items():
        if not isinstance(value, list) or not value:
            yield f"{name}: {_inline(value)}"
            continue
        yield ""
        yield f"{name}:"
        for position, entry in enumerate(value):
            yield from ([""] if position else [])
            yield from _item(entry, 2)


def _mapping(mapping: Mapping[str, Any], indent: int) -> Iterator[str]:
    for name, value in mapping.items():
        yield from _valued(f"{' ' * indent}{_one_line(name)}:", value, indent)


def _item(value: Any, indent: int) -> Iterator[str]:
    dash = f"{' ' * indent}-"
    if isinstance(value, Mapping) and value:
        first, *rest = _mapping(value, indent + 2)
        yield f"{dash} {first[indent + 2 :]}"
        yield from rest
    else:
        yield from _valued(dash, value, indent)


def _valued(start: str, value: Any, indent: int) -> Iterator[str]:
    """`start` with the value after or beneath it."""
    if isinstance(value, Mapping) and value:
        yield start
        yield from _mapping(value, indent + 2)
    elif isinstance(value, list) and value:
        yield start
        for item in value:
            yield from _item(item, indent + 2)
    elif isinstance(value, str) and (block := _block(value)):
        yield f"{start} {block[0]}"
        yield from (f"{' ' * (indent + 2)}{line}" if line else "" for line in block[1:])
    else:
        yield f"{start} {_inline(value)}"


def _block(text: str) -> list[str] | None:
    """The header and lines of a block scalar, for a text that is long or has lines, and survives being one."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > 1:
        clean = all(line.isprintable() and line == line.rstrip() for line in lines)
        whole = lines[0][:1].strip() and lines[-1]
        return ["|" if text.endswith("\n") else "|-", *lines] if clean and whole else None
    if len(text) <= _WIDTH or not text.isprintable() or "" in text.split(" "):
        return None
    return [">-", *_folded(text.split(" "))]


def _folded(words: list[str]) -> Iterator[str]:
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}"
    yield line


def _inline(value: Any) -> str:
    return _one_line(value) if isinstance(value, str) else orjson.dumps(value).decode()


def _one_line(text: str) -> str:
    return text if _may_stand_plain(text) else f'"{_MUST_ESCAPE.sub(_escape, text)}"'


def _may_stand_plain(text: str) -> bool:
    """Whether the bare text is read as itself, under the rules of YAML 1.2 and of 1.1."""
    return (
        text[:1].isalnum()
        and text.isprintable()
        and not text.endswith((" ", ":"))
        and ": " not in text
        and " #" not in text
        and isinstance(plain_value(text), str)
        and _older_rules.resolve(yaml.ScalarNode, text, (True, False)) == _STRING_TAG
    )


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(character)
    return short or (f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}")
