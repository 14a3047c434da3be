"""The preview's page in a real browser, by keyboard alone. Runs where `make bench-preview` has installed Playwright."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.preview import preview, until
from support.projects import edit, example_copy

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
SHOWN = "figure iframe:not(.next)"
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_copy(tmp_path_factory.mktemp("page") / "project")


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with preview(root) as served:
        yield f"http://{served.host}/"


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    return []


@pytest.fixture(scope="module")
def window(chromium: Any, complaints: list[str]) -> Any:
    opened = chromium.new_page()
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    return opened


@pytest.fixture
def page(window: Any, address: str, complaints: list[str]) -> Iterator[Any]:
    """Load the page afresh; what its scripts or its policy complain about fails the test."""
    complaints.clear()
    window.set_viewport_size({"width": 1280, "height": 800})
    window.emulate_media(color_scheme="light")
    window.goto(address)
    window.wait_for_selector(SHOWN)
    yield window
    assert complaints == []


def seen(page: Any, words: str) -> None:
    page.frame_locator(SHOWN).get_by_text(words).first.wait_for(timeout=10_000)


def chosen(page: Any) -> str:
    return str(page.locator('.row[aria-selected="true"] b').inner_text())


def test_keys_move_and_turn(page: Any) -> None:
    seen(page, "日本の島の数")
    page.keyboard.press("j")
    assert chosen(page) == "日本でもっとも面積の広い都道府県は?"
    seen(page, "日本でもっとも面積の広い都道府県は?")
    page.keyboard.press("Space")
    seen(page, "北海道")
    page.keyboard.press("k")
    seen(page, "日本の島の数")
    assert page.locator(SHOWN).get_attribute("title") == "Card: front, light, desktop"


def test_keys_work_also_after_a_click_into_the_card(page: Any) -> None:
    page.frame_locator(SHOWN).locator("body").click()
    page.keyboard.press("j")
    seen(page, "日本でもっとも面積の広い都道府県は?")


def test_search_and_filters_narrow_the_list(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("北海道")
    page.keyboard.press("Enter")
    assert page.locator("#count").inner_text().startswith("1 of ")
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "北海道は、面積ではどのような都道府県?"
    page.fill("#words", "")
    page.select_option("#kind", "picture")
    assert {row.split(" · ")[0] for row in page.locator(".row span").all_inner_texts()} == {"picture"}


def test_all_views_are_both_sides_light_and_night_wide_and_narrow(page: Any) -> None:
    page.keyboard.press("a")
    page.wait_for_selector("figure:nth-child(8) iframe:not(.next)")
    titles = {frame.get_attribute("title") for frame in page.locator(SHOWN).all()}
    assert len(titles) == 8
    page.keyboard.press("a")
    page.keyboard.press("p")
    page.wait_for_selector('iframe[title="Card: front, light, phone"]:not(.next)')
    assert page.locator(SHOWN).bounding_box()["width"] == 390


def test_the_place_is_a_link_into_the_editor(page: Any, root: Path) -> None:
    page.wait_for_selector("#place:not([hidden])")
    link = page.locator("#place").get_attribute("href")
    assert link.startswith(f"vscode://file{root.as_posix()}/content/topics/chiri.yaml:")


def test_a_saved_card_comes_up_and_a_mistake_is_told_over_it(page: Any, root: Path) -> None:
    edit(root, "ryori.yaml", "  umami:\n", "  umami: # kept\n")
    edit(root, "chiri.yaml", "        is: 北海道\n", "        is: 北の北海道\n")
    page.locator('.row[aria-selected="true"]', has_text="日本でもっとも面積の広い").wait_for()
    page.keyboard.press("Space")
    seen(page, "北の北海道")
    edit(root, "chiri.yaml", "        is: 北の北海道\n", "        iss: 北海道\n")
    page.locator("#messages li", has_text="unknown key 'iss'").wait_for()
    seen(page, "北の北海道")
    page.keyboard.press("Escape")
    assert page.locator("#problems").is_hidden()
    edit(root, "chiri.yaml", "        iss: 北海道\n", "        is: 北海道\n")
    page.locator("#state", has_text="no problems").wait_for()
    edit(root, "ryori.yaml", "  umami: # kept\n", "  umami:\n")


def test_a_red_sheet_covers_answers_until_they_are_asked_for(page: Any) -> None:
    page.keyboard.press("3")
    page.wait_for_selector("#post option", state="attached", timeout=60_000)
    page.keyboard.press("r")
    answer = page.frame_locator("#post-frame").locator(".answer").first
    answer.wait_for()
    covered = "rgba(0, 0, 0, 0)"
    assert until(lambda: answer.evaluate("(it) => getComputedStyle(it).color"), lambda it: it == covered) == covered
    answer.focus()
    page.keyboard.press("Enter")
    assert answer.evaluate("(it) => getComputedStyle(it).color") != covered


def test_a_card_cannot_reach_the_page_or_the_server(page: Any) -> None:
    frame = next(each for each in page.frames if "/card?" in each.url)
    assert frame.evaluate("() => { try { return parent.document.title } catch { return 'refused' } }") == "refused"


def options(page: Any) -> list[str]:
    listed: list[str] = page.frame_locator(SHOWN).locator(".options li").all_inner_texts()
    return listed


def of_kind(page: Any, kind: str) -> None:
    page.select_option("#kind", kind)
    page.locator("#list").focus()
    page.keyboard.press("Home")
    page.frame_locator(SHOWN).locator(".options").wait_for()


def test_options_are_shuffled_as_on_the_card_and_the_back_keeps_their_order(page: Any) -> None:
    of_kind(page, "choice")
    orders: set[tuple[str, ...]] = set()
    for round_ in range(12):
        if round_ > 1 and len(orders) > 1:
            break
        page.keyboard.press("End")
        page.keyboard.press("Home")
        page.locator('.row[aria-selected="true"][aria-posinset="1"]').wait_for()
        page.wait_for_function("() => !document.querySelector('iframe.next')")
        front = options(page)
        page.keyboard.press("Space")
        page.frame_locator(SHOWN).locator(".solved").wait_for()
        assert options(page) == front
        page.keyboard.press("Space")
        page.frame_locator(SHOWN).locator(".asking").wait_for()
        assert options(page) == front
        orders.add(tuple(front))
    assert len(orders) > 1


def test_all_views_have_the_options_in_one_order(page: Any) -> None:
    of_kind(page, "choice")
    page.keyboard.press("a")
    page.wait_for_selector("figure:nth-child(8) iframe:not(.next)")
    front = page.frame_locator("figure:nth-child(1) iframe:not(.next)").locator(".options li").all_inner_texts()

    def same() -> bool:
        views = [page.frame_locator(f"figure:nth-child({at}) iframe:not(.next)") for at in range(1, 9)]
        return all(view.locator(".options li").all_inner_texts() == front for view in views)

    assert until(same, bool)


def faults(frame: Any) -> list[str]:
    """Return what axe-core finds serious in a document."""
    axe = pytest.importorskip("axe_playwright_python")
    frame.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    found = frame.evaluate("() => axe.run(document, { iframes: false, resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {node['html']}"
        for rule in found["violations"]
        # Browsers let the keyboard reach what scrolls, such as code on a card, by themselves.
        if rule["impact"] in ("serious", "critical") and rule["id"] != "scrollable-region-focusable"
        for node in rule["nodes"]
    ]


SOME, OTHERS, ALL = slice(0, None, 4), slice(1, None, 4), slice(None)
BACKS, OTHER_BACKS = (f"figure:nth-child({which}) iframe:not(.next)" for which in ("4n+2", "4n"))
"""They have their fronts in them."""


@pytest.mark.parametrize(
    ("colours", "width", "kinds", "views"),
    [
        pytest.param("light", 1280, SOME, BACKS, id="light"),
        pytest.param("dark", 390, OTHERS, OTHER_BACKS, id="dark"),
        pytest.param("light", 1280, ALL, SHOWN, id="light, all kinds", marks=pytest.mark.slow),
        pytest.param("dark", 390, ALL, SHOWN, id="dark, all kinds", marks=pytest.mark.slow),
    ],
)
def test_nothing_serious_keeps_anybody_out(
    page: Any, root: Path, colours: str, width: int, kinds: slice, views: str
) -> None:
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    page.wait_for_selector(SHOWN)
    assert faults(page) == []
    page.keyboard.press("a")
    page.wait_for_selector("figure:nth-child(8) iframe:not(.next)")
    names = page.locator("#kind option").evaluate_all("all => all.map((each) => each.value).filter(Boolean)")
    assert len(names) > 7
    for kind in names[kinds]:
        page.select_option("#kind", kind)
        page.locator("#list").focus()
        page.keyboard.press("Home")
        if kind == "choice":  # its backs are loaded again after their fronts
            page.wait_for_function("() => document.querySelectorAll('iframe[name*=hitoe]').length >= 4")
        page.wait_for_function("() => !document.querySelector('iframe.next')")
        cards = [frame.content_frame() for frame in page.locator(views).element_handles()]
        assert len(cards) == (8 if views == SHOWN else 2)
        assert [fault for card in cards for fault in faults(card)] == []
    assert faults(page) == []
    page.keyboard.press("2")
    page.wait_for_selector("#pages img", timeout=120_000)
    assert faults(page) == []
    page.keyboard.press("3")
    page.wait_for_selector("#post option", state="attached", timeout=60_000)
    page.keyboard.press("r")
    assert faults(page) == []
    edit(root, "chiri.yaml", "        is: 北海道\n", "        iss: 北海道\n")
    page.locator("#messages li").first.wait_for()
    assert faults(page) == []
    edit(root, "chiri.yaml", "        iss: 北海道\n", "        is: 北海道\n")
    page.locator("#problems").wait_for(state="hidden")


def reached(page: Any) -> list[str]:
    """Return what the tab key reaches, from the beginning until the page ends or begins again."""
    page.evaluate("document.activeElement.blur()")
    found: list[str] = []
    while len(found) < 60:
        page.keyboard.press("Tab")
        found.append(str(page.evaluate("document.activeElement.id || document.activeElement.tagName")))
        if found[-1] == "BODY" or found[-1] in found[:-1]:
            break
    return found


def unreached(page: Any, controls: set[str]) -> set[str]:
    """Return the controls that the tab key does not reach. What comes late takes the focus away, so it tries again."""
    missing = controls
    for _ in range(3):
        if not (missing := controls - set(reached(page))):
            break
    return missing


def test_the_tab_key_reaches_everything_and_leaves_the_card_again(page: Any, root: Path) -> None:
    edit(root, "chiri.yaml", "        is: 北海道\n", "        iss: 北海道\n")
    page.locator("#messages li").first.wait_for()
    controls = ["tab-cards", "tab-sheet", "tab-log", "told", "words", "topic", "kind", "week", "tag", "flagged", "list"]
    controls += ["turn", "night", "phone", "all", "place", "frames", "SUMMARY", "hide", "A"]
    assert unreached(page, {*controls} - {"week"}) == set()
    edit(root, "chiri.yaml", "        iss: 北海道\n", "        is: 北海道\n")
    page.keyboard.press("3")
    page.wait_for_selector("#post option", state="attached", timeout=60_000)
    assert unreached(page, {"post", "red-sheet", "post-frame"}) == set()
    page.locator("#tab-log").focus()  # the post, where the last tab may have led, has keys of its own
    page.keyboard.press("2")
    page.wait_for_selector("#pages img", timeout=120_000)
    assert unreached(page, {"edition", "pages"}) == set()
