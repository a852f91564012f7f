"""The page at /docs as a reader sees it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest
from playwright.async_api import Browser, Page, Route
from starlette.applications import Starlette
from starlette.routing import Route as Served

from setpiece.api import openapi, reference_page
from setpiece.api.app import every_operation

ADDRESS = "http://127.0.0.1/docs"  # never reached: the requests of the browser are answered here
WIDE, NARROW = 1280, 375
WIDTHS = pytest.mark.parametrize("width", [WIDE, NARROW])

# The least contrast between a visible text and the colour behind it, by the formula of WCAG 2.
LEAST_CONTRAST = """() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => rgb(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const ratios = [...document.querySelectorAll("body *")]
    .filter((element) => hasText(element) && element.checkVisibility())
    .map((element) => [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a))
    .map(([lighter, darker]) => (lighter + 0.05) / (darker + 0.05));
  return Math.min(...ratios);
}"""


class Visit:
    """One look at the page, and what the browser wanted or complained of meanwhile."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def width_of_content(self) -> int:
        return int(await self.page.evaluate("document.documentElement.scrollWidth"))

    async def is_open(self, selector: str) -> bool:
        return bool(await self.page.eval_on_selector(selector, "details => details.open"))


Look = Callable[..., AbstractAsyncContextManager[Visit]]


@pytest.fixture(scope="session")
async def served() -> httpx.Response:
    document = openapi.document(every_operation())
    app = Starlette(routes=[Served("/docs", reference_page.endpoint(document))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        return await client.get(ADDRESS)


@pytest.fixture
async def look(browser: Browser, served: httpx.Response) -> Look:
    @asynccontextmanager
    async def look(width: int = WIDE, place: str = "", **options: object) -> AsyncIterator[Visit]:
        context = await browser.new_context(viewport={"width": width, "height": 900}, **options)
        visit = Visit(await context.new_page())

        async def answer(route: Route) -> None:
            visit.asked.append(route.request.url)
            await route.fulfill(status=200, headers=dict(served.headers), body=served.content)

        await context.route("**/*", answer)
        await visit.page.goto(ADDRESS + place)
        yield visit
        await context.close()

    return look


@WIDTHS
async def test_the_page_asks_for_nothing_and_breaks_no_rule_of_its_policy(look: Look, width: int):
    async with look(width) as visit:
        await visit.page.click("button.open-all")
        assert (visit.asked, visit.complaints) == ([ADDRESS], [])


@WIDTHS
async def test_nothing_is_wider_than_the_screen_even_when_all_is_open(look: Look, width: int):
    async with look(width) as visit:
        assert await visit.width_of_content() == width
        await visit.page.click("button.open-all")
        assert await visit.page.eval_on_selector_all("main details:not([open])", "all => all.length") == 0
        assert await visit.width_of_content() == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@WIDTHS
async def test_every_text_stands_out_from_its_ground(look: Look, width: int, scheme: str):
    async with look(width, "#playbook-create", color_scheme=scheme) as visit:
        ground = await visit.page.eval_on_selector("body", "body => getComputedStyle(body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        assert await visit.page.evaluate(LEAST_CONTRAST) >= 4.5


@WIDTHS
@pytest.mark.parametrize("place", ["#playbook-create", "#product-update-put", "#record-persona"])
async def test_a_link_to_a_place_opens_it(look: Look, width: int, place: str):
    async with look(width, place) as visit:
        entry = visit.page.locator(f"section.entry:has({place}), section.entry{place}")
        assert await entry.locator("table").first.is_visible()
        heading = await entry.locator("h3").bounding_box()
        assert heading is not None
        assert 0 <= heading["y"] < 200


async def test_the_contents_stand_beside_the_page_where_there_is_room(look: Look):
    async with look(WIDE) as visit:
        await visit.page.evaluate("window.scrollTo(0, 3000)")
        assert await visit.page.locator("nav a.home").is_visible()
        box = await visit.page.locator("nav .contents").bounding_box()
        assert box is not None
        assert box["y"] == 0


async def test_the_contents_fold_away_on_a_narrow_screen(look: Look):
    async with look(NARROW) as visit:
        assert not await visit.is_open(".contents")
        await visit.page.click(".contents > summary")
        await visit.page.click("nav a[href='#agents-sequence-run']")
        assert not await visit.is_open(".contents")
        assert await visit.is_open("#agents-sequence-run details")


@WIDTHS
async def test_the_page_can_be_read_without_its_script(look: Look, width: int):
    async with look(width, java_script_enabled=False) as visit:
        assert await visit.page.locator("nav a.home").is_visible() == (width == WIDE)
        await visit.page.click("#playbook-create summary")
        assert await visit.page.locator("#playbook-create table").first.is_visible()


async def test_an_example_request_can_be_copied(look: Look):
    async with look(place="#api-key-validate", permissions=["clipboard-read", "clipboard-write"]) as visit:
        example = visit.page.locator("#api-key-validate figure").first
        await example.locator("button").click()
        await example.get_by_text("Copied").wait_for()
        copied = await visit.page.evaluate("navigator.clipboard.readText()")
        assert copied == await example.locator("pre").text_content()
