"""From bytes to characters, by what the page says of itself.

Source: WHATWG Encoding Standard (names and what they really mean) and the HTML standard, "determining the
character encoding": byte order mark, then header, then `<meta>`; else UTF-8.
"""

import codecs
import re

# Python knows codecs that are not character sets, or take quadratic time (punycode); only these are used.
CODEC_BY_LABEL = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    # The standard reads these three as windows-1252, which holds them.
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "macintosh": "mac-roman",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc-jp",
    "iso-2022-jp": "iso2022-jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    **{f"windows-{page}": f"cp{page}" for page in (874, *range(1250, 1259))},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)},
}
CODEC_BY_MARK = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# How far the standard looks for the <meta> element.
META_WITHIN_BYTES = 1024
META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]{1,40})", re.IGNORECASE)


def decode_page(body: bytes, header_label: str | None, *, is_html: bool) -> str:
    """The page as text; what does not fit its character set becomes U+FFFD."""
    for mark, codec in CODEC_BY_MARK.items():
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, errors="replace")
    codec = _codec(header_label) or (_codec_in_meta(body) if is_html else None) or "utf-8"
    return body.decode(codec, errors="replace")


def _codec(label: str | None) -> str | None:
    return CODEC_BY_LABEL.get((label or "").strip().lower())


def _codec_in_meta(body: bytes) -> str | None:
    found = META_CHARSET.search(body, 0, META_WITHIN_BYTES)
    codec = _codec(found[1].decode("ascii", errors="replace")) if found else None
    # A <meta> that could be read as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if codec and codec.startswith("utf-16") else codec
