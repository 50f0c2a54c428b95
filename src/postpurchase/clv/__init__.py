"""What a customer was worth and will be worth; cohorts and retention.

The words are loaded when they are first used: the fitted models need numpy and SciPy (the extra
`science`), the pictures Matplotlib (the extra `plot`), the formulas nothing beyond the core.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.clv.audience import Audience as Audience
    from postpurchase.clv.audience import ExistingAndNew as ExistingAndNew
    from postpurchase.clv.backtesting import Backtest as Backtest
    from postpurchase.clv.backtesting import ForecastScore as ForecastScore
    from postpurchase.clv.backtesting import backtest as backtest
    from postpurchase.clv.benchmark import ACQUISITION_COST as ACQUISITION_COST
    from postpurchase.clv.benchmark import BENCHMARKS as BENCHMARKS
    from postpurchase.clv.benchmark import EXISTING_OVER_NEW as EXISTING_OVER_NEW
    from postpurchase.clv.benchmark import EXISTING_SALE as EXISTING_SALE
    from postpurchase.clv.benchmark import LIFESPAN_YEARS as LIFESPAN_YEARS
    from postpurchase.clv.benchmark import NEW_SALE as NEW_SALE
    from postpurchase.clv.benchmark import PROFIT_FROM_RETENTION as PROFIT_FROM_RETENTION
    from postpurchase.clv.benchmark import REFERRING as REFERRING
    from postpurchase.clv.benchmark import REPEAT_REVENUE as REPEAT_REVENUE
    from postpurchase.clv.benchmark import Benchmark as Benchmark
    from postpurchase.clv.benchmark import Comparison as Comparison
    from postpurchase.clv.benchmark import Standing as Standing
    from postpurchase.clv.bgbb import BGBB as BGBB
    from postpurchase.clv.bgnbd import BGNBD as BGNBD
    from postpurchase.clv.bgnbd import MBGNBD as MBGNBD
    from postpurchase.clv.cnbd import BGCNBD as BGCNBD
    from postpurchase.clv.cnbd import MBGCNBD as MBGCNBD
    from postpurchase.clv.cohort import Cohort as Cohort
    from postpurchase.clv.cohort import Cohorts as Cohorts
    from postpurchase.clv.cohort import Grain as Grain
    from postpurchase.clv.cohort import cohorts as cohorts
    from postpurchase.clv.cohort import customer_day as customer_day
    from postpurchase.clv.cohort import period_retention as period_retention
    from postpurchase.clv.cohort import shop_day as shop_day
    from postpurchase.clv.contact import Arm as Arm
    from postpurchase.clv.contact import ContactEffect as ContactEffect
    from postpurchase.clv.contact import contact_effect as contact_effect
    from postpurchase.clv.covariates import CovariateModel as CovariateModel
    from postpurchase.clv.covariates import fit_covariates as fit_covariates
    from postpurchase.clv.engaged import EngagementReport as EngagementReport
    from postpurchase.clv.engaged import SegmentEngagement as SegmentEngagement
    from postpurchase.clv.engaged import engagement_report as engagement_report
    from postpurchase.clv.engagement import Brought as Brought
    from postpurchase.clv.engagement import Engagement as Engagement
    from postpurchase.clv.engagement import advocates as advocates
    from postpurchase.clv.engagement import engagement_of as engagement_of
    from postpurchase.clv.erlang import log_gaps as log_gaps
    from postpurchase.clv.gammagamma import GammaGamma as GammaGamma
    from postpurchase.clv.gammagamma import independence as independence
    from postpurchase.clv.interval import Bounds as Bounds
    from postpurchase.clv.interval import Scale as Scale
    from postpurchase.clv.interval import bootstrap as bootstrap
    from postpurchase.clv.interval import bootstrap_interval as bootstrap_interval
    from postpurchase.clv.interval import delta_interval as delta_interval
    from postpurchase.clv.interval import drawn_interval as drawn_interval
    from postpurchase.clv.ledger import HistoricValue as HistoricValue
    from postpurchase.clv.ledger import RepeatBusiness as RepeatBusiness
    from postpurchase.clv.ledger import historic as historic
    from postpurchase.clv.ledger import interpurchase_days as interpurchase_days
    from postpurchase.clv.ledger import next_order as next_order
    from postpurchase.clv.ledger import repeat_business as repeat_business
    from postpurchase.clv.lifespan import SecondOrders as SecondOrders
    from postpurchase.clv.lifespan import Survival as Survival
    from postpurchase.clv.lifespan import lifetimes as lifetimes
    from postpurchase.clv.lifespan import lifetimes_by as lifetimes_by
    from postpurchase.clv.lifespan import second_orders as second_orders
    from postpurchase.clv.model import Fit as Fit
    from postpurchase.clv.model import Model as Model
    from postpurchase.clv.model import ParameterInterval as ParameterInterval
    from postpurchase.clv.napkin import USUAL_LIFESPAN as USUAL_LIFESPAN
    from postpurchase.clv.napkin import SimpleValue as SimpleValue
    from postpurchase.clv.napkin import simple as simple
    from postpurchase.clv.orders import LeftOut as LeftOut
    from postpurchase.clv.orders import Summarised as Summarised
    from postpurchase.clv.orders import Worthless as Worthless
    from postpurchase.clv.orders import summarise as summarise
    from postpurchase.clv.paretonbd import ParetoNBD as ParetoNBD
    from postpurchase.clv.picture import Tracking as Tracking
    from postpurchase.clv.picture import alive_over_time as alive_over_time
    from postpurchase.clv.picture import frequency_recency as frequency_recency
    from postpurchase.clv.picture import tracking as tracking
    from postpurchase.clv.plot import plot_alive as plot_alive
    from postpurchase.clv.plot import plot_calibration as plot_calibration
    from postpurchase.clv.plot import plot_cohorts as plot_cohorts
    from postpurchase.clv.plot import plot_frequency_recency as plot_frequency_recency
    from postpurchase.clv.plot import plot_tracking as plot_tracking
    from postpurchase.clv.plot import plot_values as plot_values
    from postpurchase.clv.repeat import RepeatModel as RepeatModel
    from postpurchase.clv.retention import FirstPayment as FirstPayment
    from postpurchase.clv.retention import Payment as Payment
    from postpurchase.clv.retention import Retention as Retention
    from postpurchase.clv.retention import expected_lifetime as expected_lifetime
    from postpurchase.clv.retention import payback as payback
    from postpurchase.clv.retention import present_value as present_value
    from postpurchase.clv.retention import retention_elasticity as retention_elasticity
    from postpurchase.clv.retention import retention_multiple as retention_multiple
    from postpurchase.clv.retention import retention_value as retention_value
    from postpurchase.clv.retention import value_to_cost as value_to_cost
    from postpurchase.clv.sbg import SBG as SBG
    from postpurchase.clv.simulation import PurchaseLog as PurchaseLog
    from postpurchase.clv.simulation import simulate as simulate
    from postpurchase.clv.summary import Summary as Summary
    from postpurchase.clv.unit import DAYS_PER_YEAR as DAYS_PER_YEAR
    from postpurchase.clv.unit import Horizon as Horizon
    from postpurchase.clv.unit import Span as Span
    from postpurchase.clv.unit import Unit as Unit
    from postpurchase.clv.unit import force_of_interest as force_of_interest
    from postpurchase.clv.value import future_value as future_value
    from postpurchase.clv.value import value_by_customer as value_by_customer
    from postpurchase.clv.whatif import OrderCosts as OrderCosts
    from postpurchase.clv.whatif import RetentionReport as RetentionReport
    from postpurchase.clv.whatif import Uplift as Uplift
    from postpurchase.clv.whatif import break_even_incentive as break_even_incentive
    from postpurchase.clv.whatif import contact_value as contact_value
    from postpurchase.clv.whatif import retention_report as retention_report
    from postpurchase.clv.whatif import retention_uplift as retention_uplift
    from postpurchase.clv.worth import NET_REVENUE as NET_REVENUE
    from postpurchase.clv.worth import REVENUE as REVENUE
    from postpurchase.clv.worth import Exchange as Exchange
    from postpurchase.clv.worth import Margin as Margin
    from postpurchase.clv.worth import NetRevenue as NetRevenue
    from postpurchase.clv.worth import Revenue as Revenue
    from postpurchase.clv.worth import Worth as Worth

__all__ = [
    "ACQUISITION_COST",
    "BENCHMARKS",
    "BGBB",
    "BGCNBD",
    "BGNBD",
    "DAYS_PER_YEAR",
    "EXISTING_OVER_NEW",
    "EXISTING_SALE",
    "LIFESPAN_YEARS",
    "MBGCNBD",
    "MBGNBD",
    "NET_REVENUE",
    "NEW_SALE",
    "PROFIT_FROM_RETENTION",
    "REFERRING",
    "REPEAT_REVENUE",
    "REVENUE",
    "SBG",
    "USUAL_LIFESPAN",
    "Arm",
    "Audience",
    "Backtest",
    "Benchmark",
    "Bounds",
    "Brought",
    "Cohort",
    "Cohorts",
    "Comparison",
    "ContactEffect",
    "CovariateModel",
    "Engagement",
    "EngagementReport",
    "Exchange",
    "ExistingAndNew",
    "FirstPayment",
    "Fit",
    "ForecastScore",
    "GammaGamma",
    "Grain",
    "HistoricValue",
    "Horizon",
    "LeftOut",
    "Margin",
    "Model",
    "NetRevenue",
    "OrderCosts",
    "ParameterInterval",
    "ParetoNBD",
    "Payment",
    "PurchaseLog",
    "RepeatBusiness",
    "RepeatModel",
    "Retention",
    "RetentionReport",
    "Revenue",
    "Scale",
    "SecondOrders",
    "SegmentEngagement",
    "SimpleValue",
    "Span",
    "Standing",
    "Summarised",
    "Summary",
    "Survival",
    "Tracking",
    "Unit",
    "Uplift",
    "Worth",
    "Worthless",
    "advocates",
    "alive_over_time",
    "backtest",
    "bootstrap",
    "bootstrap_interval",
    "break_even_incentive",
    "cohorts",
    "contact_effect",
    "contact_value",
    "customer_day",
    "delta_interval",
    "drawn_interval",
    "engagement_of",
    "engagement_report",
    "expected_lifetime",
    "fit_covariates",
    "force_of_interest",
    "frequency_recency",
    "future_value",
    "historic",
    "independence",
    "interpurchase_days",
    "lifetimes",
    "lifetimes_by",
    "log_gaps",
    "next_order",
    "payback",
    "period_retention",
    "plot_alive",
    "plot_calibration",
    "plot_cohorts",
    "plot_frequency_recency",
    "plot_tracking",
    "plot_values",
    "present_value",
    "repeat_business",
    "retention_elasticity",
    "retention_multiple",
    "retention_report",
    "retention_uplift",
    "retention_value",
    "second_orders",
    "shop_day",
    "simple",
    "simulate",
    "summarise",
    "tracking",
    "value_by_customer",
    "value_to_cost",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening
    from postpurchase.extras import extra

    # A table reads better by module than by word.
    # fmt: off
    _load = opening(
        __name__,
        {
            "postpurchase.clv.audience": ("Audience", "ExistingAndNew"),
            "postpurchase.clv.backtesting": ("Backtest", "ForecastScore", "backtest"),
            "postpurchase.clv.benchmark": (
                "ACQUISITION_COST", "BENCHMARKS", "EXISTING_OVER_NEW", "EXISTING_SALE",
                "LIFESPAN_YEARS", "NEW_SALE", "PROFIT_FROM_RETENTION", "REFERRING",
                "REPEAT_REVENUE", "Benchmark", "Comparison", "Standing",
            ),
            "postpurchase.clv.bgbb": ("BGBB",),
            "postpurchase.clv.bgnbd": ("BGNBD", "MBGNBD"),
            "postpurchase.clv.cnbd": ("BGCNBD", "MBGCNBD"),
            "postpurchase.clv.cohort": (
                "Cohort", "Cohorts", "Grain", "cohorts", "customer_day", "period_retention",
                "shop_day",
            ),
            "postpurchase.clv.contact": ("Arm", "ContactEffect", "contact_effect"),
            "postpurchase.clv.covariates": ("CovariateModel", "fit_covariates"),
            "postpurchase.clv.engaged": (
                "EngagementReport", "SegmentEngagement", "engagement_report",
            ),
            "postpurchase.clv.engagement": ("Brought", "Engagement", "advocates", "engagement_of"),
            "postpurchase.clv.erlang": ("log_gaps",),
            "postpurchase.clv.gammagamma": ("GammaGamma", "independence"),
            "postpurchase.clv.interval": (
                "Bounds", "Scale", "bootstrap", "bootstrap_interval", "delta_interval",
                "drawn_interval",
            ),
            "postpurchase.clv.ledger": (
                "HistoricValue", "RepeatBusiness", "historic", "interpurchase_days", "next_order",
                "repeat_business",
            ),
            "postpurchase.clv.lifespan": (
                "SecondOrders", "Survival", "lifetimes", "lifetimes_by", "second_orders",
            ),
            "postpurchase.clv.model": ("Fit", "Model", "ParameterInterval"),
            "postpurchase.clv.napkin": ("USUAL_LIFESPAN", "SimpleValue", "simple"),
            "postpurchase.clv.orders": ("LeftOut", "Summarised", "Worthless", "summarise"),
            "postpurchase.clv.paretonbd": ("ParetoNBD",),
            "postpurchase.clv.picture": (
                "Tracking", "alive_over_time", "frequency_recency", "tracking",
            ),
            "postpurchase.clv.plot": (
                "plot_alive", "plot_calibration", "plot_cohorts", "plot_frequency_recency",
                "plot_tracking", "plot_values",
            ),
            "postpurchase.clv.repeat": ("RepeatModel",),
            "postpurchase.clv.retention": (
                "FirstPayment", "Payment", "Retention", "expected_lifetime", "payback",
                "present_value", "retention_elasticity", "retention_multiple", "retention_value",
                "value_to_cost",
            ),
            "postpurchase.clv.sbg": ("SBG",),
            "postpurchase.clv.simulation": ("PurchaseLog", "simulate"),
            "postpurchase.clv.summary": ("Summary",),
            "postpurchase.clv.unit": (
                "DAYS_PER_YEAR", "Horizon", "Span", "Unit", "force_of_interest",
            ),
            "postpurchase.clv.value": ("future_value", "value_by_customer"),
            "postpurchase.clv.whatif": (
                "OrderCosts", "RetentionReport", "Uplift", "break_even_incentive", "contact_value",
                "retention_report", "retention_uplift",
            ),
            "postpurchase.clv.worth": (
                "NET_REVENUE", "REVENUE", "Exchange", "Margin", "NetRevenue", "Revenue", "Worth",
            ),
        },
    )
    # fmt: on

    def __getattr__(name: str) -> object:
        with extra("science"):
            return _load(name)


def __dir__() -> list[str]:
    return __all__
