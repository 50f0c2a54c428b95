"""Sheets of paper for any script: cells of shaped text, mirrored where it runs from the right.

The faces come as bytes, so that no file is read here; fpdf2 shapes each run by HarfBuzz.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum, unique
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast
from unicodedata import category

from attrs import define, field, frozen
from typing_extensions import override

from postpurchase.errors import LettersMissing, UnreadableFace
from postpurchase.extras import extra
from postpurchase.messages.tongues import Direction

with extra("pdf"):
    import uharfbuzz
    from fontTools.ttLib import TTLibError
    from fpdf import FPDF
    from fpdf.enums import MethodReturnValue
    from fpdf.fonts import HarfBuzzFont, TTFFont

if TYPE_CHECKING:
    from pathlib import Path

_MARGIN: Final = 18.0
WIDTH: Final = 210 - 2 * _MARGIN
_FOOT: Final = 7.5
_POINT: Final = 25.4 / 72
_TIGHT: Final = 1.35
_GAP: Final = 1.6
_GREY: Final = 190
_FAINT: Final = 90
_PER_EM: Final = 1000
_UNSEEN: Final = frozenset({"Cc", "Cf"})
# They set a value apart in a line of text; a cell holds one value, and few faces have them.
_ISOLATES: Final = dict.fromkeys(range(0x2066, 0x206A))


@frozen(kw_only=True)
class Face:
    """A font, as the bytes of a TrueType or OpenType file; `bold` is the same where there is none.

    It must have the letters of one script; give several faces for several scripts.
    """

    regular: bytes = field(repr=False)
    bold: bytes = field(default=b"", repr=False)


@unique
class Side(Enum):
    """Where text stands in its cell: where a line of the language starts, or where it ends."""

    START = "start"
    END = "end"


@frozen
class Cell:
    """Some text at a place of a line: `start` and `width` in mm, from where a line starts."""

    text: str
    start: float
    width: float
    size: float = field(kw_only=True)
    style: str = field(default="", kw_only=True)
    side: Side = field(default=Side.START, kw_only=True)


class Font(TTFFont):
    """A font that was never a file."""

    def __init__(self, paper: FPDF, data: bytes, key: str, style: str) -> None:
        """A font of a document, by its key."""
        # fpdf2 hands this on to fontTools, which takes an open file as well as a path.
        super().__init__(paper, cast("Path", BytesIO(data)), key, style)
        outlines = uharfbuzz.Face(uharfbuzz.Blob(data))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - compiled, without stubs
        self._shaper = HarfBuzzFont(outlines)

    @property
    @override
    def hbfont(self) -> HarfBuzzFont:
        return self._shaper

    def has(self, letter: str, /) -> bool:
        """Whether it can show this letter."""
        return ord(letter) in self.cmap

    @property
    def leading(self) -> float:
        """How high its lines are, in ems."""
        return max(_TIGHT, (self.desc.ascent - self.desc.descent) / _PER_EM)


def sheet(faces: Sequence[Face], /, *, direction: Direction, foot: str) -> "Sheet":
    """An empty first page with these faces, and a line at the foot of every page.

    Raises:
        UnreadableFace: a face is no font.
    """
    paper = FPDF(format="A4")
    fonts = tuple(_taken(paper, place, face) for place, face in enumerate(faces))
    paper.set_fallback_fonts([f"face{place}" for place in range(1, len(faces))], exact_match=False)
    paper.set_text_shaping(use_shaping_engine=True)
    paper.set_margins(_MARGIN, _MARGIN, _MARGIN)
    paper.set_auto_page_break(auto=False)
    paper.set_draw_color(_GREY)
    paper.c_margin = 0
    paper.add_page()
    return Sheet(paper=paper, fonts=fonts, direction=direction, foot=foot)


def _taken(paper: FPDF, place: int, face: Face) -> Font:
    """Make a face known to a document; its regular font tells which letters it has."""
    key = f"face{place}"
    try:
        regular = paper.fonts[key] = Font(paper, face.regular, key, "")
        bold = face.bold or face.regular
        paper.fonts[f"{key}B"] = Font(paper, bold, f"{key}B", "B")
    except (TTLibError, AssertionError, KeyError) as error:
        raise UnreadableFace(place=place, why=str(error)) from error
    return regular


@define
class Sheet:
    """Pages that are filled from the top, in one direction, with a line at each foot."""

    paper: FPDF
    fonts: tuple[Font, ...]
    direction: Direction
    foot: str

    def named(self, *, title: str, author: str, lang: str, at: datetime) -> None:
        """What the document says of itself, and its date."""
        self.paper.set_title(title.translate(_ISOLATES))
        self.paper.set_author(author)
        self.paper.set_lang(lang)
        self.paper.set_creation_date(at)

    def gap(self, height: float) -> None:
        """Leave so many mm free."""
        self.paper.set_y(self.paper.get_y() + height)

    def line(self, cells: Sequence[Cell]) -> None:
        """Cells beside each other, on the next page where this one has no room for them."""
        height, leading = self._height(cells), self._leading(cells)
        if self.paper.get_y() + height > self._bottom:
            self._turn_over()
        top = self.paper.get_y()
        for cell in cells:
            self._draw(cell, top, leading)
        self.paper.set_y(top + height)

    def table(self, columns: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> None:
        """Rows under the names of their columns, which stand again on every further page."""
        head = self._height(columns) + _GAP
        fresh = True
        for row in rows:
            room = self._height(row) + 2 * _GAP + (head if fresh else 0)
            if self.paper.get_y() + room > self._bottom:
                self._turn_over()
                fresh = True
            if fresh:
                self._names(columns)
                fresh = False
            self.gap(_GAP)
            self.line(row)
            self.gap(_GAP)
            self._rule()

    def done(self) -> bytes:
        """The whole document."""
        self._sign_off()
        return bytes(self.paper.output())

    @property
    def _bottom(self) -> float:
        return self.paper.h - _MARGIN - _FOOT

    def _names(self, columns: Sequence[Cell]) -> None:
        self.paper.set_text_color(_FAINT)
        self.line(columns)
        self.paper.set_text_color(0)
        self.gap(_GAP)
        self._rule()

    def _rule(self) -> None:
        at = self.paper.get_y()
        self.paper.line(_MARGIN, at, _MARGIN + WIDTH, at)

    def _turn_over(self) -> None:
        self._sign_off()
        self.paper.add_page()

    def _sign_off(self) -> None:
        number = Cell(f"{self.foot} {self.paper.page_no()}", 0, WIDTH, size=_FOOT)
        self.paper.set_text_color(_FAINT)
        self._draw(number, self._bottom + 2, self._leading([number]))
        self.paper.set_text_color(0)

    def _leading(self, cells: Sequence[Cell]) -> float:
        """How high the lines of cells are that share their first one, in mm."""
        return max(self._ems(cell.text) * cell.size for cell in cells) * _POINT

    def _height(self, cells: Sequence[Cell]) -> float:
        leading = self._leading(cells)
        return leading * max(self._lines(cell) for cell in cells)

    def _lines(self, cell: Cell) -> int:
        lines = self.paper.multi_cell(
            cell.width, text=self._set(cell), dry_run=True, output=MethodReturnValue.LINES
        )
        return max(1, len(cast("list[str]", lines)))

    def _draw(self, cell: Cell, top: float, leading: float) -> None:
        mirrored = self.direction is Direction.RTL
        from_left = WIDTH - cell.start - cell.width if mirrored else cell.start
        align = "L" if (cell.side is Side.START) is not mirrored else "R"
        text = self._set(cell)
        # Nothing is drawn by this, but the font is named in the page. fpdf2 forgets to where the
        # first letter is of another face, and sets the next text in a wrong one.
        self.paper.text(0, 0, "")
        self.paper.set_xy(_MARGIN + from_left, top)
        self.paper.multi_cell(cell.width, leading, text, align=align)

    def _set(self, cell: Cell) -> str:
        """Choose the font of a cell; its text without what only sets it apart."""
        self.paper.set_font("face0", cell.style, cell.size)
        return cell.text.translate(_ISOLATES)

    def _ems(self, text: str) -> float:
        return max((font.leading for font in self._used(text)), default=_TIGHT)

    def _used(self, text: str) -> Iterator[Font]:
        lacking: list[str] = []
        for letter in dict.fromkeys(text):
            font = next((each for each in self.fonts if each.has(letter)), None)
            if font:
                yield font
            elif category(letter) not in _UNSEEN:
                lacking.append(letter)
        if lacking:
            raise LettersMissing(letters="".join(lacking))
