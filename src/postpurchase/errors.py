"""Everything that can go wrong, as one tree.

```
PostPurchaseError
├── InvalidMoment (ValueError)      an instant, zone, window or duration that cannot be meant
├── MoneyError (ValueError)         money that cannot be exact
│   ├── InvalidAmount               no plain number
│   │   ├── InexactAmount (TypeError)   a float or a bool
│   │   └── TooManyDecimals         more decimals than the currency has
│   ├── UnknownCurrency (LookupError)   no ISO 4217 code, or one without a minor unit
│   ├── CurrencyMismatch            two currencies in one sum
│   ├── RoundingNeeded (TypeError)  a product that may not be whole
│   └── ImpossibleSplit             weights, counts or ceilings without an answer
├── InvalidDraw (ValueError)        a share or weights that nothing can be drawn by
├── InvalidRhythm (ValueError)      purchases or gaps that show no rhythm
├── InvalidFact (ValueError)        a fact that contradicts itself
├── OddPayload (ValueError)         a payload that a strict reader does not take
│   └── UnreadablePayload           nothing that the gate can read
├── InvalidAnswer (ValueError)      two answers of one type, which a decision cannot tell apart
├── InvalidRule (ValueError)        a rule that joins nothing
├── UnexplainedDecision (ValueError)  a decision without a reason
├── InvalidFigure (ValueError)      a number, span or table that a formula of worth cannot take
├── FitFailed (RuntimeError)        a strict fit did not reach a proper optimum
├── NoInterval (ValueError)         an interval was asked of parameters without a covariance
├── InvalidReward (ValueError)      something about points, perks or offers that cannot be meant
│   ├── InvalidEntry                a ledger entry that contradicts itself
│   ├── InexactPoints (TypeError)   points or a multiplier that are no exact number
│   ├── InvalidProgramme            rules, tiers, offers or codes that contradict one another
│   └── StaleState                  entries older than the state they should be added to
├── IdempotencyConflict (ValueError)  one key with two meanings
├── InvalidPairs (ValueError)       a table of what was bought together that contradicts itself
│   └── InvalidCounts               four counts that no set of baskets can have
├── InvalidSuggestion (ValueError)  a policy, filter or budget for suggestions that cannot be meant
├── InvalidEvaluation (ValueError)  a split or cut that leaves nothing to judge
├── InvalidSupport (ValueError)     an article, ticket, timer or remedy that cannot be meant
├── MessageError (ValueError)       a message that cannot be made
│   ├── UnknownTongue (LookupError) a locale tag that names no language
│   ├── FactMissing (LookupError)   what the message is about was not found
│   ├── NoWords (LookupError)       no words for this kind on this channel
│   ├── AboveCeiling                the kind is stricter than what is permitted
│   ├── NoRecipient                 the customer cannot be reached on this channel
│   ├── WrongChannel                a mail asked of an SMS
│   ├── DocumentMissing (LookupError)  a document that the message promises is not attached
│   ├── InvalidAddress              not one plain e-mail address
│   ├── InvalidLink                 not an address that a message may link to
│   ├── InvalidCatalog              sentences that do not fit their originals
│   └── TemplateFault               a template that could not be rendered
│       ├── VariableMissing (LookupError)  it reads what its kind does not declare
│       ├── UnsafeTemplate          it reaches for what templates may not have
│       └── BudgetExhausted         it takes too many steps or writes too much
├── InvalidPlaybook (ValueError)    a journey, a step or a cap that contradicts itself
├── InvalidLaw (ValueError)         a country with two jurisdictions
├── UnknownKey (LookupError)        a key that nothing in a customer's history leads to
├── InvalidForm (ValueError)        a form, a field or a consent that cannot be meant
├── InvalidPlain (ValueError)       plain data that cannot be read as what it should be
├── ClaimLost (LookupError)         a claim that another worker holds by now
└── MissingExtra (ImportError)      a part was used whose extra is not installed
```

Every class carries what it complains about as keyword attributes, and a message that says
what was wrong, what was given, and what to do.
"""


class PostPurchaseError(Exception):
    """The root of every error that this library raises on purpose."""


class InvalidMoment(PostPurchaseError, ValueError):
    """An instant, a zone, a window or a duration that cannot be meant."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about what was given where *what* is expected, and say what to do."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class MoneyError(PostPurchaseError, ValueError):
    """Money that cannot be exact."""


class InvalidAmount(MoneyError):
    """An amount that is no plain number."""

    def __init__(
        self,
        *,
        amount: str,
        what: str = "an amount is a plain number",
        advice: str = "write digits and a point, such as '1234.50'",
    ) -> None:
        """Complain about an amount as it was written."""
        self.amount = amount
        super().__init__(f"{what}, got {amount}: {advice}")


class InexactAmount(InvalidAmount, TypeError):
    """A float or a bool where an exact number belongs."""

    def __init__(self, *, amount: object) -> None:
        """Complain about the value that was given."""
        kind = type(amount).__name__
        super().__init__(
            amount=f"the {kind} {amount!r}",
            what="money is exact",
            advice="pass an int, text or a Decimal",
        )


class TooManyDecimals(InvalidAmount):
    """More decimals than the currency has, and no rounding named."""

    def __init__(self, *, amount: str, currency: str, exponent: int) -> None:
        """Complain about an amount that *exponent* decimals cannot hold."""
        self.currency = currency
        self.exponent = exponent
        super().__init__(
            amount=amount,
            what=f"{currency} has {exponent} decimals",
            advice="name a rounding, such as rounding=Rounding.HALF_UP",
        )


class UnknownCurrency(MoneyError, LookupError):
    """Not a code of ISO 4217 with a minor unit."""

    def __init__(self, *, currency: str, advice: str) -> None:
        """Complain about a code, and say what to do."""
        self.currency = currency
        super().__init__(f"a currency is a code of ISO 4217, got {currency!r}: {advice}")


class CurrencyMismatch(MoneyError):
    """Two currencies in one sum or one comparison."""

    def __init__(self, *, left: str, right: str) -> None:
        """Complain about two codes that met."""
        self.left = left
        self.right = right
        super().__init__(f"one currency at a time, got {left} and {right}: convert one of them")


class RoundingNeeded(MoneyError, TypeError):
    """A product that may not be whole, and no rounding named."""

    def __init__(self, *, factor: str) -> None:
        """Complain about the factor."""
        self.factor = factor
        super().__init__(f"* takes an int, got {factor}: use .times({factor}, rounding=...)")


class ImpossibleSplit(MoneyError):
    """A split that has no answer."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about weights, counts or ceilings."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class InvalidDraw(PostPurchaseError, ValueError):
    """A share or weights that nothing can be drawn by."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about what was given where *what* is expected, and say what to do."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class InvalidRhythm(PostPurchaseError, ValueError):
    """Purchases or gaps that show no rhythm."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about what was given where *what* is expected, and say what to do."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")


class InvalidFact(PostPurchaseError, ValueError):
    """A noun that contradicts itself, such as an order of two currencies."""

    def __init__(self, *, fact: str, name: str, got: object, expected: str) -> None:
        """Complain about the attribute *name* of a value of the type *fact*."""
        self.fact = fact
        self.name = name
        self.got = got
        self.expected = expected
        super().__init__(f"{fact}.{name}: expected {expected}, got {got!r}")


class OddPayload(PostPurchaseError, ValueError):
    """Something in a payload that a strict reader does not take."""

    def __init__(self, *, path: str, expected: str, got: str) -> None:
        """Complain about what stands at a JSON path."""
        self.path = path
        self.expected = expected
        self.got = got
        super().__init__(f"{path}: expected {expected}, got {got}")


class UnreadablePayload(OddPayload):
    """A payload, or a part of it, that is nothing a gate can read."""


class InvalidAnswer(PostPurchaseError, ValueError):
    """Two answers of one type, which a decision cannot tell apart."""

    def __init__(self, *, types: tuple[str, ...]) -> None:
        """Complain about the names of the types that were given."""
        self.types = types
        super().__init__(f"one answer of each type, got {', '.join(types)}: pass each type once")


class InvalidRule(PostPurchaseError, ValueError):
    """A rule that joins nothing, so that it would always or never hold."""

    def __init__(self, *, rule: str) -> None:
        """Complain about the rule of this name."""
        self.rule = rule
        super().__init__(f"{rule} joins at least one rule, got none: leave it out instead")


class UnexplainedDecision(PostPurchaseError, ValueError):
    """A decision without a reason."""

    def __init__(self, *, decision: str) -> None:
        """Complain about the decision of this name."""
        self.decision = decision
        super().__init__(f"{decision} needs at least one reason, got none: say why")


class MissingExtra(PostPurchaseError, ImportError):
    """A part of the library was used whose optional packages are not installed."""

    def __init__(self, *, extra: str, module: str) -> None:
        """Complain about the extra that is needed and the module that was not found."""
        self.extra = extra
        self.module = module
        super().__init__(
            f"this part needs the extra {extra!r}, but its module {module!r} is not installed: "
            f"pip install 'postpurchase[{extra}]'"
        )


class InvalidFigure(PostPurchaseError, ValueError):
    """A number, a span or a table that a formula of worth cannot take."""

    def __init__(self, *, name: str, need: str, got: object) -> None:
        """Complain about the figure of this name: what it needs to be, and what was given."""
        self.name = name
        self.need = need
        self.got = got
        super().__init__(f"{name}: need {need}, got {got!r}")


class FitFailed(PostPurchaseError, RuntimeError):
    """A strict fit did not reach a proper optimum."""

    def __init__(self, *, model: str, reasons: tuple[str, ...]) -> None:
        """Complain about the model of this name, with everything that its fit said."""
        self.model = model
        self.reasons = reasons
        super().__init__(
            f"{model} was not fitted: {'; '.join(reasons)}. "
            "Use fit() to look at what was reached, or give more customers or a longer history"
        )


class NoInterval(PostPurchaseError, ValueError):
    """An interval was asked of parameters whose covariance is not known."""

    def __init__(self, *, model: str, reasons: tuple[str, ...]) -> None:
        """Complain about the model of this name, with the reasons why it has no covariance."""
        self.model = model
        self.reasons = reasons
        super().__init__(
            f"{model} has no covariance ({'; '.join(reasons) or 'its parameters were given'}): "
            "use bootstrap() instead, or ask for the answer without an interval"
        )


class InvalidReward(PostPurchaseError, ValueError):
    """Something about points, perks or offers that cannot be meant."""


class InvalidEntry(InvalidReward):
    """A ledger entry that contradicts itself."""

    def __init__(self, *, key: str, what: str, given: str, advice: str) -> None:
        """Complain about the entry of this key."""
        self.key = key
        super().__init__(f"entry {key!r}: {what}, got {given}: {advice}")


class InexactPoints(InvalidReward, TypeError):
    """Points or a multiplier that are no exact number."""

    def __init__(self, *, points: object) -> None:
        """Complain about the value that was given."""
        self.points = points
        super().__init__(
            f"points are whole and multipliers exact, got {points!r}: "
            "pass an int for points, a Decimal for a multiplier"
        )


class InvalidProgramme(InvalidReward):
    """Rules, tiers, offers or codes that contradict one another."""

    def __init__(self, *, part: str, what: str, given: str, advice: str) -> None:
        """Complain about the part of this name."""
        self.part = part
        super().__init__(f"{part}: {what}, got {given}: {advice}")


class StaleState(InvalidReward):
    """Entries older than the state they should be added to."""

    def __init__(self, *, key: str, at: str, state_at: str) -> None:
        """Complain about the entry of this key and its instant."""
        self.key = key
        super().__init__(
            f"entry {key!r} is of {at}, the state of {state_at}: fold all entries from the start"
        )


class IdempotencyConflict(PostPurchaseError, ValueError):
    """One key with two meanings."""

    def __init__(self, *, key: str, kept: str, given: str) -> None:
        """Complain about the key, what it stands for, and what it should have stood for too."""
        self.key = key
        super().__init__(
            f"{key!r} already stands for {kept}, got {given}: "
            "retry with the same content, or name another intent"
        )


class InvalidPairs(PostPurchaseError, ValueError):
    """A table of what was bought together, or a threshold on it, that contradicts itself."""

    def __init__(self, *, problem: str) -> None:
        """Complain about this problem."""
        self.problem = problem
        super().__init__(f"not a table of pairs: {problem}")


class InvalidCounts(InvalidPairs):
    """Four counts that no set of baskets can have."""

    def __init__(self, *, baskets: int, first: int, second: int, both: int) -> None:
        """Complain about these counts."""
        self.baskets, self.first, self.second, self.both = baskets, first, second, both
        super().__init__(
            problem=f"of {baskets} baskets, {first} with one, {second} with the other and {both} "
            "with both cannot be: pass counts of the same baskets"
        )


class InvalidSuggestion(PostPurchaseError, ValueError):
    """A policy, a filter or a budget for suggestions that cannot be meant."""


class InvalidEvaluation(PostPurchaseError, ValueError):
    """A split or a cut that leaves nothing to judge."""


class InvalidSupport(PostPurchaseError, ValueError):
    """An article, a ticket, a timer or a remedy that cannot be meant."""


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
    """Not one plain e-mail address."""

    def __init__(self, *, address: str, why: str) -> None:
        """Complain about this address."""
        self.address = address
        self.why = why
        super().__init__(f"{address!r} is no e-mail address ({why}): write one, as a@example.com")


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


class InvalidPlaybook(PostPurchaseError, ValueError):
    """A journey, a step or a cap that contradicts itself."""

    def __init__(self, *, at: str, problem: str) -> None:
        """Complain about the part of a playbook of this name."""
        self.at = at
        self.problem = problem
        super().__init__(f"{at}: {problem}")


class InvalidLaw(PostPurchaseError, ValueError):
    """A country with two jurisdictions."""

    def __init__(self, *, countries: tuple[str, ...]) -> None:
        """Complain about the countries that are named twice."""
        self.countries = countries
        super().__init__(
            f"each country has one jurisdiction, got two for {', '.join(countries)}: "
            "use Law.replace(record)"
        )


class UnknownKey(PostPurchaseError, LookupError):
    """A key that nothing in a customer's history leads to."""

    def __init__(self, *, key: str, keys: tuple[str, ...]) -> None:
        """Complain about the key, and list those that there are."""
        self.key = key
        self.keys = keys
        super().__init__(
            f"no action has the key {key!r}: its journey never began for this customer, or is in "
            f"another playbook; there are {', '.join(keys) or 'none'}"
        )


class InvalidForm(PostPurchaseError, ValueError):
    """A form, a field or a consent that cannot be meant."""

    def __init__(self, *, field: str, problem: str) -> None:
        """Complain about the field of this name."""
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")


class InvalidPlain(PostPurchaseError, ValueError):
    """Plain data that cannot be read as what it should be."""

    def __init__(self, *, problems: tuple[tuple[str, str], ...]) -> None:
        """Complain about pairs of a path, such as `$.journeys[0].steps[1].days`, and a sentence."""
        self.problems = problems
        super().__init__("; ".join(f"{path}: {problem}" for path, problem in problems))


class ClaimLost(PostPurchaseError, LookupError):
    """A claim that another worker holds by now, or that nobody made."""

    def __init__(self, *, key: str, worker: str) -> None:
        """Complain about the claim on a key that this worker tried to settle."""
        self.key = key
        self.worker = worker
        super().__init__(
            f"{worker} does not hold the claim on {key!r}: its lease ran out and another worker "
            "took it, or it was never made; look at the table before you send again"
        )
