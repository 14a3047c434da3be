"""One tagged PDF of the volumes of a sheet that is too large to be laid out at once.

WeasyPrint needs some 8 MB for each page until the PDF is written, so a large sheet is printed in volumes. Pages, tags,
links and bookmarks of all volumes are put together here; each volume keeps its own fonts.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf


def joined(volumes: Sequence[bytes]) -> bytes:
    """Return one PDF of all volumes, in order; a topic that goes on in the next volume has one bookmark."""
    if len(volumes) == 1:
        return volumes[0]
    with pikepdf.open(BytesIO(volumes[0])) as whole:
        for number, volume in enumerate(volumes[1:], 2):
            with pikepdf.open(BytesIO(volume)) as other:
                _append(whole, other, number)
        output = BytesIO()
        whole.save(output, deterministic_id=True)
        return output.getvalue()


def _append(whole: pikepdf.Pdf, other: pikepdf.Pdf, number: int) -> None:
    """Append a volume, which is the one with this number."""
    pages = len(whole.pages)
    tree = whole.Root.StructTreeRoot
    keys = 1 + max(map(int, list(tree.ParentTree.Nums)[::2]))
    for page in other.pages:
        page.obj.StructParents += keys
        for note in page.obj.get("/Annots", []):
            note.StructParent += keys
    _rename_heads(other, number)
    whole.pages.extend(other.pages)
    # Only after the pages, which the tags name.
    added = whole.copy_foreign(other.Root.StructTreeRoot)
    for tag in added.K[0].K:
        tag.P = tree.K[0]
        tree.K[0].K.append(tag)
    nums = list(added.ParentTree.Nums)
    for key, tags in zip(nums[::2], nums[1::2], strict=True):
        tree.ParentTree.Nums.append(int(key) + keys)
        tree.ParentTree.Nums.append(tags)
    with whole.open_outline() as outline, other.open_outline() as theirs:
        found = list(_bookmarks(theirs.root, pages))
        if outline.root and found and outline.root[-1].title == found[0].title:
            outline.root[-1].children.extend(found.pop(0).children)
        outline.root.extend(found)


def _rename_heads(other: pikepdf.Pdf, number: int) -> None:
    """Give the heads of tables, which cells refer to, names that no other volume has."""
    for each in other.objects:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each:
            if "/ID" in each:
                each.ID = pikepdf.String(f"{number}-{each.ID}")
            if "/A" in each and "/Headers" in each.A:
                each.A.Headers = pikepdf.Array([pikepdf.String(f"{number}-{head}") for head in each.A.Headers])


def _bookmarks(items: Sequence[Any], pages: int) -> Iterator[Any]:
    """Yield bookmarks that lead to pages which come after so many others."""
    for item in items:
        page, _, left, top, *_ = item.destination
        moved = pikepdf.OutlineItem(item.title, pages + pikepdf.Page(page).index, "XYZ", left=left, top=top)
        moved.children.extend(_bookmarks(item.children, pages))
        yield moved
