"""Who works in the demo's dealership and who buys there. All invented; the telephone numbers are of no one."""

from dealer_desktop.domain.enums import Role

DEALER = {
    "name": "Автосалон «Меридиан»",
    "address": "170100, Тверь, Московское шоссе, 12",
    "phone": "+74822445566",
    "tax_id": "6950123456",
    "currency": "RUB",
    "region": "RU",
    "timezone": "Europe/Moscow",
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
