"""What is said of a file before its first row is taken."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from dealer_desktop.core import i18n
from dealer_desktop.domain.enums import CarCondition
from dealer_desktop.services import car_imports
from dealer_desktop.services.car_imports import ImportOptions, ImportPlan, WrongOption

Inspect = Callable[..., ImportPlan]
HEAD = "vin,brand,model,year,mileage,price,condition,fuel\n"


@pytest.fixture
def inspect(tmp_path: Path) -> Inspect:
    def _inspect(text: str, **arguments: object) -> ImportPlan:
        file = tmp_path / "cars.csv"
        file.write_text(text, encoding="utf-8")
        return car_imports.inspect(file, ImportOptions.from_arguments(**arguments))  # type: ignore[arg-type]

    return _inspect


def rows(count: int, *, condition: str = "used", fuel: str = "diesel", price: str = "1") -> str:
    return "".join(f"XTA2109{n:010},LADA,{n},2000,1,{price},{condition},{fuel}\n" for n in range(count))


def test_columns_are_recognised_and_the_first_rows_shown_as_they_will_be_stored(inspect: Inspect) -> None:
    plan = inspect(HEAD + rows(30))
    assert plan.fields == ("vin", "make", "model", "year", "mileage", "price", "condition", "engine_type")
    assert plan.problems == () and plan.rows == 30
    first = plan.preview[0]
    assert (first.line, first.reason) == (2, "")
    assert first.values["price"] == Decimal("1.00") and first.values["condition"] is CarCondition.USED
    assert len(plan.preview) == 20


def test_a_column_that_cannot_fit_a_needed_field_stops_the_import(inspect: Inspect) -> None:
    plan = inspect(HEAD + "".join(rows(1, condition=f"{n} days left") for n in range(5)))
    (problem,) = plan.problems
    assert "“condition”" in problem and "“0 days left”, “1 days left”, “2 days left”" in problem


def test_a_column_that_cannot_fit_an_optional_field_is_left_out(inspect: Inspect) -> None:
    plan = inspect(HEAD + "".join(rows(1, fuel=f"type {n}") for n in range(5)))
    assert plan.problems == () and plan.fields[-1] == ""
    assert "“fuel”" in plan.notes[0] and "left out" in plan.notes[0]


def test_a_column_with_some_wrong_rows_is_no_wrong_column(inspect: Inspect) -> None:
    plan = inspect(HEAD + rows(3, price="1") + "".join(rows(1, price=f"?{n}!") for n in range(20)))
    assert plan.problems == ()


def test_an_empty_column_of_a_needed_field_is_told_once(inspect: Inspect) -> None:
    (problem,) = inspect(HEAD + rows(100, price="")).problems
    assert problem == "The column “price” is empty, but every car needs “Price”."


def test_doubtful_thousands_are_told(inspect: Inspect) -> None:
    plan = inspect(
        HEAD.replace(",", ";") + rows(3, price="12,500").replace("12,500", "@").replace(",", ";").replace("@", "12,500")
    )
    assert plan.preview[0].values["price"] == Decimal("12500.00")
    assert "Numbers of the column “price” such as 12,500 are read as thousands." in plan.notes


def test_what_the_person_says_wins_over_names(inspect: Inspect) -> None:
    text = "vin,make,brand,model,year,mileage,price,state\nXTA210990Y2765432,x,LADA,1,2000,1,1,used\n"
    assert inspect(text, set=["condition=used"]).fields[1:3] == ("make", "")
    plan = inspect(text, map=["brand=make", "State=condition"])
    assert plan.fields[1:3] == ("", "make") and plan.fields[7] == "condition" and plan.problems == ()
    assert plan.preview[0].values["make"] == "LADA"


def test_an_exact_name_wins_over_one_that_means_the_same(inspect: Inspect) -> None:
    assert inspect("vin,brand,make,price\nX1234,a,b,1\n").fields == ("vin", "", "make", "price")


def test_a_column_that_is_not_there_is_told_with_those_that_are(inspect: Inspect) -> None:
    plan = inspect(HEAD + rows(1), map=["marke=make"])
    assert "The file has no column “marke”; its columns are vin, brand" in plan.problems[0]


def test_two_columns_for_one_field_are_told(inspect: Inspect) -> None:
    plan = inspect(HEAD + rows(1), map=["brand=make", "model=make"])
    assert any("Two columns are mapped to Make" in problem for problem in plan.problems)


def test_a_value_for_every_row_is_read_as_a_cell_would_be(inspect: Inspect) -> None:
    plan = inspect(HEAD + rows(1), set=["mileage=1 000", "color=red"], mileage_unit="mi")
    assert plan.preview[0].values["mileage"] == 1609 and plan.preview[0].values["color"] == "red"
    assert "Price “cheap”" in inspect(HEAD + rows(1), set=["price=cheap"]).problems[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"map": ["brand"]}, "--map brand: write it as --map brand=make"),
        ({"map": ["=make"]}, "write it as"),
        ({"map": ["brand=maker"]}, "there is no field “maker”"),
        ({"set": ["colour=red"]}, "there is no field “colour”"),
        ({"set": ["condition"]}, "--set condition: write it as --set condition=used"),
    ],
)
def test_a_wrong_option_is_wrong_usage(arguments: dict[str, list[str]], words: str) -> None:
    with pytest.raises(WrongOption, match=words):
        ImportOptions.from_arguments(**arguments)  # type: ignore[arg-type]


def test_a_column_name_may_hold_an_equals_sign(inspect: Inspect) -> None:
    text = HEAD.replace("brand", "a=b") + rows(1)
    assert inspect(text, map=["a=b=make"]).fields[1] == "make"


def test_it_speaks_russian(inspect: Inspect) -> None:
    i18n.set_language("ru")
    (problem,) = inspect(HEAD + "".join(rows(1, condition=f"{n} дней") for n in range(5))).problems
    assert problem.startswith("Значения столбца «condition» не подходят полю «Состояние», например «0 дней»")
