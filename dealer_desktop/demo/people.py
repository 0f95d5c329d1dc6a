"""Who works in the demo's dealership and who buys there. All invented; the telephone numbers are of no one."""

from datetime import date
from decimal import Decimal
from typing import Any

from dealer_desktop.domain.enums import Role

DEALER: dict[str, Any] = {
    "name": "Автосалон «Меридиан»",
    "address": "170100, Тверь, Московское шоссе, 12",
    "phone": "+74822445566",
    "tax_id": "6950123456",
    "currency": "RUB",
    "region": "RU",
    "timezone": "Europe/Moscow",
    "margin_vat": Decimal(22),
    "margin_vat_from": date(2026, 1, 1),
    "day_cost": Decimal(150),
}

STAFF = (
    ("i.ivanova@meridian-auto.example", "Ирина Иванова", "+79201500101", Role.ADMIN, True),
    ("o.belov@meridian-auto.example", "Олег Белов", "+79201500102", Role.MANAGER, True),
    ("s.karimova@meridian-auto.example", "Сабина Каримова", "+79201500103", Role.MANAGER, True),
    ("a.petrova@meridian-auto.example", "Анна Петрова", "+79201500104", Role.SALESPERSON, True),
    ("d.yusupova@meridian-auto.example", "Дина Юсупова", "+79201500105", Role.SALESPERSON, True),
    ("i.zorin@meridian-auto.example", "Илья Зорин", "+79201500106", Role.SALESPERSON, True),
    ("m.lapin@meridian-auto.example", "Максим Лапин", "+79201500107", Role.SALESPERSON, False),
)

# Name, e-mail's first part; the numbers are made in order.
BUYERS = (
    ("Мария Егорова", "m.egorova"),
    ("Тимур Галиев", "t.galiev"),
    ("Ольга Никитина", "o.nikitina"),
    ("ООО «Вектор-Строй»", "zakupki.vektor"),
    ("Дмитрий Лебедев", "d.lebedev"),
    ("Екатерина Соколова", "e.sokolova"),
    ("Алексей Журавлёв", "a.zhuravlev"),
    ("Сергей Волков", "s.volkov"),
    ("Наталья Белова", "n.belova"),
    ("Руслан Ахметов", "r.ahmetov"),
    ("Ирина Фомина", "i.fomina"),
    ("Павел Кузьмин", "p.kuzmin"),
    ("Юлия Громова", "yu.gromova"),
    ("Артём Савельев", "a.saveliev"),
    ("ИП Мельникова А. В.", "ip.melnikova"),
    ("Виктор Панин", "v.panin"),
    ("Светлана Орлова", "s.orlova"),
    ("Константин Рябов", "k.ryabov"),
    ("Лилия Сафина", "l.safina"),
    ("Глеб Воронцов", "g.vorontsov"),
    ("Елена Тихонова", "e.tihonova"),
    ("Михаил Чернов", "m.chernov"),
    ("Анастасия Крылова", "a.krylova"),
    ("Арам Григорян", "a.grigoryan"),
    ("Нино Беридзе", "n.beridze"),
    ("Айгуль Нурланова", "a.nurlanova"),
    ("Сергей О’Коннор", "s.oconnor"),
    ("Fatima Al-Sayed", "f.alsayed"),
    ("李伟 (Ли Вэй)", "li.wei"),
    ("Jürgen Müller", "j.mueller"),
    ("Anna-Lena Øst", "al.ost"),
    ("ООО «Тверьагропром»", "garage.tverag"),
    ("Фёдор Щербаков", "f.shcherbakov"),
    ("Жанна Ёлкина", "zh.elkina"),
    ("Валентина Игоревна Кудрявцева-Заболоцкая", "v.kudryavtseva"),
    ("Никита Попов", "n.popov"),
    ("Софья Лазарева", "s.lazareva"),
    ("Рустам Хабибуллин", "r.habibullin"),
    ("Денис Морозов", "d.morozov"),
    ("Оксана Шевчук", "o.shevchuk"),
    ("Георгий Мамедов", "g.mamedov"),
    ("Полина Котова", "p.kotova"),
    ("Ярослав Быков", "ya.bykov"),
    ("Вера Зимина", "v.zimina"),
    ("АО «Волжские перевозки»", "auto.volga"),
    ("Роман Киселёв", "r.kiselev"),
    ("Алина Гусева", "a.guseva"),
    ("Степан Ершов", "s.ershov"),
)

# What contracts need of the companies among them: tax id, who signs and by what right, and their address.
COMPANIES = {
    "ООО «Вектор-Строй»": ("6950200013", "Геннадий Павлович Усов", "Устав", "170001, Тверь, ул. Индустриальная, 9"),
    "ИП Мельникова А. В.": (
        *("695012345601", "Алла Викторовна Мельникова", "Свидетельство о регистрации № 304695012300017"),
        "171506, Кимры, ул. Кирова, 21",
    ),
    "ООО «Тверьагропром»": (
        *("6949300021", "Лариса Олеговна Хохлова", "Доверенность № 14 от 12 января 2026 года"),
        "170540, Тверская обл., дер. Кривцово, 3",
    ),
    "АО «Волжские перевозки»": ("6951400032", "Марат Ильдарович Юнусов", "Устав", "171640, Кашин, ул. Вокзальная, 2"),
}

STREETS = (
    "Тверь, ул. Советская, 14",
    "Тверь, пр-т Победы, 41, кв. 18",
    "Тверь, ул. Трёхсвятская, 6, кв. 77",
    "Конаково, ул. Учебная, 3",
    "Торжок, ул. Луначарского, 22",
    "Ржев, Ленинградское шоссе, 8",
    "Вышний Волочёк, ул. Осташковская, 5",
    "Клин, ул. Гагарина, 37, кв. 4",
    "Москва, Дмитровское шоссе, 100, стр. 2",
    "Зеленоград, корп. 1204",
    "Редкино, ул. Фадеева, 11",
    "Лихославль, пер. Капустина, 2",
)

COMMENTS = (
    (5, "Оформили за два часа, всё показали и рассказали. Спасибо Анне."),
    (5, "Машина как в описании, без сюрпризов."),
    (4, "Хороший автомобиль, но бензина в баке было на донышке."),
    (5, "Привезли прямо к дому, помогли настроить телефон."),
    (3, "Ждали доставку на день дольше, чем обещали."),
    (4, "Салон чистый, резина с запасом. Торг был небольшой."),
    (5, "Третий автомобиль берём здесь."),
    (2, "В объявлении не было про скол на стекле."),
    (5, None),
    (4, "Trade-in оценили честно."),
    (5, "Доволен, рекомендую."),
    (4, None),
    (1, "Перезвонили только через два дня."),
    (5, "Very helpful staff, thank you."),
)

CANCEL_REASONS = (
    "Покупатель передумал",
    "Банк отказал в кредите",
    "Выбрал другой автомобиль",
    "Не вышел на связь две недели",
)

OLD_CARS: tuple[tuple[dict[str, Any], Decimal, Decimal], ...] = (
    (
        {
            "vin": "XTA219010G0123",
            "make": "LADA",
            "model": "Granta",
            "year": 2016,
            "mileage": 112_000,
            "price": 390_000,
        },
        Decimal(310_000),
        Decimal(0),
    ),
    (
        {
            "vin": "Z94CB41BAJ0123",
            "make": "Hyundai",
            "model": "Solaris",
            "year": 2018,
            "mileage": 86_500,
            "price": 940_000,
        },
        Decimal(800_000),
        Decimal(150_000),
    ),
    (
        {
            "vin": "XW8ZZZ61ZJ0123",
            "make": "Volkswagen",
            "model": "Polo",
            "year": 2018,
            "mileage": 97_300,
            "price": 880_000,
        },
        Decimal(740_000),
        Decimal(0),
    ),
)
"""What buyers come with, without the VIN's end: the car, what is allowed for it, and what of that goes to a bank."""

AGREED_CAR = {"vin": "XW8AC2NH7HK1", "make": "Škoda", "model": "Rapid", "year": 2017, "mileage": 104_000}
"""What a buyer is still to come with, without the VIN's end."""
