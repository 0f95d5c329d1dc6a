"""Layouts of dealership software and of lists kept by hand: each recognised without help, or asked, never guessed.

``HEADER => field field ...`` with ``-`` for a column that is left out; the rows below fill the columns.
"""

from pathlib import Path

import pytest

from dealer_desktop.services import car_imports
from dealer_desktop.services.car_imports import ImportOptions, ImportPlan

V = "XTA21099000000{n:03}"
LAYOUTS: dict[str, tuple[str, str, str, str]] = {
    # name: header, a row, fields, keys of the questions
    "english feed": (
        "Type,Stock #,VIN,Year,Make,Model,Trim,Ext Color,Odometer,Internet Price,MSRP,Photos",
        "Used,S-{n},{vin},2024,Toyota,Tacoma,TRD,Red,12500,42995,45000,a|b",
        "condition stock_number vin year make model - color mileage price - -",
        "mileage-unit",
    ),
    "feed with flags": (
        "VIN,Make,Model,Year,Price,MSRP,Mileage (mi),Exterior Color,Interior Color,Dealer Comments,Stock Number,Is New",
        "{vin},Ford,F-150,2019,32995,45000,85000,Blue,Black,ok,S-{n},N",
        "vin make model year price - mileage color - description stock_number condition",
        "",
    ),
    "snake case": (
        "stock_no,vin_num,new_used,model_year,make_name,model_name,kms,selling_price,ext_color,int_color,fuel,trans",
        "S-{n},{vin},Used,2019,Ford,F-150,85000,32995,Blue,Black,Gasoline,6-Speed Automatic",
        "stock_number vin condition year make model mileage price color - engine_type transmission",
        "",
    ),
    "letters for new and used": (
        "Stock Number,VIN,New/Used,Year,Make,Model,Series,Odometer,Color,List Price,Unit Cost,Days In Inventory",
        "S-{n},{vin},U,2019,Ford,F-150,XLT,85000,Blue,32995,28000,40",
        "stock_number vin condition year make model - mileage color price - -",
        "",
    ),
    "asking price among costs": (
        "Stk #,VIN,Year,Make,Model,Kilometers,Condition,Asking Price,Acquisition Cost,Recon Cost,Acquired",
        "S-{n},{vin},2020,Honda,Accord,41200,used,21995,17800,650,2025-08-01",
        "stock_number vin year make model mileage condition price - - arrived_on",
        "",
    ),
    "internet special": (
        "DealerID,StockNumber,VIN,Year,Make,Model,Condition,InternetSpecial,kmDriven",
        "1,S-{n},{vin},2019,Ford,F-150,Used,32995,48120",
        "- stock_number vin year make model condition price mileage",
        "",
    ),
    "german": (
        "FIN;Marke;Modell;EZ;km-Stand;VK-Preis;EK-Preis;Zustand;Getriebe;Kraftstoffart;Außenfarbe",
        "{vin};VW;Golf;03/2019;85.000;12.500;10.000;Gebraucht;Automatik;Benzin;weiß",
        "vin make model year mileage price - condition transmission engine_type color",
        "",
    ),
    "german in full words": (
        "Fahrgestellnummer;Hersteller;Modell;Baujahr;Laufleistung;Verkaufspreis;Zustand;Farbe;Kraftstoff;Getriebe",
        "{vin};Opel;Astra;2018;98 000;9 900;gebraucht;silber;Diesel;Schaltgetriebe",
        "vin make model year mileage price condition color engine_type transmission",
        "",
    ),
    "french": (
        "Marque;Modèle;N° de châssis;Année;Kilométrage;Prix TTC;Couleur;Carburant;Boîte de vitesses;Etat",
        "Renault;Clio;{vin};2019;85 000 km;12 500;Gris foncé;Essence;Manuelle;Occasion",
        "make model vin year mileage price color engine_type transmission condition",
        "",
    ),
    "spanish": (
        "Marca;Modelo;Bastidor;Año;Kilómetros;Precio;Color;Combustible;Cambio;Estado del vehículo",
        "Seat;Ibiza;{vin};2019;85.000;12.500;Rojo;Gasolina;Manual;Usado",
        "make model vin year mileage price color engine_type transmission condition",
        "",
    ),
    "polish": (
        "Marka;Model;Nr VIN;Rok produkcji;Przebieg [km];Cena brutto;Kolor;Paliwo;Skrzynia biegów;Stan",
        "Skoda;Octavia;{vin};2019;85 000;62 500;Żółty;Benzyna;Automatyczna;Używany",
        "make model vin year mileage price color engine_type transmission condition",
        "",
    ),
    "russian accounting": (
        "№;Марка автомобиля;Модель авто;Год вып.;VIN-код;Пробег (км);Цена, руб. с НДС;Цвет кузова;Тип КПП;Состояние",
        "{n};Хавейл;Джолион;2023;{vin};15 000;2 350 000,00;Белый;Робот;б/у",
        "- make model year vin mileage price color transmission condition",
        "",
    ),
    "chinese makes in one column": (
        "VIN;Автомобиль;Год;Пробег, тыс. км;Цена, млн руб;Состояние",
        "{vin};Чери Тигго 7 Про;2022;15;2,15;с пробегом",
        "vin make year mileage price condition",
        "",
    ),
    "purchase and sale": (
        "VIN;Марка;Модель;Год;Пробег;Цена закупки;Цена продажи;Состояние;Цвет салона;Цвет",
        "{vin};Kia;Rio;2019;85000;700000;900000;б/у;чёрный;белый",
        "vin make model year mileage - price condition - color",
        "",
    ),
    "old and new price": (
        "VIN;Марка;Модель;Год;Пробег;Старая цена;Новая цена;Состояние",
        "{vin};Kia;Rio;2019;85000;950000;900000;б/у",
        "vin make model year mileage - price condition",
        "",
    ),
    "price and price with discount": (
        "VIN;Марка;Модель;Год;Пробег;Цена;Цена со скидкой;Состояние",
        "{vin};Kia;Rio;2019;85000;950000;900000;б/у",
        "vin make model year mileage - - condition",
        "price-column",
    ),
    "two currencies": (
        "VIN;Марка;Модель;Год;Пробег;Цена, USD;Цена, руб;Состояние",
        "{vin};Kia;Rio;2019;85000;10000;900000;б/у",
        "vin make model year mileage - price condition",
        "",
    ),
    "another currency": (
        "VIN;Марка;Модель;Год;Пробег;Цена (€);Состояние",
        "{vin};Kia;Rio;2019;85000;10000;б/у",
        "vin make model year mileage - condition",
        "currency",
    ),
    "kopecks": (
        "VIN;Марка;Модель;Год;Пробег;Цена, коп.;Состояние",
        "{vin};Kia;Rio;2019;85000;90000000;б/у",
        "vin make model year mileage - condition",
        "currency",
    ),
    "vin by its values": (
        "Serial;Manufacturer;Model;Model Year;Odometer (km);Retail price;Condition",
        "{vin};Kia;Rio;2019;85000;900000;used",
        "vin make model year mileage price condition",
        "",
    ),
    "engine and fuel": (
        "VIN,Make,Model,Year,Engine,Fuel Type,Mileage km,Price,Condition",
        "{vin},Ford,F-150,2019,3.5L V6,Gasoline,85000,9000,used",
        "vin make model year - engine_type mileage price condition",
        "",
    ),
    "a title with year": (
        "VIN,Title,Mileage,Price,Condition",
        "{vin},2019 Land Rover Defender 110,85000,9000,used",
        "vin make mileage price condition",
        "",
    ),
    "no names at all": (
        "{vin}|Kia|Rio|2019|85000|900000|used",
        "{vin}|Kia|Rio|2019|85000|900000|used",
        "vin make model year mileage price condition",
        "columns",
    ),
    "two mileages": (
        "VIN,Make,Model,Year,Mileage (mi),Mileage (km),Price,Condition",
        "{vin},Kia,Rio,2019,52817,85000,9000,used",
        "vin make model year - mileage price condition",
        "",
    ),
}


def inspected(folder: Path, name: str, encoding: str = "utf-8", **options: object) -> ImportPlan:
    header, row, _fields, _questions = LAYOUTS[name]
    rows = [row.format(n=n, vin=V.format(n=n)) for n in range(1, 5)]
    file = folder / "cars.csv"
    file.write_bytes("\n".join([header.format(n=0, vin=V.format(n=0)), *rows, ""]).encode(encoding))
    return car_imports.inspect(file, ImportOptions(currency="RUB", **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_recognised_or_asked_about(tmp_path: Path, name: str) -> None:
    plan = inspected(tmp_path, name)
    expected, questions = LAYOUTS[name][2:]
    # A column that nobody decided about yet is shown with the field it would have.
    shown = [field if field != "price" or "currency" not in questions else "" for field in plan.fields]
    assert " ".join(field or "-" for field in shown) == expected
    assert [question.key for question in plan.questions] == questions.split()
    assert bool(plan.problems) == bool(questions)
    if not questions:
        assert [row.reason for row in plan.preview] == [""] * 4


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_likelier_answers_make_cars_of_a_layout(tmp_path: Path, name: str) -> None:
    plan = inspected(tmp_path, name, take_likely=True)
    assert all(question.answer for question in plan.questions)
    if "currency" not in LAYOUTS[name][3]:
        assert plan.problems == () and not plan.preview[0].reason
        assert plan.preview[-1].values["vin"] == V.format(n=4)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("chinese makes in one column", {"make": "Чери", "model": "Тигго 7 Про", "mileage": 15000, "price": 2150000}),
        ("german", {"year": 2019, "mileage": 85000, "price": 12500, "condition": "used", "engine_type": "gasoline"}),
        ("a title with year", {"make": "Land Rover", "model": "Defender 110", "year": 2019}),
        ("purchase and sale", {"price": 900000, "color": "белый"}),
        ("two currencies", {"price": 900000}),
        ("two mileages", {"mileage": 85000}),
        ("feed with flags", {"mileage": 136794, "condition": "used", "color": "Blue"}),
        ("french", {"condition": "used", "engine_type": "gasoline", "transmission": "manual", "price": 12500}),
        ("polish", {"condition": "used", "engine_type": "gasoline", "transmission": "automatic"}),
    ],
)
def test_what_a_layout_becomes(tmp_path: Path, name: str, values: dict[str, object]) -> None:
    first = inspected(tmp_path, name).preview[0].values
    assert {field: first[field] for field in values} == values


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("french", "cp1252"), ("polish", "cp1250"), ("german", "cp1252"), ("two currencies", "cp866")],
)
def test_old_encodings_of_a_layout(tmp_path: Path, name: str, encoding: str) -> None:
    assert inspected(tmp_path, name, encoding).fields == inspected(tmp_path, name).fields


@pytest.mark.parametrize(
    ("name", "answers", "price"),
    [
        ("price and price with discount", {"price-column": "7"}, 900000),
        ("price and price with discount", {"price-column": "6"}, 950000),
        ("another currency", {"currency": "as-is"}, 10000),
    ],
)
def test_an_answer_decides(tmp_path: Path, name: str, answers: dict[str, str], price: int) -> None:
    plan = inspected(tmp_path, name, answers=answers)
    assert plan.problems == () and plan.preview[0].values["price"] == price


def test_an_answer_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (problem, _question) = inspected(tmp_path, "price and price with discount", answers={"price-column": "9"}).problems
    assert problem == "“9” is no answer to “price-column”; the answers are 6, 7."
