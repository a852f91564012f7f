"""From bytes or files to a document."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import orjson

from setpiece.kernel.errors import Invalid, LimitExceeded, NotFound
from setpiece.library.transfer.check import check
from setpiece.library.transfer.document import Document
from setpiece.library.transfer.yaml_text import parse_yaml

Form = Literal["yaml", "json"]
_FORM_BY_SUFFIX: dict[str, Form] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
MOST_BYTES = 64 * 1024 * 1024
"""What is read at most, of all files together."""

_MOST_CONTAINERS = 2_000_000
"""Lists and objects of a JSON file, ten for each of 200,000 entities. The parser lets no other thread run meanwhile: for
twenty million it kept every request waiting for seven seconds."""


def read_text(content: bytes, form: Form | None = None) -> Document:
    """The document in `content`; without a form it is JSON when it begins like an object, else YAML.

    A document is returned whatever its entries hold: planning refuses one with problems, together with those that
    only the workspace shows.

    Raises:
        Invalid: it is not text, or not YAML or JSON.
    """
    return check([("", parse(content, form))])


def read_path(path: Path, most_bytes: int = MOST_BYTES) -> Document:
    """The document in a file, or in all `*.yaml`, `*.yml` and `*.json` files of a folder, in order of their names.

    Raises:
        NotFound: there is no such file, or the folder has none.
        LimitExceeded: the files have more than `most_bytes` together.
        Invalid: one of them is not YAML or JSON; the message names it.
    """
    return check(_read_files(path, most_bytes))


def parse(content: bytes, form: Form | None = None) -> Any:
    """The value that a text in YAML or JSON stands for."""
    if form is None:
        form = "json" if content.lstrip()[:1] == b"{" else "yaml"
    return _parse_json(content) if form == "json" else parse_yaml(_decoded(content))


def _read_files(path: Path, most_bytes: int) -> Iterator[tuple[str, Any]]:
    left = most_bytes
    for file in _files_of(path):
        called = file.name if path.is_dir() else ""
        try:
            content = file.read_bytes() if file.stat().st_size <= left else None
        except OSError as wrong:
            raise Invalid(f"{file} cannot be read: {wrong.strerror}.", code="unreadable_file") from wrong
        if content is None:
            raise LimitExceeded(f"The library is larger than {most_bytes:,} bytes.", code="library_too_large")
        left -= len(content)
        try:
            yield called, parse(content, _FORM_BY_SUFFIX.get(file.suffix.lower()))
        except Invalid as wrong:
            raise Invalid(f"{file.name}: {wrong.message}", code=wrong.code) from wrong


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        if not path.exists():
            raise NotFound(f"There is no file or folder {path}.", code="no_file")
        return [path]
    found = sorted(
        file for file in path.iterdir() if file.suffix.lower() in _FORM_BY_SUFFIX and file.is_file()
    )
    if not found:
        raise NotFound(f"The folder {path} has no *.yaml, *.yml or *.json file.", code="no_file")
    return found


def _parse_json(content: bytes) -> Any:
    if content.count(b"[") + content.count(b"{") > _MOST_CONTAINERS:
        raise Invalid(
            f"The library has more than {_MOST_CONTAINERS:,} lists and objects.", code="too_many_values"
        )
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as wrong:
        raise Invalid(
            f"This is not valid JSON: {wrong.msg} at line {wrong.lineno}, column {wrong.colno}.",
            code="invalid_json",
        ) from wrong


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid(f"The file is not UTF-8 text (byte {wrong.start:,}).", code="invalid_text") from wrong
