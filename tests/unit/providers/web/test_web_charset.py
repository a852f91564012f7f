import pytest

from setpiece.providers.web.charset import decode_page

META = '<!doctype html><meta charset="{}"><p>'


@pytest.mark.parametrize(
    ("body", "label", "text"),
    [
        pytest.param("Grüße".encode(), None, "Grüße", id="UTF-8 when nothing is said"),
        pytest.param("Grüße".encode("cp1252"), "ISO-8859-1", "Grüße", id="header"),
        pytest.param(b"\x93quoted\x94", "latin1", "“quoted”", id="latin-1 means windows-1252"),
        pytest.param("価格".encode("cp932"), "Shift_JIS", "価格", id="Japanese"),
        pytest.param("цена".encode("koi8-r"), "koi8-r", "цена", id="Russian"),
        pytest.param("价格".encode("gbk"), "GB2312", "价格", id="Chinese"),
        pytest.param(b"\xef\xbb\xbfhi", "windows-1252", "hi", id="mark wins over header"),
        pytest.param("\ufeffhi".encode("utf-16-le"), None, "hi", id="UTF-16 by its mark"),
        pytest.param(b"caf\xe9", None, "caf\ufffd", id="what does not fit is marked"),
        pytest.param(b"hi", "rot13", "hi", id="not a character set"),
        pytest.param(b"hi-", "punycode", "hi-", id="a codec that is slow"),
        pytest.param(b"hi", "no\x00such", "hi", id="nonsense"),
    ],
)
def test_the_page_says_how_it_is_written(body: bytes, label: str | None, text: str):
    assert decode_page(body, label, is_html=False) == text


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
    ],
)
def test_html_may_say_it_in_a_meta_element(meta: str):
    assert decode_page((meta + "цена").encode("cp1251"), None, is_html=True) == meta + "цена"


def test_the_header_wins_over_the_meta_element():
    assert decode_page((META.format("koi8-r") + "é").encode(), "utf-8", is_html=True).endswith("é")


def test_a_meta_element_cannot_claim_utf_16():
    page = META.format("utf-16") + "é"
    assert decode_page(page.encode(), None, is_html=True) == page


def test_plain_text_has_no_meta_element():
    page = META.format("koi8-r") + "é"
    assert decode_page(page.encode(), None, is_html=False) == page
