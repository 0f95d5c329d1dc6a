"""What a Russian showroom has: models with their price new (roubles of 2026), their years and how their VINs begin.

The models stand in ``resources/demo/models.csv``. Their WMIs and the first characters of the VDS are those of real
cars (as vininfo reads them); the rest of each number is invented. Position 9 is a check digit where the maker's country
demands one (China: GB 16735, the USA and Canada: 49 CFR 565.15) and any character elsewhere.
"""

import csv
from dataclasses import dataclass

from dealer_desktop.core import paths
from dealer_desktop.domain.enums import EngineType, Transmission


@dataclass(frozen=True)
class Model:
    make: str
    name: str
    trims: tuple[str, ...]
    """Put after the name: engine and equipment."""
    vin: str
    """The first eight characters."""
    first: int
    last: int
    price: int
    """New, in roubles, the plainest trim."""
    engine: EngineType
    gearbox: Transmission
    body: str
    """What is drawn: sedan, hatch, wagon, suv, van."""
    checked: bool
    """Whether position 9 of its VINs is a check digit."""


def models() -> list[Model]:
    with (paths.resources() / "demo" / "models.csv").open(encoding="utf-8", newline="") as file:
        return [
            Model(
                make=row["make"],
                name=row["model"],
                trims=tuple(row["trims"].split("|")),
                vin=row["vin"],
                first=int(row["first"]),
                last=int(row["last"]),
                price=int(row["price"]),
                engine=EngineType(row["engine"]),
                gearbox=Transmission(row["gearbox"]),
                body=row["body"],
                checked=row["check_digit"] == "yes",
            )
            for row in csv.DictReader(file, delimiter=";")
        ]


WANTED = {"LADA": 2, "Haval": 3, "Chery": 3, "Geely": 3, "Hyundai": 2, "Kia": 2, "Toyota": 2, "Škoda": 2, "Renault": 2}
"""How much more often than 1 a make stands on the lot."""

# Words of the dealer's price list, and how each is painted.
COLORS = {
    "Белый": ("#EDEFF1", 10),
    "Чёрный": ("#26282C", 8),
    "Серый": ("#7D838B", 8),
    "Серебристый": ("#C3C8CE", 6),
    "Тёмно-синий": ("#33455F", 4),
    "Синий": ("#2F62A8", 4),
    "Красный": ("#B2302D", 4),
    "Бордовый": ("#6E2630", 2),
    "Зелёный": ("#3F6B52", 2),
    "Бежевый": ("#CDBFA6", 2),
    "Коричневый": ("#6B5443", 2),
    "Оранжевый": ("#D2732B", 1),
    "Голубой": ("#8FB4D4", 1),
}

LOCATIONS = (
    "Салон",
    "Площадка 1, ряд А",
    "Площадка 1, ряд Б",
    "Площадка 2, ряд А",
    "Площадка 2, ряд Б",
    "Склад в Химках",
)

REMARKS = (
    "Один владелец, обслуживался у официального дилера, сервисная книжка заполнена.",
    "Два комплекта резины на дисках. Коврики и сигнализация в подарок.",
    "Кузов без окрасов, есть небольшой скол на капоте.",
    "Окрашена задняя правая дверь, остальное в родной краске.",
    "Панорамная крыша, камеры кругового обзора, подогрев всего, что можно подогреть.",
    "Зимний пакет, фаркоп с документами, защита картера.",
    "Куплен и обслуживался в Твери, зимой стоял в тёплом гараже.",
    "Возможен обмен и оценка вашего автомобиля в день обращения.",
    "Салон в хорошем состоянии, в автомобиле не курили.",
    "По Автотеке без ДТП, ограничений и залогов нет.",
    "Заменены масло, фильтры и передние колодки при постановке на продажу.",
    "Второй ключ и все документы на месте.",
)

# Kind, title, quantity, sum.
EXTRAS = (
    ("accessory", "Коврики в салон и багажник", 1, 8_900),
    ("service", "Сигнализация с автозапуском, установка", 1, 42_000),
    ("accessory", "Зимние шины", 4, 36_800),
    ("fee", "Оформление в ГИБДД", 1, 5_000),
    ("service", "Защитная плёнка на кузов", 1, 65_000),
    ("accessory", "Фаркоп", 1, 24_500),
)
DISCOUNT = "Скидка"
DISCOUNT_REASONS = (
    "Покупатель приходит во второй раз",
    "Автомобиль стоит с прошлого сезона",
    "По рекомендации друзей",
)
