import shutil
import sys

import pytest

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.web.isolation import IsolatedExtraction, ParsingLimits

TOWER = "<p>" + "".join(f"<b x={n}>" for n in range(3000)) + "</p>" + "<p>a" * 3000


async def test_an_ordinary_page_is_read():
    page = await IsolatedExtraction().extract("<title>A</title><p>Grüße 👋 \ud800", "shop.example")
    assert (page.title, page.text, dict(page.about)) == ("A", "Grüße 👋 ?", {})


async def test_what_a_page_states_of_its_organization_comes_along():
    html = '<script type="application/ld+json">{"@type": "Organization", "name": "Shop Ltd"}</script><p>Hi'
    page = await IsolatedExtraction().extract(html, "shop.example")
    assert (page.text, dict(page.about)) == ("Hi", {"name": ("Shop Ltd",)})


@pytest.mark.parametrize(
    ("html", "limits"),
    [
        pytest.param(TOWER, ParsingLimits(memory_bytes=128 * 1024 * 1024), id="memory"),
        pytest.param("<div>" * 200_000, ParsingLimits(cpu_s=1), id="time"),
    ],
)
async def test_a_page_made_to_exhaust_the_parser_is_refused(html: str, limits: ParsingLimits):
    with pytest.raises(Invalid, match=r"shop\.example is too intricate"):
        await IsolatedExtraction(limits).extract(html, "shop.example")


async def test_a_parser_that_does_not_start_is_not_blamed_on_the_page(monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(Unavailable, match="does not run on this server"):
        await IsolatedExtraction().extract("<p>hi", "shop.example")
