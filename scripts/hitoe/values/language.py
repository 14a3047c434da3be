"""The language of a deck: a tag of BCP 47, such as `de` or `pt-BR`, and the words that its project brings itself."""

import re
from dataclasses import dataclass

from hitoe.messages import WrongValueError, say

TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.IGNORECASE,
)
"""Extensions and private tags are left out: they say nothing that hitoe could print."""
VOICES = (
    "ar_SA be_BY bn_BD bs_BA ca_ES cs_CZ cy_GB da_DK el_GR en_US et_EE eu_ES fa_IR ga_IE gl_ES gu_IN he_IL hi_IN hy_AM "
    "ja_JP ka_GE kk_KZ km_KH kn_IN ko_KR lo_LA ml_IN mr_IN ms_MY my_MM nb_NO ne_NP no_NO pa_IN pt_BR sl_SI sq_AL sr_RS "
    "sv_SE sw_KE ta_IN te_IN uk_UA ur_PK vi_VN zh_CN"
)
"""The voices of languages whose region (by CLDR's likely subtags) is not spelt as the language, unlike `de_DE`."""
REGIONS = {voice[:2]: voice[3:] for voice in VOICES.split()} | {"zh-Hant": "TW"}
COMMA_LANGUAGES = (
    "af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl "
    "sq sr sv tr uk uz vi"
)
POINT_REGIONS = "CH DO GT HN LI MX NI PA PE PR SV US"
"""Languages in which a comma begins decimals, and the regions in which a point does so in these (CLDR's numbers)."""
RIGHT_TO_LEFT = "ar arc ckb dv fa he ps sd syr ug ur yi"
RIGHT_TO_LEFT_SCRIPTS = "Adlm Arab Hebr Nkoo Rohg Syrc Thaa"
"""Languages that are written from right to left, and the scripts that are, in tags that name one."""

Word = str | tuple[str, ...] | tuple[tuple[str, str], ...]
"""A word or pattern, several in order, or some by key."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its tag, and words by name that take precedence over those that come with hitoe."""

    tag: str
    words: tuple[tuple[str, Word], ...] = ()

    def __str__(self) -> str:
        return self.tag

    @property
    def primary(self) -> str:
        """The language without script and region: `pt` of `pt-BR`."""
        return self.tag.partition("-")[0]

    @property
    def from_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        parts = TAG.fullmatch(self.tag)
        script = ((parts and parts["script"]) or "").title()
        return script in RIGHT_TO_LEFT_SCRIPTS.split() if script else self.primary in RIGHT_TO_LEFT.split()

    @property
    def start(self) -> str:
        """The side of a page on which lines begin."""
        return "right" if self.from_right_to_left else "left"

    @property
    def end(self) -> str:
        """The side of a page on which lines end."""
        return "left" if self.from_right_to_left else "right"

    @property
    def has_decimal_comma(self) -> bool:
        """Whether a comma begins decimals, and a point or a space separates thousands."""
        parts = TAG.fullmatch(self.tag)
        region = (parts and parts["region"]) or ""
        return self.primary in COMMA_LANGUAGES.split() and region not in POINT_REGIONS.split()

    @property
    def voice(self) -> str:
        """The name of Anki's voices for the language: `pt_BR`, `de_DE`."""
        parts = TAG.fullmatch(self.tag)
        region, script = (parts["region"], parts["script"]) if parts else (None, None)
        usual = REGIONS.get(f"{self.primary}-{script}") or REGIONS.get(self.primary, self.primary.upper())
        return f"{self.primary}_{region or usual}"


def language(tag: str) -> Language:
    """Return the language with a tag, its letters large and small as is usual.

    Raises:
        ValueError: the text is no tag; the message is for the author.
    """
    parts = TAG.fullmatch(tag)
    if parts is None:
        joined = say(", its parts joined with '-'") if "_" in tag else ""
        raise WrongValueError(
            "'{tag}' is no language: write a tag such as ja, en, de, pt-BR or zh-Hant{joined}",
            tag=tag,
            joined=joined,
        )
    named = (parts["language"].lower(), (parts["script"] or "").title(), (parts["region"] or "").upper())
    return Language("-".join(filter(None, named)) + parts["variants"].lower())
