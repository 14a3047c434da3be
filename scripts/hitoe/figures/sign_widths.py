"""How wide characters of the sheet's fonts are that are wider than an em, or have no width of their own."""

from functools import cache
from re import compile as pattern
from unicodedata import category

EM = 1000
KNOWN = {"Ш": 1018, "Щ": 1034, "Ю": 1064, "№": 1074}
WIDER = (
    (
        1100,
        pattern(
            "[ƜǶʣ-ʥϖЉЊѨѬѼҖӍԈԊԔᵺ₯⃝⃞ℋ⅏Ⅺ↚-↞↠↢-↤↦↩-↬↹↼↽⇀⇁⇄⇆⇇⇉⇋-⇍⇏⇐⇚⇛⇠⇢⇤⇥⇴⇶-⇸⇺⇻⇽⇾⌧⌨⎇⎙⎚⏢⏤⏦⏱⏲"
            "☁⚮⛈⛛⛰✀✁✃✎✏✑✒✩➙➛-➞➢-➤➳➸➼-➾⟈⟉Ⱳ⸎⸧䷀-䷿ﬃﬄ]"
        ),
    ),
    (
        1350,
        pattern(
            "[ƢǅǆǊǋǲǳѹҦԠԢἀ-῿⁂ℳ⅒ⅻↀↂↈ↭↮↶↷↺↻⇎⇜⇝⇹⇼⇿∯⋘⋙⌚⌛⌦⌫⎄⎲⎳⏛⏩-⏬⏰⏳◽◾☔☕☚-☜☞☸☼♈-♓♿⚓⚡⚪⚫⚯⚰⚽⚾"
            "⛄⛅⛎⛔⛪⛲-⛵⛺⛽✅✉-✋✍✨❌❎❓-❗➕-➗➰➿⟗⟲-⟴〰㊗㊙Ꙁ-ꭰ\U00010000-\U0001efff]"
        ),
    ),
    (1500, pattern("[ǄǱѸԫ⃟℻Ⅻ⏥⛟⟚⟛\U0001f000-\U0001ffff]")),
    (1900, pattern("[Ԫ‱⃤∭∰⟵-⟿⤀-\u2bff]")),
    (3000, pattern("[⸺⸻]")),
)
"""Upper bounds in thousandths of an em."""


@cache
def width(char: str) -> int:
    """Return how wide a character beyond ASCII is at most, in thousandths of an em."""
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return KNOWN.get(char) or next((wide for wide, chars in WIDER if chars.match(char)), EM)
