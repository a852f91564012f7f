"""Reading `multipart/form-data` as it arrives: one file, handed through in pieces, and a few short fields."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from setpiece.api.body import stream_bytes
from setpiece.kernel.errors import Invalid, LimitExceeded

_MOST_PARTS = 20  # a client of the contract sends two
_MOST_FIELD_BYTES = 16 * 1024
_MOST_AROUND_BYTES = 1024 * 1024
"""Of everything but the file: `_MOST_PARTS` fields, their heads and boundaries are a third of it."""


if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


class Form:
    """The form of a request. `file` is read first and to its end; then `fields` and `file_name` are complete.

    Args:
        file_field: The name of the part that is the file; it has to be there once.
        most_file_bytes: Largest file.
    """

    def __init__(self, request: Request, file_field: str, most_file_bytes: int) -> None:
        self._request = request
        self._file_field = file_field
        self._most_file_bytes = most_file_bytes
        self._parser = MultipartParser(_boundary(request), self._callbacks())
        self._header_name = self._header_value = b""
        self._disposition = ""
        self._part: str | None = None
        self._value = bytearray()
        self._pieces: list[bytes] = []
        self._parts = self._files = self._file_bytes = 0
        self._has_ended = False
        self.fields: dict[str, str] = {}
        self.file_name: str | None = None
        """As the client calls it: a hint, and nothing more."""

    async def file(self) -> AsyncIterator[bytes]:
        """The file's bytes. What is wrong with the form is raised whenever it shows, at its very end too.

        Raises:
            Invalid: it is not such a form, has no file or several, breaks off, or a field is sent twice.
            LimitExceeded: the file or what is around it is too large.
        """
        most = self._most_file_bytes + _MOST_AROUND_BYTES
        async for piece in stream_bytes(self._request, most):
            self._feed(piece)
            for file_piece in self._pieces:
                yield file_piece
            self._pieces.clear()
        if not self._has_ended:
            raise _malformed("it ends before its last boundary")
        if not self._files:
            raise Invalid(f"'{self._file_field}' is required: send it in a part of this name.")

    def _feed(self, piece: bytes) -> None:
        try:
            self._parser.write(piece)
        except FormParserError as wrong:
            raise _malformed(str(wrong)[:200]) from wrong

    def _callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": self._add_header_name,
            "on_header_value": self._add_header_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_content,
            "on_part_data": self._add_content,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin_part(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise LimitExceeded(
                f"The form has more than {_MOST_PARTS} parts; send only the file and its label.",
                code="body_too_large",
            )
        self._disposition = ""
        self._value.clear()

    def _add_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _add_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _end_header(self) -> None:
        if self._header_name.strip().lower() == b"content-disposition":
            self._disposition = self._header_value.decode("latin-1")
        self._header_name = self._header_value = b""

    def _begin_content(self) -> None:
        kind, options = parse_options_header(self._disposition)
        name = options.get(b"name")
        if kind != b"form-data" or name is None:
            raise _malformed("a part has no name")
        self._part = _text(name, "the name of a part")[:200]
        if self._part == self._file_field:
            self._begin_file(options.get(b"filename"))
        elif self._part in self.fields:
            raise Invalid(f"'{self._part}' is sent twice; send it once.", code="repeated_field")

    def _begin_file(self, file_name: bytes | None) -> None:
        self._files += 1
        if self._files > 1:
            raise Invalid(
                f"'{self._file_field}' is sent twice; send one recording in one request.",
                code="repeated_field",
            )
        if file_name:
            self.file_name = file_name.decode("utf-8", "replace").replace("\x00", "")

    def _add_content(self, data: bytes, start: int, end: int) -> None:
        content = data[start:end]
        if self._part == self._file_field:
            self._file_bytes += len(content)
            if self._file_bytes > self._most_file_bytes:
                raise LimitExceeded(
                    f"The file is larger than {self._most_file_bytes:,} bytes.", code="body_too_large"
                )
            self._pieces.append(content)
            return
        self._value += content
        if len(self._value) > _MOST_FIELD_BYTES:
            raise Invalid(f"'{self._part}' must have at most {_MOST_FIELD_BYTES:,} bytes.")

    def _end_part(self) -> None:
        if self._part is not None and self._part != self._file_field:
            self.fields[self._part] = _text(bytes(self._value), f"'{self._part}'")
        self._part = None

    def _end(self) -> None:
        self._has_ended = True


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        raise Invalid(
            "Send the file as multipart/form-data, in a part named 'file'; "
            f"the content type of this request is '{kind.decode('latin-1')[:100]}'.",
            code="not_multipart",
        )
    boundary = options.get(b"boundary", b"")
    if not 1 <= len(boundary) <= 70:  # RFC 2046, section 5.1.1
        raise _malformed("the content type names no boundary of 1 to 70 characters")
    return boundary


def _text(value: bytes, what: str) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid(f"{what} is not text in UTF-8.") from None
    if "\x00" in text:
        raise Invalid(f"{what} contains a NUL character; remove it.", code="nul_character")
    return text


def _malformed(what: str) -> Invalid:
    return Invalid(f"The form cannot be read: {what}.", code="invalid_multipart")
