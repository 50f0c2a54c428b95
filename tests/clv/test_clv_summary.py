import numpy as np
import pytest

from postpurchase.clv import Summary, Unit
from postpurchase.clv.arrays import FloatArray, codes, distinct, tally
from postpurchase.errors import InvalidFigure

THREE = Summary(
    frequency=[2, 0, 2],
    recency=[7, 0, 7],
    age=[14, 21, 14],
    money=[10, np.nan, 30],
    customers=("a", "b", "c"),
)


def test_one_number_stands_for_every_customer() -> None:
    assert Summary(frequency=[1, 2], recency=3, age=4) == Summary(
        frequency=[1, 2], recency=[3, 3], age=[4, 4], weight=[1, 1], money=[np.nan, np.nan]
    )


def test_what_it_holds_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        THREE.age[0] = 3


def test_rows_are_taken_by_position_and_by_mask() -> None:
    assert THREE.take([2, 0]).customers == ("c", "a")
    assert THREE.take(THREE.frequency == 0).age.tolist() == [21]
    assert Summary(frequency=1, recency=1, age=1).take([0, 0]).customers == ()


def test_another_unit_is_the_same_time() -> None:
    weeks = THREE.within(Unit.WEEK)
    assert weeks.age.tolist() == [2, 3, 2]
    assert weeks.recency.tolist() == [1, 0, 1]
    assert weeks.customers == THREE.customers
    assert weeks.within(Unit.DAY) == THREE


def test_counting_keeps_every_customer() -> None:
    counted = THREE.counted()
    assert len(counted) == 2
    assert counted.size == THREE.size == 3
    assert sorted(zip(counted.frequency, counted.age, counted.weight, strict=True)) == [
        (0, 21, 1),
        (2, 14, 2),
    ]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ({"frequency": [1.5], "recency": [1], "age": [2]}, "frequency of row 0: need a whole"),
        ({"frequency": [-1], "recency": [0], "age": [2]}, "frequency of row 0"),
        ({"frequency": [np.inf], "recency": [1], "age": [2]}, "frequency of row 0: need a finite"),
        ({"frequency": [0, 1], "recency": [0, 3], "age": 2}, "recency of row 1: need between"),
        ({"frequency": [0], "recency": [1], "age": [2]}, "recency of row 0: need 0 where"),
        ({"frequency": [1], "recency": [0], "age": [2]}, "recency of row 0: need above 0"),
        ({"frequency": [0], "recency": [0], "age": [-1]}, "age of row 0"),
        ({"frequency": [0], "recency": [0], "age": [np.inf]}, "age of row 0"),
        ({"frequency": [0], "recency": [0], "age": [np.nan]}, "age of row 0"),
        ({"frequency": [0], "recency": [np.nan], "age": [1]}, "recency of row 0"),
        (
            {"frequency": [0, 0], "recency": 0, "age": [1, 2, 3]},
            "age: need 3 numbers|recency: need 3|frequency: need 3",
        ),
        ({"frequency": [0], "recency": 0, "age": 1, "weight": [-1]}, "weight of row 0"),
        ({"frequency": [0], "recency": 0, "age": 1, "money": [np.inf]}, "money of row 0"),
        ({"frequency": [0], "recency": 0, "age": 1, "customers": ("a", "b")}, "customers: need 1"),
    ],
)
def test_what_no_customer_can_have_done_is_refused(rows: dict[str, object], wrong: str) -> None:
    with pytest.raises(InvalidFigure, match=wrong):
        Summary(**rows)  # type: ignore[arg-type]  # rows of a table of cases


@pytest.mark.parametrize(
    "values",
    [[3, 1, 3, 0], [0.5, 0.25, 0.5], [1e12, 3, 1e12], [-1, 2, -1], []],
)
def test_distinct_values_are_sorted_and_found_again(values: list[float]) -> None:
    column = np.array(values, dtype=np.float64)
    unique, code = codes(column)
    assert unique.tolist() == sorted(set(values))
    assert unique[code].tolist() == values


def test_distinct_rows_are_found_however_many_values_each_column_has() -> None:
    generator = np.random.default_rng(1)
    wide = generator.random(30_000)
    columns = [wide, wide[::-1].copy(), np.repeat(wide[:10_000], 3)]
    first, inverse = distinct(columns)
    assert len(first) == 30_000
    assert (first[inverse] == np.arange(30_000)).all()


def test_the_first_of_equal_rows_stands_for_them() -> None:
    first, inverse = distinct([np.array([5.0, 1, 5, 1]), np.array([2.0, 2, 2, 3])])
    assert sorted(first.tolist()) == [0, 1, 3]
    assert first[inverse].tolist() == [0, 1, 0, 3]


@pytest.mark.parametrize("weight", [np.ones(5), np.array([1.0, 2, 0, 1, 1])])
def test_combinations_are_counted_by_weight(weight: FloatArray) -> None:
    columns = [np.array([0, 1, 1, 0, 0]), np.array([2, 0, 1, 2, 0])]
    cells, total = tally(columns, weight)
    found = {
        (int(one), int(two)): float(each) for one, two, each in zip(*cells, total, strict=True)
    }
    expected: dict[tuple[int, int], float] = {}
    for one, two, each in zip(*columns, weight, strict=True):
        key = (int(one), int(two))
        expected[key] = expected.get(key, 0.0) + float(each)
    assert found == {key: each for key, each in expected.items() if each}


def test_more_combinations_than_numbers_are_counted_too() -> None:
    wide = np.array([0, 2**31, 2**31, 5])
    cells, total = tally([wide, wide, wide], np.ones(4))
    assert cells[0].tolist() == [0, 5, 2**31]
    assert total.tolist() == [1, 1, 2]


def test_a_notebook_shows_how_many_there_are() -> None:
    html = THREE._repr_html_()
    assert "<th>customers</th><td>3</td>" in html
    assert "<th>bought once</th><td>1</td>" in html
    assert "<th>longest age in days</th><td>21</td>" in html
