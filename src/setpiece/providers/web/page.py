"""The port: a page that was read, and what reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class WebPage:
    """A public page as plain text.

    Attributes:
        url: As the caller wrote it.
        final_url: Where the text came from, after redirects.
        title: One line; empty when the page has none.
        text: One line for each block of the page. No markup, control characters or invisible characters.
        fetched_bytes: Size of the page after decompression.
        is_cut: The page had more text than the reader keeps.
        about: What the page states of the organisation behind it, by name, as `organization` reads it.
    """

    url: str
    final_url: str
    title: str
    text: str
    fetched_bytes: int
    is_cut: bool = False
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class PageReader(Protocol):
    """Reads one page at a time."""

    async def read(self, url: str) -> WebPage:
        """The page at `url` as text; a page without any text has an empty one.

        Raises:
            Invalid: Not the http(s) URL of a public text page: the caller can give another one.
            Unavailable: The site does not answer, or stopped answering midway.
        """
        ...
