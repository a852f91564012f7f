import pytest

from setpiece.kernel.errors import Invalid
from setpiece.providers.web.links import follow_link, parse_link


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("example.com/page", id="no scheme"),
        pytest.param("//example.com/page", id="scheme-relative"),
        pytest.param("ftp://example.com/", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("http:///page", id="no host"),
        pytest.param("http://exa\x00mple.com/", id="nul"),
        pytest.param("http://\ud800.com/", id="lone surrogate"),
        pytest.param("http://[::1/", id="open bracket"),
        pytest.param("http://exa mple.com/", id="space in the host"),
        pytest.param("http://127%2e0.0.1/", id="escaped dot in the host"),
        pytest.param(f"http://{'a.' * 200}com/", id="host too long"),
        pytest.param(f"http://example.com/{'a' * 70_000}", id="url too long"),
    ],
)
def test_what_is_not_the_address_of_a_page_is_refused_with_advice(url: str):
    with pytest.raises(Invalid, match="http:// or https://"):
        parse_link(url)


@pytest.mark.parametrize("port", [0, 65_536, 99_999])
def test_a_port_that_cannot_exist_is_refused(port: int):
    with pytest.raises(Invalid, match=r"example\.com"):
        parse_link(f"http://example.com:{port}/")


@pytest.mark.parametrize(
    "url", ["http://ada:pw@example.com/", "http://ada@example.com/", r"http://ada\@example.com/"]
)
def test_a_user_name_or_password_is_refused_and_not_repeated(url: str):
    with pytest.raises(Invalid, match="user name and password") as refused:
        parse_link(url)
    assert "ada" not in refused.value.message
    assert "pw" not in refused.value.message


def test_a_fragment_is_left_out():
    assert str(parse_link("https://example.com/page?a=1#part")) == "https://example.com/page?a=1"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/new", "https://example.com/new"),
        ("new?x=1", "https://example.com/old/new?x=1"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example:8080/a", "http://other.example:8080/a"),
    ],
)
def test_a_redirect_is_relative_to_its_page(location: str, target: str):
    assert str(follow_link(parse_link("https://example.com/old/page"), location)) == target


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://ada:pw@example.com/", "http://[::1/"])
def test_a_redirect_follows_the_same_rules(location: str):
    with pytest.raises(Invalid):
        follow_link(parse_link("https://example.com/"), location)
