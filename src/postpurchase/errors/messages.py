"""Messages that cannot be made."""

from postpurchase.errors.root import PostPurchaseError


class MessageError(PostPurchaseError, ValueError):
    """A message that cannot be made."""


class UnknownTongue(MessageError, LookupError):
    """A locale tag that names no language."""

    def __init__(self, *, tag: str) -> None:
        """Complain about this tag."""
        self.tag = tag
        super().__init__(f"no language has the tag {tag!r}: write BCP 47, such as 'hi-IN' or 'ur'")


class FactMissing(MessageError, LookupError):
    """What a message is about was found neither in the history nor among the answers."""

    def __init__(self, *, kind: str, fact: str, subject: str) -> None:
        """Complain about the fact that this kind of message about this subject needs."""
        self.kind = kind
        self.fact = fact
        self.subject = subject
        super().__init__(
            f"{kind} about {subject} needs {fact!r}, which is neither in the history nor in "
            "action.shows: add the fact or the answer"
        )


class NoWords(MessageError, LookupError):
    """No words for this kind of message on this channel."""

    def __init__(self, *, kind: str, channel: str) -> None:
        """Complain about this kind on this channel."""
        self.kind = kind
        self.channel = channel
        super().__init__(
            f"there are no words for {kind} on {channel}: name the channel in the kind, and give "
            f"the voice a template 'kinds/{kind}.j2'"
        )


class AboveCeiling(MessageError):
    """A kind of message that is stricter than what is permitted."""

    def __init__(self, *, kind: str, ceiling: str) -> None:
        """Complain about this kind under this ceiling."""
        self.kind = kind
        self.ceiling = ceiling
        super().__init__(
            f"{kind} is stricter than {ceiling}, which is all that is permitted: do not send it"
        )


class NoRecipient(MessageError):
    """The customer cannot be reached on this channel."""

    def __init__(self, *, channel: str, lacks: str) -> None:
        """Complain about what lacks for this channel."""
        self.channel = channel
        self.lacks = lacks
        super().__init__(f"nobody can be reached by {channel}: the customer has no {lacks}")


class WrongChannel(MessageError):
    """A message was asked for the form of another channel."""

    def __init__(self, *, channel: str, wanted: str) -> None:
        """Complain about a message for one channel, wanted for another."""
        self.channel = channel
        self.wanted = wanted
        super().__init__(
            f"this message was written for {channel}, not for {wanted}: compose an action of "
            "that channel"
        )


class DocumentMissing(MessageError, LookupError):
    """A document that the message promises is not attached."""

    def __init__(self, *, kind: str, document: str) -> None:
        """Complain about the document that this kind of message encloses."""
        self.kind = kind
        self.document = document
        super().__init__(
            f"{kind} encloses {document!r}, which is not attached: give the voice a source of "
            "documents, or call message.attach(...)"
        )


class InvalidAddress(MessageError):
    """Not one plain e-mail address, or no Message-ID."""

    def __init__(
        self,
        *,
        address: str,
        why: str,
        what: str = "e-mail address",
        example: str = "a@example.com",
    ) -> None:
        """Complain about this address."""
        self.address = address
        self.why = why
        super().__init__(f"{address!r} is no {what} ({why}): write one, as {example}")


class InvalidPhone(MessageError):
    """Not a phone number that can exist."""

    def __init__(self, *, number: str, region: str) -> None:
        """Complain about this number, as written in that country."""
        self.number = number
        self.region = region
        super().__init__(
            f"{number!r} is no phone number in {region}: write it with its country code, as "
            "+919876543210"
        )


class InvalidLink(MessageError):
    """Not an address that a message may link to."""

    def __init__(self, *, url: str, why: str) -> None:
        """Complain about this URL."""
        self.url = url
        self.why = why
        super().__init__(f"{url!r} cannot be linked to ({why}): write a full https address")


class InvalidCatalog(MessageError):
    """Sentences that do not fit their originals."""

    def __init__(self, *, language: str, sentence: str, why: str) -> None:
        """Complain about this sentence of a language."""
        self.language = language
        self.sentence = sentence
        self.why = why
        super().__init__(f"the sentence {sentence!r} in {language!r}: {why}")


class TemplateFault(MessageError):
    """A template that could not be rendered."""

    def __init__(self, *, kind: str, template: str, line: int, why: str) -> None:
        """Complain about a line of a template, while this kind of message was rendered."""
        self.kind = kind
        self.template = template
        self.line = line
        self.why = why
        super().__init__(f"{kind}: {template}, line {line}: {why}")


class VariableMissing(TemplateFault, LookupError):
    """A template reads what its kind does not declare; `field` names it."""

    def __init__(self, *, kind: str, template: str, line: int, field: str) -> None:
        """Complain about the field that this line of a template reads."""
        self.field = field
        super().__init__(
            kind=kind, template=template, line=line, why=f"{field}: declare it or guard it"
        )


class UnsafeTemplate(TemplateFault):
    """A template reaches for what templates may not have."""


class BudgetExhausted(TemplateFault):
    """A template takes too many steps, nests too deeply or writes too much."""
