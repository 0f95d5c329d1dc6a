"""Lists as people keep them: for each what is stored, what is refused at which line, and what is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dealer_desktop.core.errors import ColumnsDoNotFit
from dealer_desktop.services import SessionMaker, car_imports
from dealer_desktop.services.car_imports import ImportOptions, ImportResult

V = "XTA2109900000{n:04}"
HEAD = "VIN;Марка;Модель;Год;Пробег;Цена;Состояние"

Run = Callable[..., ImportResult]


@pytest.fixture
def run(session_maker: SessionMaker, tmp_path: Path) -> Run:
    def _run(text: str, encoding: str = "utf-8", **options: Any) -> ImportResult:
        file = tmp_path / "cars.csv"
        file.write_bytes(text.encode(encoding))
        return car_imports.run(session_maker, file, ImportOptions(**options))

    return _run


def stored(session_maker: SessionMaker, columns: str) -> list[Any]:
    with session_maker() as session:
        found = session.execute(sa.text(f"SELECT {columns} FROM cars ORDER BY vin")).all()
    return [row[0] if len(row) == 1 else tuple(row) for row in found]


def cells(field: str, *values: str, head: str = "") -> str:
    """A list whose rows are alike but for one field."""
    names = HEAD.split(";")
    place = {"year": 3, "mileage": 4, "price": 5, "condition": 6}.get(field, 7)
    rows = []
    for number, value in enumerate(values):
        row = [V.format(n=number), "Kia", "Rio", "2019", "85000", "900000", "б/у", ""]
        row[place] = f'"{value}"' if ";" in value or '"' in value else value
        rows.append(";".join(row[: max(place + 1, 7)]))
    if head:
        names[place : place + 1] = [head]
    return "\n".join([";".join(names), *rows, ""])


def refused(result: ImportResult) -> list[int]:
    """Lines, as places from 0."""
    return [row.line - 2 for row in result.refused]


@pytest.mark.parametrize(
    ("field", "head", "values", "kept", "lost"),
    [
        ("price", "", ["900 тыс", "1,5 млн", "850k", "850 т.р.", "1.2M"], [9e5, 15e5, 85e4, 85e4, 12e5], []),
        ("price", "", ["от 900 000", "~900 000", "900 000 - 950 000", "900 000/850 000", "1"], [1], [0, 1, 2, 3]),
        ("price", "", ["по запросу", "договорная", "Call for price", "POA", "1"], [1], [0, 1, 2, 3]),
        ("price", "", ["900 000 (торг)", "900 000 руб. с НДС", "900 000=", "900 000,-"], [900000] * 4, []),
        ("price", "", ["900 000 руб. 50 коп.", "RUB 900 000.50", "900.000,50"], [900000.5] * 3, []),
        ("price", "", ["$12 000", "10 000 у.е.", "900 000 ₽", "9 000 €"], [900000], [0, 1, 3]),
        ("price", "", ["12,500", "18,900", "9,95", "30,250"], [12500, 18900, 30250], [2]),
        ("price", "", ["95 0000", "9 5", "950 000"], [950000], [0, 1]),
        ("price", "", ["15 000 руб/мес", "15%", "900000"], [900000], [0, 1]),
        ("price", "Цена, тыс. руб.", ["850", "850,5", "850000", "900 тыс"], [850000, 850500, 900000], [2]),
        ("price", "Цена (млн)", ["1,5", "0,9"], [1500000, 900000], []),
        ("mileage", "", ["85 тыс", "85т.км", "85k", "53 000 миль", "85 000 км"], [85000] * 3 + [85295, 85000], []),
        ("mileage", "", ["~85000", "100-120 тыс", "85 лет", "85 ₽", "нет", "1"], [1], [0, 1, 2, 3, 4]),
        ("mileage", "Пробег, тыс. км", ["85", "85,5", "85000"], [85000, 85500], [2]),
        ("mileage", "Пробег, миль", ["1000", "1000 км"], [1609, 1000], []),
        ("year", "", ["2019 г.", "15.03.2019", "2019-03-15", "03/2019", "19", "2019/2020"], [2019] * 4, [4, 5]),
        ("condition", "", ["б/у", "Новый", "gebraucht", "никак", "CPO"], ["used", "new", "used", "used"], [3]),
        ("engine_type", "Топливо", ["Бензин", "CNG", "бензин/газ", "Гибрид", "3.5L V6", "дизель турбо"],
         ["gasoline", None, None, "hybrid", None, "diesel"], []),
        ("transmission", "КПП", ["6АКПП", "6MКПП", "редуктор", "e-CVT", "5-ступ. механика", "Auto/Manual"],
         ["automatic", "manual", None, "cvt", "manual", None], []),
    ],
)  # fmt: skip
def test_one_field_as_lists_write_it(
    session_maker: SessionMaker, run: Run, field: str, head: str, values: list[str], kept: list[Any], lost: list[int]
) -> None:
    result = run(cells(field.partition("::")[0], *values, head=head))
    assert refused(result) == lost
    cast = f"{field}::text" if field in ("condition", "engine_type", "transmission") else field
    assert [float(value) if field == "price" else value for value in stored(session_maker, cast)] == kept
    if None in kept:
        assert any("stays empty" in note for note in result.notes)


def test_days_as_lists_write_them(session_maker: SessionMaker, run: Run) -> None:
    days = ["24.11.2025", "24 нояб. 2025", "вт 25.11.2025г.", "01.02.99", "25.12.2099", "Nov-24", "45985"]
    result = run(cells("arrived_on", *days, head="Поступил"))
    kept = ["2025-11-24", "2025-11-24", "2025-11-25", "1999-02-01"]
    assert stored(session_maker, "arrived_on::text")[:4] == kept
    # Nobody knows the others: they have today's day, as a car without one has, and that is said.
    assert len(set(stored(session_maker, "arrived_on")[4:])) == 1
    assert any(note.startswith("3 values of the column “Поступил” are no days") for note in result.notes)


def test_invisible_characters_change_nothing(session_maker: SessionMaker, run: Run) -> None:
    row = f"\u202a{V.format(n=1)}\u202c;Kia\u200b;Ri\u00ado;\ufeff2019;\u200e85000;\u202a900 000\u202c;б/у\n"
    assert refused(run(f"{HEAD}\n{row}")) == []
    assert stored(session_maker, "vin, make, model, mileage, price::int") == [
        (V.format(n=1), "Kia", "Rio", 85000, 900000)
    ]


def test_what_is_sold_or_reserved_does_not_come_in_as_available(session_maker: SessionMaker, run: Run) -> None:
    rows = ["В продаже", "Продано", "бронь", "в пути", "неизвестно что", ""]
    text = cells("status", *rows, head="Статус")
    result = run(text)
    assert refused(result) == [1, 2, 3, 4]
    assert len(stored(session_maker, "vin")) == 2
    assert any("--answer status=…" in note for note in result.notes)
    assert run(text, answers={"status": "take"}).taken == 4


def test_a_day_of_sale_says_that_a_car_is_sold(session_maker: SessionMaker, run: Run) -> None:
    assert refused(run(cells("sold", "", "01.02.2025", "-", head="Дата продажи"))) == [1]


def test_a_column_of_marks_says_that_a_car_is_sold(session_maker: SessionMaker, run: Run) -> None:
    assert refused(run(cells("sold", "нет", "да", "", "x", head="Продан"))) == [1, 3]


def test_a_sold_car_in_stock_is_left_or_updated_as_any_other(session_maker: SessionMaker, run: Run) -> None:
    run(cells("sold", "", "", head="Продан"))
    result = run(cells("sold", "да", "", head="Продан"))
    assert (result.taken, result.skipped, result.refused) == (0, 2, ())


def test_a_row_without_vin_is_told_whatever_its_text_begins_with(session_maker: SessionMaker, run: Run) -> None:
    text = (
        f"{HEAD};Описание\n{V.format(n=1)};Kia;Rio;2019;1;900000;б/у;ok\n"
        ";Lada;Vesta;2020;2;800000;б/у;Всего один владелец\n;Kia;Rio;2020;3;800000;б/у;Totally new tyres\n"
        "Итого: 3;;;;;2500000;;\n;;;;;2500000;;Итого\n;Итого по складу;;;;1;;\n"
    )
    result = run(text)
    assert [row.line for row in result.refused] == [3, 4] and result.taken == 1


def test_a_make_that_stands_once_is_asked_for(session_maker: SessionMaker, run: Run) -> None:
    text = f"{HEAD}\n" + "".join(
        f"{V.format(n=n)};{make};X{n};2019;1;900000;б/у\n" for n, make in enumerate(["Kia", "", "Lada", ""])
    )
    result = run(text)
    assert refused(result) == [1, 3] and any("fill-down" in note for note in result.notes)
    assert run(text, answers={"fill-down": "yes"}).taken == 2
    assert stored(session_maker, "make") == ["Kia", "Kia", "Lada", "Lada"]


def test_make_and_model_in_one_column_are_parted_behind_a_known_make(session_maker: SessionMaker, run: Run) -> None:
    text = "VIN;Марка, модель;Год;Пробег;Цена;Состояние\n" + "".join(
        f"{V.format(n=n)};{name};2019;1;900000;б/у\n"
        for n, name in enumerate(["Land Rover Discovery", "Лада Веста", "Great Wall Hover H3", "Нечто Странное", "Kia"])
    )
    assert refused(run(text)) == [3, 4]
    assert stored(session_maker, "make, model") == [
        ("Land Rover", "Discovery"),
        ("Лада", "Веста"),
        ("Great Wall", "Hover H3"),
    ]


@pytest.mark.parametrize("head", ["VIN (last 8)", "VIN", "vin последние цифры"])
def test_the_end_of_a_vin_is_no_vin(session_maker: SessionMaker, run: Run, head: str) -> None:
    text = f"{HEAD}\n".replace("VIN", head) + "".join(f"0000{n}081;Kia;Rio;2019;1;900000;б/у\n" for n in range(3))
    with pytest.raises(ColumnsDoNotFit, match=r"VIN"):
        run(text)
    assert stored(session_maker, "vin") == []


def test_a_column_that_tells_how_good_a_car_is_says_nothing_of_new_and_used(run: Run) -> None:
    with pytest.raises(ColumnsDoNotFit, match="like new"):
        run(cells("condition", "like new", "excellent", "new", "good"))


def test_days_that_read_two_ways_are_asked_for(session_maker: SessionMaker, run: Run) -> None:
    text = cells("arrived_on", "03/04/2025", "05/06/2025", head="Поступил")
    assert any("--answer dates=…" in note for note in run(text).notes)
    assert len(set(stored(session_maker, "arrived_on"))) == 1  # today's, for none was taken from the list
    run(text.replace("XTA", "XTB"), answers={"dates": "month-first"})
    assert [str(day) for day in stored(session_maker, "arrived_on")][2:] == ["2025-03-04", "2025-05-06"]


def test_two_colours_that_differ_are_asked_for_and_left_out(session_maker: SessionMaker, run: Run) -> None:
    text = f"{HEAD};Цвет;Цвет кузова\n{V.format(n=1)};Kia;Rio;2019;1;900000;б/у;красный;белый\n"
    assert any("color-column" in note for note in run(text).notes)
    assert stored(session_maker, "color") == [None]
    run(text.replace("0001;", "0002;"), answers={"color-column": "9"})
    assert stored(session_maker, "color") == [None, "белый"]


def test_titles_between_the_cars_are_told_in_short(run: Run) -> None:
    result = run(f"{HEAD}\nНовые автомобили;;;;;;\n{V.format(n=1)};Kia;Rio;2019;1;900000;новый\n{HEAD}\n")
    assert [(row.line, row.reason) for row in result.refused] == [(2, "Only one cell of this row holds anything.")]


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
@pytest.mark.parametrize("colour", ["Белый", "БЕЛЫЙ", "Синий металлик"])
def test_a_small_file_with_few_russian_letters(
    session_maker: SessionMaker, run: Run, encoding: str, colour: str
) -> None:
    text = f"VIN,Make,Model,Year,Mileage,Price,Condition,Color\n{V.format(n=1)},Kia,Rio,2019,1,1000,used,{colour}\n"
    run(text, encoding)
    assert stored(session_maker, "color") == [colour]


@pytest.mark.parametrize("lines", [260, 9_000])
def test_a_description_of_many_lines_is_one_record(session_maker: SessionMaker, run: Run, lines: int) -> None:
    description = "\n".join("x" for _line in range(lines))
    text = f'{HEAD};Описание\n{V.format(n=1)};Kia;Rio;2019;1;900000;б/у;"{description}"\n'
    result = run(text + f"{V.format(n=2)};Kia;Rio;2019;1;900000;б/у;\n")
    assert (result.taken, result.refused) == (2, ())
    assert stored(session_maker, "length(description)")[0] == len(description)


def test_a_mark_left_open_swallows_no_cars(run: Run) -> None:
    rows = [f"{V.format(n=n)};Kia;Rio;2019;1;900000;б/у;" + ('"открыто' if n in (3, 40) else "") for n in range(60)]
    result = run("\n".join([f"{HEAD};Описание", *rows, ""]))
    assert result.taken == 60 - len(result.refused) and len(result.refused) <= 2


@pytest.mark.parametrize(("title", "key"), [("Цены указаны в тыс. руб.", "price-scale"), ("Prices in USD", "currency")])
def test_a_title_may_say_in_what_the_prices_are(session_maker: SessionMaker, run: Run, title: str, key: str) -> None:
    text = f"{title}\n\n" + cells("price", "900", "850")
    with pytest.raises(ColumnsDoNotFit, match=f"--answer {key}="):
        run(text)
    if key == "price-scale":
        run(text, answers={key: "1000"})
        assert stored(session_maker, "price::int") == [900000, 850000]


def test_a_word_of_one_letter_multiplies_nothing(session_maker: SessionMaker, run: Run) -> None:
    run("Прайс к 1 ноября, тел. 8 800 000 00 00\n" + cells("price", "900000", head="Цена к оплате"))
    assert stored(session_maker, "price::int") == [900000]


def test_a_column_of_units_belongs_to_the_numbers_beside_it(session_maker: SessionMaker, run: Run) -> None:
    rows = [("85000", "mi", "900000", "RUB"), ("85000", "KM", "900000", "руб"), ("85000", "", "9000", "USD")]
    text = "VIN,Make,Model,Year,Odometer,Odometer Unit,Price,Currency,Condition\n" + "".join(
        f"{V.format(n=n)},Kia,Rio,2019,{','.join(row)},used\n" for n, row in enumerate(rows)
    )
    assert refused(run(text)) == [2]
    assert stored(session_maker, "mileage, price::int") == [(136794, 900000), (85000, 900000)]


def test_any_other_price_that_differs_is_asked_about(run: Run) -> None:
    text = f"{HEAD};Цена для Авито\n{V.format(n=1)};Kia;Rio;2019;1;900000;б/у;850000\n"
    with pytest.raises(ColumnsDoNotFit, match="price-column"):
        run(text)
    assert run(text.replace("850000", "900000")).taken == 1


def test_a_yes_or_no_to_new_is_a_condition(session_maker: SessionMaker, run: Run) -> None:
    text = "VIN,Make,Model,Year,Mileage,Price,New\n" + "".join(
        f"{V.format(n=n)},Kia,Rio,2019,1,900000,{said}\n" for n, said in enumerate(["No", "Yes"])
    )
    run(text)
    assert stored(session_maker, "condition::text") == ["used", "new"]
