"""The preview while notes are written: saves arrive, mistakes leave the last good cards, nobody else gets in."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hitoe.cli import main
from hitoe.preview import editor_links
from hitoe.preview.guard import CARD_POLICY, PAGE_POLICY, POST_POLICY
from hitoe.problems import Position, RefusedError
from support.notes import item, written
from support.preview import Served, preview, until
from support.projects import build, edit, example_copy

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
OTHER = item("fact: 甲\nis: 乙").replace("topic: t", "topic: u").replace("  e:", "  f:")
SECRET = "a file outside of the project"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return example_copy(tmp_path_factory.mktemp("preview") / "project")


@pytest.fixture(scope="module")
def served(root: Path) -> Iterator[Served]:
    (root.parent / "secret").write_text(SECRET, "utf-8")
    with preview(root) as running:
        yield running


def test_all_cards_are_listed_with_what_they_are_found_by(served: Served) -> None:
    rows = served.rows()
    first = rows[0]
    assert first["text"] == "日本の島の数(国土地理院、2023年発表)は?"
    assert (first["topic"], first["kind"], first["week"]) == ("chiri", "fact", "2020-W30")
    assert {row["kind"] for row in rows} >= {"fact", "table", "cloze", "picture", "steps", "calc", "code"}
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_card_is_a_page_with_its_media_in_it(served: Served) -> None:
    (picture, *_) = (row for row in served.rows() if row["kind"] == "picture")
    front = served.card(picture["id"])
    assert 'src="data:image/' in front
    assert 'src="hitoe-' not in front
    assert 'data-shape="rect"' in front
    assert 'class="card card1"' in front
    assert 'class="card card1 nightMode night_mode mobile"' in served.card(picture["id"], "night", "phone")


def test_front_and_back_differ(served: Served) -> None:
    (fact, *_) = (row for row in served.rows() if row["kind"] == "fact")
    assert 'id="answer"' in served.card(fact["id"], "back")
    assert 'id="answer"' not in served.card(fact["id"])


def test_a_note_is_found_in_the_editor(served: Served, root: Path) -> None:
    guid = served.rows()[0]["id"].split(":")[0]
    place = json.loads(served.get(f"/place?guid={guid}").body)
    line = int(place["at"].split(":")[1])
    file = root / "content/topics/chiri.yaml"
    assert file.read_text("utf-8").splitlines()[line - 1].startswith("      islands:")
    assert place["link"] == f"vscode://file/{file.as_posix()[1:]}:{line}:7"
    assert served.get("/place?guid=none").status == 404


def test_a_saved_card_is_told_to_the_page(tmp_path: Path) -> None:
    project = example_copy(tmp_path / "project")
    with preview(project) as served:
        with served.events() as events:
            assert events.readline() == b": open\n"
            edit(project, "chiri.yaml", "        is: 北海道\n", "        is: 北海道!\n")
            data = next(line for line in iter(events.readline, b"") if line.startswith(b"data: "))
        change = json.loads(data.removeprefix(b"data: "))
        assert list(change["files"]) == ["content/topics/chiri.yaml"]
        texts = {row["id"]: row["text"] for row in change["files"]["content/topics/chiri.yaml"]}
        assert [texts[id_] for id_ in change["changed"]] == [
            "日本でもっとも面積の広い都道府県は?",
            "北海道は、面積ではどのような都道府県?",
        ]
        assert "北海道!" in served.card(change["changed"][0], "back")


def test_a_mistake_leaves_the_last_good_cards(tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    with preview(project) as served:
        (row,) = served.rows()
        written(project, {"t.yaml": item("fact: 問い\nis: 新しい答え\nhnit: x")})
        told = until(served.cards, lambda cards: bool(cards["problems"]))
        assert [problem["at"] for problem in told["problems"]] == ["content/t.yaml:10:9"]
        assert "hnit" in told["problems"][0]["message"]
        (kept,) = served.rows()
        assert kept == {**row, "flagged": True}
        assert "新しい答え" not in served.card(row["id"], "back")
        written(project, {"t.yaml": item("fact: 問い\nis: 新しい答え")})
        until(served.cards, lambda cards: not cards["problems"])
        assert "新しい答え" in served.card(row["id"], "back")


def test_a_project_may_begin_with_a_mistake(tmp_path: Path) -> None:
    project = written(tmp_path, {"deck.yaml": "format: 1\n", "t.yaml": item("fact: 問い\nis: 答え")})
    with preview(project) as served:
        assert served.rows() == []
        assert served.cards()["problems"]
        (project / "content/deck.yaml").write_text("format: 1\nkey: own\ntitle: 題\n", "utf-8")
        assert until(served.rows, bool)
        assert served.cards()["title"] == "題"


def test_a_picture_that_comes_later_mends_the_mistake(tmp_path: Path) -> None:
    fact = item("fact: 問い\nis: 答え\nimage: {file: a.svg, alt: a}")
    project = written(tmp_path, {"t.yaml": fact})
    with preview(project) as served:
        assert served.cards()["problems"]
        written(project, {"a.svg": PIXEL})
        (row,) = until(served.rows, bool)
        assert "data:image/svg+xml" in served.card(row["id"], "back")


def test_a_file_that_is_removed_takes_its_cards_along(tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え"), "u.yaml": OTHER})
    with preview(project) as served:
        assert [row["topic"] for row in served.rows()] == ["t", "u"]
        (project / "content/u.yaml").unlink()
        assert len(until(served.rows, lambda rows: len(rows) == 1)) == 1


def test_formulas_are_drawn_by_the_browser(tmp_path: Path) -> None:
    deck = "format: 1\nkey: own\ntitle: 題\nmath: true\n"
    project = written(tmp_path, {"deck.yaml": deck, "t.yaml": item('cloze: "$x^2$ と $y = {{c1::z}}$"')})
    with preview(project) as served:
        (row,) = served.rows()
        assert served.card(row["id"]).count("<math") == 2
        assert served.card(row["id"], "back").count("<math") == 2


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "localhost.evil:PORT", ""]
)
def test_other_hosts_are_refused(served: Served, host: str) -> None:
    assert served.get("/cards", host=host.replace("PORT", served.host.split(":")[1])).status == 421


def test_the_names_of_this_machine_are_not_refused(served: Served) -> None:
    assert served.get("/cards", host=served.host.replace("127.0.0.1", "localhost")).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://SERVED", "http://SERVED.evil.example"])
def test_other_origins_are_refused(served: Served, origin: str) -> None:
    assert served.get("/cards", origin=origin.replace("SERVED", served.host)).status == 403


def test_its_own_origin_is_not_refused(served: Served) -> None:
    assert served.get("/cards", origin=f"http://{served.host}").status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_requests_that_other_pages_make_are_refused(served: Served, site: str) -> None:
    assert served.get("/cards", sec_fetch_site=site).status == 403


def test_nothing_but_reading_is_answered(served: Served) -> None:
    assert {served.get("/cards", method).status for method in ("POST", "PUT", "DELETE", "OPTIONS")} == {405}


@pytest.mark.parametrize(
    "target",
    [
        *("/../secret", "/files/../../secret", "/files/..%2f..%2fsecret", "/files/%2e%2e/%2e%2e/secret"),
        *(
            "/files/..\\secret",
            "/files//etc/passwd",
            "/files/%2fetc%2fpasswd",
            "/files/face.html.j2",
            "/secret",
            "/content/deck.yaml",
        ),
    ],
)
def test_no_path_leads_to_a_file(served: Served, target: str) -> None:
    answer = served.get(target)
    assert answer.status == 404
    assert SECRET.encode() not in answer.body


def test_a_link_that_leads_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(PIXEL.replace("<rect", f"<desc>{SECRET}</desc><rect"), "utf-8")
    fact = item("fact: 問い\nis: 答え\nimage: {file: a.svg, alt: a}")
    project = written(tmp_path / "p", {"t.yaml": fact, "a.svg": PIXEL})
    with preview(project) as served:
        (row,) = served.rows()
        (project / "content/a.svg").unlink()
        (project / "content/a.svg").symlink_to(tmp_path / "secret.svg")
        until(served.cards, lambda cards: bool(cards["problems"]))
        page = served.get(f"/card?id={row['id']}&back")
        assert page.status == 200
        assert SECRET.encode() not in page.body
        assert "data:image" not in page.body.decode()


def test_scripts_come_from_the_page_and_cards_stand_apart(served: Served) -> None:
    page = served.get("/")
    assert page.headers["content-security-policy"] == PAGE_POLICY
    assert "unsafe" not in PAGE_POLICY
    assert b"<script>" not in page.body
    assert b" style=" not in page.body
    id_ = served.rows()[0]["id"]
    card = served.get(f"/card?id={id_}")
    assert card.headers["content-security-policy"] == CARD_POLICY
    assert "sandbox allow-scripts " in CARD_POLICY
    assert "allow-same-origin" not in CARD_POLICY
    for answer in (page, card):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_unknown_cards_are_told_as_missing(served: Served) -> None:
    guid = served.rows()[0]["id"].split(":")[0]
    for id_ in ("", "x", "x:0", f"{guid}:9", f"{guid}:-1", f"{guid}:x"):
        assert served.get(f"/card?id={id_}").status == 404


def test_a_taken_port_is_told(served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    port = served.host.split(":")[1]
    assert main(["preview", "-C", str(project), "--port", port, "--no-open"]) == 1
    assert f"port {port} cannot be used" in capsys.readouterr().err
    assert main(["preview", "-C", str(project), "--port", "99999", "--no-open"]) == 1
    assert "port 99999 cannot be used" in capsys.readouterr().err


def test_a_folder_without_notes_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "-C", str(tmp_path), "--port", "0", "--no-open"]) == 1
    assert "name the folder that holds content/" in capsys.readouterr().err


def test_editors_are_named_or_given_as_an_address() -> None:
    at = Position("content/日 本.yaml", 3, 5)
    zed = editor_links.link(editor_links.template("zed"), Path("/a b"), at)
    assert zed == "zed://file/a%20b/content/%E6%97%A5%20%E6%9C%AC.yaml:3:5"
    assert editor_links.link(editor_links.template("my+ed://x?{file}&{line}"), Path("/p"), at).endswith("yaml&3")
    for wrong in ("emacs", "javascript:{file}", "data:{file}", "vscode://x", "x y://{file}"):
        with pytest.raises(RefusedError, match="no editor"):
            editor_links.template(wrong)


def printed(served: Served, output: str) -> Any:
    """Return an output as the page gets it, once it is made."""
    return until(lambda: json.loads(served.get(f"/printed/{output}").body), lambda answer: not answer["working"])


def test_sheets_are_pictures_of_pages_and_stay_while_there_is_a_mistake(tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: 答え")})
    with preview(project) as served:
        sheets = {file["name"]: file for file in printed(served, "sheet")["made"]}
        assert list(sheets) == [
            *("own-sheet.pdf", "own-sheet-red.pdf", "own-sheet-mask.pdf", "own-worksheet.pdf", "calibration.pdf"),
        ]
        assert len(sheets["own-sheet.pdf"]["pages"]) == 1
        page = served.get("/page?file=own-sheet.pdf&number=0")
        assert page.headers["content-type"] == "image/png"
        assert page.body.startswith(b"\x89PNG")
        numbers = [f"own-sheet.pdf&number={number}" for number in ("1", "-1", "9" * 5000)]
        for target in (*numbers, "own-sheet.pdf", "../t.yaml&number=0"):
            assert served.get(f"/page?file={target}").status == 404
        written(project, {"t.yaml": item("fact: 問い\nis: 別の答え\nhnit: x")})
        until(served.cards, lambda cards: bool(cards["problems"]))
        broken = printed(served, "sheet")
        assert [problem["at"] for problem in broken["problems"]] == ["content/t.yaml:10:9"]
        assert broken["made"][0] == sheets["own-sheet.pdf"]
        written(project, {"t.yaml": item("fact: 問い\nis: 別の答え")})
        until(served.cards, lambda cards: not cards["problems"])
        assert printed(served, "sheet")["made"][0]["digest"] != sheets["own-sheet.pdf"]["digest"]
    assert {path.name for path in project.iterdir()} == {"content"}


def test_posts_mark_what_a_red_sheet_covers(tmp_path: Path) -> None:
    project = example_copy(tmp_path / "project")
    with preview(project) as served:
        names = {file["name"] for file in printed(served, "log")["made"]}
        assert {"index.html", "2020-W30.html"} <= names
        post = served.get("/log/2020-W30.html")
        assert post.headers["content-security-policy"] == POST_POLICY
        assert "script" not in POST_POLICY
        assert b'class="answer"' in post.body
        for target in (
            "/log/../../secret",
            "/log/%2e%2e/example-sheet.pdf",
            "/log//etc/passwd",
            "/log/",
            "/printed/deck",
        ):
            assert served.get(target).status == 404


def test_what_a_shipped_deck_forbids_is_told_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    project = written(tmp_path / "p", {"t.yaml": item("fact: 問い\nis: 答え\nreverse: 逆")})
    build(project)
    with preview(project) as served:
        assert [row["retired"] for row in served.rows()] == [False, False]
        written(project, {"t.yaml": item("fact: 問い\nis: 答え", key="b")})
        told = until(served.cards, lambda cards: bool(cards["problems"]))
        assert "'e.a' was shipped and is gone" in told["problems"][0]["message"]
        written(project, {"t.yaml": item("fact: 問い\nis: 答え!")})
        until(served.cards, lambda cards: not cards["problems"])
        kept = [row["id"] for row in served.rows()]
        assert [id_.split(":")[1] for id_ in kept] == ["0", "1"]
        assert 'class="retired"' in served.card(kept[1])


def test_cards_that_teach_badly_are_flagged_when_that_is_known(tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": item("fact: 問い\nis: はい"), "u.yaml": OTHER})
    with preview(project, hurried=True) as served:
        told = until(served.cards, lambda cards: bool(cards["findings"]))
        assert [finding["at"] for finding in told["findings"]] == ["content/t.yaml:9:13"]
        assert "allow: {yes-no: why}" in told["findings"][0]["message"]
        assert [row["flagged"] for row in served.rows()] == [True, False]
        written(project, {"t.yaml": item("fact: 問い\nis: はい\nhnit: x")})
        until(served.cards, lambda cards: bool(cards["problems"]))
        assert [row["flagged"] for row in served.rows()] == [True, False]
        written(project, {"t.yaml": item("fact: 問い\nis: 答え")})
        assert until(served.cards, lambda cards: not cards["findings"])["problems"] == []
        assert [row["flagged"] for row in served.rows()] == [False, False]


def test_the_preview_ends_at_once_whatever_is_made_in_the_background(tmp_path: Path) -> None:
    with preview(example_copy(tmp_path / "project")) as served:
        served.get("/printed/sheet")
        time.sleep(1)
        start = time.monotonic()
    assert time.monotonic() - start < 5
