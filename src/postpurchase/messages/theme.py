"""How messages and pages look: a few tokens, from which every inline style is made.

Contrast follows WCAG 2.2: relative luminance and the ratio of 4.5 for body text.
"""

import re
from functools import cached_property
from typing import Final

from attrs import field, fields, frozen

from postpurchase.errors import InvalidFact
from postpurchase.messages.tongues import Direction

ENOUGH: Final = 4.5
_LINEAR: Final = 0.04045
_MID_GREY: Final = 0.18
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_LATIN: Final = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial"
_FONTS: Final = {
    "hi": f"{_LATIN},'Noto Sans Devanagari','Nirmala UI','Kohinoor Devanagari',sans-serif",
    "bn": f"{_LATIN},'Noto Sans Bengali','Nirmala UI','Kohinoor Bangla',sans-serif",
    "ur": "'Noto Nastaliq Urdu','Jameel Noori Nastaleeq','Urdu Typesetting',serif",
}
# Nastaliq hangs its words on a slope and needs room; Indic scripts have marks above and below.
_USUAL: Final = "1.6"
_LEADING: Final = {"hi": "1.7", "bn": "1.7", "ur": "2.3"}


def _colour(theme: "Theme", attribute: object, value: str, /) -> None:
    if not _HEX.fullmatch(value):
        name: str = getattr(attribute, "name", "")
        raise InvalidFact(fact=type(theme).__name__, name=name, got=value, expected="#rrggbb")


def luminance(colour: str, /) -> float:
    """The relative luminance of `#rrggbb`, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, /) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@frozen(kw_only=True)
class Theme:
    """The colours of a shop.

    Attributes:
        brand: the shop's colour, for the bar, buttons and links. Where it is too pale or too dark
            to be read on a background, its nearest readable shade is used there.
        page, card, soft, ink, faint, rule: backgrounds, text, and lines in the light.
        dark_page, dark_card, dark_soft, dark_ink, dark_faint, dark_rule: the same in the dark.
        radius: how round corners are; px.
    """

    brand: str = field(default="#1f5f8b", validator=_colour)
    page: str = field(default="#f3f1ec", validator=_colour)
    card: str = field(default="#ffffff", validator=_colour)
    soft: str = field(default="#f7f5f0", validator=_colour)
    ink: str = field(default="#22262b", validator=_colour)
    faint: str = field(default="#5b6168", validator=_colour)
    rule: str = field(default="#e3dfd6", validator=_colour)
    dark_page: str = field(default="#121417", validator=_colour)
    dark_card: str = field(default="#1c1f24", validator=_colour)
    dark_soft: str = field(default="#252930", validator=_colour)
    dark_ink: str = field(default="#eceae5", validator=_colour)
    dark_faint: str = field(default="#b4b8be", validator=_colour)
    dark_rule: str = field(default="#3a3f47", validator=_colour)
    radius: int = 12

    @cached_property
    def on_brand(self) -> str:
        """White or near-black, whichever is read better on the brand's colour."""
        white, black = "#ffffff", "#111111"
        better = contrast(self.brand, white) >= contrast(self.brand, black)
        return white if better else black

    @cached_property
    def link(self) -> str:
        """The brand's colour, dark enough for text on the light backgrounds."""
        return readable(self.brand, self.soft)

    @cached_property
    def dark_link(self) -> str:
        """The brand's colour, light enough for text on the dark backgrounds."""
        return readable(self.brand, self.dark_soft)

    @cached_property
    def colours(self) -> dict[str, str]:
        """Every colour by its name, those worked out too."""
        given = {each.name: getattr(self, each.name) for each in fields(type(self))}
        worked_out = {"link": self.link, "dark_link": self.dark_link, "on_brand": self.on_brand}
        return {name: str(colour) for name, colour in {**given, **worked_out}.items()}

    def styles(self, language: str, direction: Direction, /) -> "Styles":
        """The inline styles of every part, for a language and its direction."""
        start, end = ("right", "left") if direction is Direction.RTL else ("left", "right")
        return Styles(
            theme=self,
            font=_FONTS.get(language, f"{_LATIN},sans-serif"),
            leading=_LEADING.get(language, _USUAL),
            start=start,
            end=end,
        )


def readable(colour: str, background: str, /) -> str:
    """The nearest shade of a colour that has a contrast of 4.5 on this background."""
    towards = 0 if luminance(background) > _MID_GREY else 255
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    shades = (
        "#" + "".join(f"{round(part + (towards - part) * step / 100):02x}" for part in parts)
        for step in range(101)
    )
    # Black or white, the last of them, is always far enough from either half of the greys.
    return next(shade for shade in shades if contrast(shade, background) >= ENOUGH)


@frozen(kw_only=True)
class Styles:
    """Inline styles by the name of a part; `start` and `end` are resolved from the direction."""

    theme: Theme
    font: str
    leading: str
    start: str
    end: str

    @cached_property
    def table(self) -> dict[str, str]:
        """Each part's style attribute."""
        return {**self._page, **self._parts}

    @property
    def _text(self) -> str:
        return f"font-family:{self.font};line-height:{self.leading};color:{self.theme.ink};"

    @property
    def _small(self) -> str:
        return (
            f"font-family:{self.font};line-height:{self.leading};font-size:14px;"
            f"color:{self.theme.faint};"
        )

    @property
    def _round(self) -> str:
        return f"border-radius:{self.theme.radius}px;"

    @property
    def _page(self) -> dict[str, str]:
        look = self.theme
        round_ = self._round
        text = self._text
        small = self._small
        side = self.start
        other = self.end
        plain = "border-collapse:collapse;border-spacing:0;width:100%;"
        body = f"{text}font-size:16px;"
        cell = f"{body}padding:10px 0;border-bottom:1px solid {self.theme.rule};vertical-align:top;"
        # Scripts with marks above and below keep their leading in headings too.
        tight = "line-height:1.35;" if self.leading == _USUAL else ""
        return {
            "page": f"margin:0;padding:0;background-color:{look.page};{body}text-align:{side};",
            "frame": f"{plain}background-color:{look.page};",
            "gutter": "padding:24px 12px;",
            "column": "max-width:600px;margin:0 auto;",
            "head": f"padding:4px 4px 16px;text-align:{side};",
            "shop": f"{text}font-size:20px;font-weight:700;text-decoration:none;",
            "logo": "border:0;height:36px;max-width:220px;vertical-align:middle;",
            "card": f"background-color:{look.card};{round_}border-top:4px solid {look.brand};"
            "padding:28px 24px;",
            "h1": f"{text}font-size:24px;{tight}font-weight:700;margin:0 0 16px;text-align:{side};",
            "h2": f"{text}font-size:17px;font-weight:700;margin:28px 0 8px;text-align:{side};",
            "p": f"{body}margin:0 0 16px;text-align:{side};",
            "small": f"{small}margin:0 0 8px;text-align:{side};",
            "link": f"color:{look.link};text-decoration:underline;",
            "table": plain,
            "cell": f"{cell}text-align:{side};",
            "cell_end": f"{cell}text-align:{other};white-space:nowrap;padding-{side}:16px;",
            "sum": f"{body}padding:4px 0;text-align:{side};font-weight:400;",
            "sum_end": f"{body}padding:4px 0;text-align:{other};white-space:nowrap;"
            f"padding-{side}:16px;",
            "total": f"{body}padding:10px 0 4px;text-align:{side};font-weight:700;",
            "total_end": f"{body}padding:10px 0 4px;text-align:{other};font-weight:700;"
            f"white-space:nowrap;padding-{side}:16px;",
            "faint": f"{small}display:block;",
            "box": f"background-color:{look.soft};{round_}padding:16px 18px;margin:0 0 20px;",
        }

    @property
    def _parts(self) -> dict[str, str]:
        look = self.theme
        round_ = self._round
        text = self._text
        small = self._small
        side = self.start
        other = self.end
        body = f"{text}font-size:16px;"
        return {
            "label": f"{small}padding:3px 0;text-align:{side};font-weight:400;"
            f"vertical-align:baseline;padding-{other}:16px;width:38%;",
            "value": f"{body}padding:3px 0;text-align:{side};font-weight:600;"
            "vertical-align:baseline;",
            "action": f"margin:24px 0;text-align:{side};",
            "button": f"display:inline-block;background-color:{look.brand};color:{look.on_brand};"
            f"font-family:{self.font};font-size:16px;line-height:1.5;font-weight:700;"
            f"text-decoration:none;{round_}padding:12px 26px;",
            "list": f"{body}margin:0 0 16px;padding:0;padding-{side}:22px;text-align:{side};",
            "code": f"display:inline-block;border:2px dashed {look.link};{round_}padding:10px 18px;"
            f"font-family:Menlo,Consolas,monospace;font-size:20px;font-weight:700;color:{look.ink};"
            "letter-spacing:1px;",
            "thumb": f"border:0;width:64px;height:64px;{round_}",
            "thumb_cell": f"width:64px;padding:8px 0;padding-{other}:14px;vertical-align:middle;",
            "product": f"{body}padding:8px 0;text-align:{side};vertical-align:middle;",
            "foot": f"padding:20px 4px 8px;text-align:{side};",
            "quote": f"{body}margin:0 0 16px;padding:4px 16px;border-{side}:3px solid {look.rule};"
            f"text-align:{side};",
            "hidden": "display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;"
            f"opacity:0;overflow:hidden;color:{look.page};",
        }
