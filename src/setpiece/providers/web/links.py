"""Which URLs may be read at all, before anything is looked up."""

import httpx

from setpiece.kernel.errors import Invalid

# The longest name DNS allows (RFC 1035, section 2.3.4).
MAX_HOST_CHARACTERS = 253
MAX_PORT = 65_535


def parse_link(url: str) -> httpx.URL:
    """The URL in parts, without its fragment.

    One parser serves the check, the lookup and the connection, so they cannot disagree on what the host is.

    Raises:
        Invalid: No http(s) URL, no host, or a user name or password in it.
    """
    try:
        link = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise _not_a_link() from error
    if link.scheme not in {"http", "https"} or not 0 < len(link.host) <= MAX_HOST_CHARACTERS:
        raise _not_a_link()
    if b"%" in link.raw_host:  # a space or another character that no name of a host has
        raise _not_a_link()
    if link.port is not None and not 0 < link.port <= MAX_PORT:
        raise Invalid(f"The port in the URL of {link.host} is not between 1 and {MAX_PORT}.")
    if link.userinfo:
        raise Invalid(f"Leave the user name and password out of the URL of {link.host}.")
    return link.copy_with(fragment=None)


def follow_link(link: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads, under the same rules."""
    try:
        target = str(link.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise Invalid(f"{link.host} redirects to something that is not a URL.") from error
    return parse_link(target)


def _not_a_link() -> Invalid:
    return Invalid("The URL must be the full address of a public page, starting with http:// or https://.")
