"""What a customer was worth and will be worth; cohorts and retention.

The words are loaded when they are first used: the fitted models need numpy and SciPy (the extra
`science`), the formulas nothing beyond the core.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.clv.bgnbd import BGNBD as BGNBD
    from postpurchase.clv.bgnbd import MBGNBD as MBGNBD
    from postpurchase.clv.gammagamma import GammaGamma as GammaGamma
    from postpurchase.clv.gammagamma import independence as independence
    from postpurchase.clv.interval import Interval as Interval
    from postpurchase.clv.interval import Scale as Scale
    from postpurchase.clv.interval import bootstrap as bootstrap
    from postpurchase.clv.interval import bootstrap_interval as bootstrap_interval
    from postpurchase.clv.interval import delta_interval as delta_interval
    from postpurchase.clv.interval import drawn_interval as drawn_interval
    from postpurchase.clv.model import Fit as Fit
    from postpurchase.clv.model import Model as Model
    from postpurchase.clv.model import ParameterInterval as ParameterInterval
    from postpurchase.clv.repeat import RepeatModel as RepeatModel
    from postpurchase.clv.simulate import PurchaseLog as PurchaseLog
    from postpurchase.clv.simulate import simulate as simulate
    from postpurchase.clv.summary import Summary as Summary
    from postpurchase.clv.unit import DAYS_PER_YEAR as DAYS_PER_YEAR
    from postpurchase.clv.unit import Horizon as Horizon
    from postpurchase.clv.unit import Span as Span
    from postpurchase.clv.unit import Unit as Unit
    from postpurchase.clv.unit import force_of_interest as force_of_interest
    from postpurchase.clv.value import future_value as future_value

__all__ = [
    "BGNBD",
    "DAYS_PER_YEAR",
    "MBGNBD",
    "Fit",
    "GammaGamma",
    "Horizon",
    "Interval",
    "Model",
    "ParameterInterval",
    "PurchaseLog",
    "RepeatModel",
    "Scale",
    "Span",
    "Summary",
    "Unit",
    "bootstrap",
    "bootstrap_interval",
    "delta_interval",
    "drawn_interval",
    "force_of_interest",
    "future_value",
    "independence",
    "simulate",
]

if not TYPE_CHECKING:
    from postpurchase.doors import extra, opening

    # A table reads better by module than by word.
    # fmt: off
    _load = opening(
        __name__,
        {
            "postpurchase.clv.bgnbd": ("BGNBD", "MBGNBD"),
            "postpurchase.clv.gammagamma": ("GammaGamma", "independence"),
            "postpurchase.clv.interval": (
                "Interval", "Scale", "bootstrap", "bootstrap_interval", "delta_interval",
                "drawn_interval",
            ),
            "postpurchase.clv.model": ("Fit", "Model", "ParameterInterval"),
            "postpurchase.clv.repeat": ("RepeatModel",),
            "postpurchase.clv.simulate": ("PurchaseLog", "simulate"),
            "postpurchase.clv.summary": ("Summary",),
            "postpurchase.clv.unit": (
                "DAYS_PER_YEAR", "Horizon", "Span", "Unit", "force_of_interest",
            ),
            "postpurchase.clv.value": ("future_value",),
        },
    )
    # fmt: on

    def __getattr__(name: str) -> object:
        with extra("science"):
            return _load(name)


def __dir__() -> list[str]:
    return __all__
