"""A shop's pages: facts in, pages out, as values and as HTML that needs no script."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Final

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.history import History
from postpurchase.messages.engine import Engine, Form
from postpurchase.messages.tongues import tongue
from postpurchase.messages.voice import Voice
from postpurchase.pages import papers
from postpurchase.pages.invoice import Invoice
from postpurchase.pages.scene import blocks_of, seen
from postpurchase.pages.thanks import ThankYouPage, thank_you_page
from postpurchase.pages.tracking import TrackingPage, tracking_page
from postpurchase.pages.values import Page

_ROOMS: Final = ("postpurchase.pages", "postpurchase.messages")


@frozen
class Pages:
    """The pages of a shop, in its voice: languages, theme, blocks and templates are the voice's.

    Every page is made from what was known at `at`. Whoever looks at a page asked for it, so what
    it shows needs no permission as a message does.

    Attributes:
        voice: how the shop writes. Templates of its own named `page/...` or `pages/...` replace
            those of the library, in the same sandbox as those of messages.
    """

    voice: Voice

    def tracking(
        self, history: History, /, *, order: str, at: datetime, shows: Iterable[Outcome] = ()
    ) -> TrackingPage:
        """Where an order is; for guests too, and before the first parcel.

        Args:
            history: the facts of its customer.
            order: the order's id.
            at: when somebody looks.
            shows: answers of other rooms: questions and answers, guides, suggestions. They stand
                in this order.

        Raises:
            NotKept: no such order was known at that instant.
            NotShowable: no block of the voice shows one of the answers.
        """
        scene = seen(history, order, self.voice, at=at)
        return tracking_page(scene, blocks_of(shows, self.voice.blocks, scene.ink))

    def thank_you(
        self, history: History, /, *, order: str, at: datetime, shows: Iterable[Outcome] = ()
    ) -> ThankYouPage:
        """What somebody sees who has just bought; arguments and errors as for `tracking`."""
        scene = seen(history, order, self.voice, at=at)
        return thank_you_page(scene, blocks_of(shows, self.voice.blocks, scene.ink))

    def invoice(self, history: History, /, *, order: str, number: str, at: datetime) -> Invoice:
        """The invoice for an order.

        Args:
            history: the facts of its customer.
            order: the order's id.
            number: the invoice's own number; the law of most countries wants them to be without
                gaps, so the shop counts them.
            at: when it is issued.

        Raises:
            NotKept: no such order was known at that instant.
        """
        return papers.invoice(seen(history, order, self.voice, at=at), number)

    def credit_note(
        self,
        history: History,
        /,
        *,
        order: str,
        refund: str,
        number: str,
        corrects: str,
        at: datetime,
    ) -> Invoice:
        """The credit note for a refund.

        Args:
            history: the facts of its customer.
            order: the order's id.
            refund: the id of its refund.
            number: the note's own number, counted by the shop.
            corrects: the number of the invoice that it is for.
            at: when it is issued.

        Raises:
            NotKept: no such order or refund was known at that instant.
        """
        scene = seen(history, order, self.voice, at=at)
        return papers.credit_note(scene, refund, number, corrects)

    def html(self, page: Page, /) -> str:
        """A page as HTML: whole, with its style, without any script.

        Raises:
            TemplateFault: a template of the shop's own could not be rendered.
        """
        language = tongue(page.lang).language
        radius = self.voice.theme.radius
        values = {"page": page, "shop": page.shop, "lang": page.lang, "radius": radius}
        return self._engine.render(page.name, f"pages/{page.name}.j2", Form.PAGE, language, values)

    @cached_property
    def _engine(self) -> Engine:
        voice = self.voice
        return Engine(
            theme=voice.theme,
            own=dict(voice.templates),
            languages=voice.spoken,
            budget=voice.budget,
            rooms=_ROOMS,
        )
