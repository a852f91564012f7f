"""The fake: pages known beforehand, no network."""

from collections.abc import Mapping

from setpiece.kernel.errors import Invalid
from setpiece.providers.web.links import parse_link
from setpiece.providers.web.page import WebPage
from setpiece.providers.web.plain_text import tidy


class CannedPages:
    """Answers from a mapping of URL to plain text; any other URL is a page that does not exist."""

    def __init__(
        self,
        text_by_url: Mapping[str, str],
        about_by_url: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    ) -> None:
        self._text_by_url = dict(text_by_url)
        self._about_by_url = dict(about_by_url or {})

    async def read(self, url: str) -> WebPage:
        link = parse_link(url)
        text = self._text_by_url.get(url)
        if text is None:
            raise Invalid(f"{link.host} answered with status 404.")
        size = len(text.encode(errors="replace"))
        about = self._about_by_url.get(url, {})
        return WebPage(
            url=url, final_url=str(link), title="", text=tidy(text), fetched_bytes=size, about=about
        )
