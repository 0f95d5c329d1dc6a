"""Makes and models that people write in two alphabets, as they are sold in Russia.

One name a line: how it is written in Latin letters, and after the bar in Russian ones; commas part spellings. The first
of each side is the usual one. Names of several words have as many on each side, so that each word is known by itself.
"""

from collections.abc import Mapping
from functools import cache

_NAMES = """
Acura | акура
Aito | аито
Alfa Romeo | альфа ромео
Aston Martin | астон мартин
Audi | ауди
Aurus | аурус
Avatr | аватр
BAIC | байк, баик
Belgee | белджи, белгее
Bentley | бентли
Bestune | бестун, бестюн
BMW | бмв, бэмвэ
Brilliance | бриллианс, брилианс
Buick | бьюик, буик
BYD | бид, бивайди
Cadillac | кадиллак, кадилак
Changan | чанган, чангань, чаньань
Chery | чери, черри
Chevrolet | шевроле, шевролет
Chrysler | крайслер
Citroën, Citroen | ситроен, ситроэн
Cupra | купра
Dacia | дачия, дачиа
Daewoo | дэу, деу
Daihatsu | дайхатсу, дайхацу
Datsun | датсун
Deepal | дипал
Denza | дэнза, денза
Dodge | додж
Dongfeng | донгфенг, дунфэн, донфенг
Evolute | эволют
Exeed | эксид, эксиид
Exlantix | экслантикс
FAW | фав
Ferrari | феррари
Fiat | фиат
Ford | форд
Forthing | фортинг
Foton | фотон
GAC | гак
GAZ, ГАЗ | газ
Geely | джили, джилли
Genesis | генезис, дженезис
GMC | джиэмси
Great Wall | грейт волл, грейт вол
Haval | хавал, хавейл, хавэйл
Hongqi | хончи, хунци, хонгчи
Honda | хонда
Hummer | хаммер
Hyundai | хендай, хёндэ, хундай, хюндай, хендэ, хёндай, хэндэ
Infiniti | инфинити
Isuzu | исузу
Iveco | ивеко
JAC | джак
Jaecoo | джейку, джаеку, джейко
Jaguar | ягуар
Jeep | джип
Jetour | джетур
Jetta | джетта
Kaiyi | кайи
Kia | киа
Knewstar | кньюстар
LADA | лада
Lamborghini | ламборгини, ламборджини
Land Rover | ленд ровер, лэнд ровер, ланд ровер
Range Rover | рендж ровер, рэндж ровер
Lexus | лексус
Li Auto | ли авто
LiXiang | лисян, лисянг
Lifan | лифан
Lincoln | линкольн
Livan | ливан
Lotus | лотус
Maserati | мазерати
Maybach | майбах
Mazda | мазда
Mercedes Benz | мерседес бенц
Mini | мини
Mitsubishi | мицубиси, митсубиси, митсубиши, мицубиши
Moskvich | москвич
Nissan | ниссан, нисан
Omoda | омода
Opel | опель
Ora | ора
Oting | отинг
Peugeot | пежо
Polestar | полестар
Porsche | порше, порш
Ravon | равон
Renault | рено, рэно
Rolls Royce | роллс ройс, ролс ройс
Saab | сааб
Seat | сеат
Seres | серес
Škoda, Skoda | шкода
Skywell | скайвелл
Smart | смарт
Sollers | соллерс
Soueast | соист
SsangYong | ссангйонг, саньенг, сангенг
Subaru | субару
Suzuki | сузуки
SWM | свм
Tank | танк
Tesla | тесла
Toyota | тойота, тоета, таёта
UAZ | уаз
VAZ | ваз
VGV | вгв
Volga | волга
Volkswagen, VW | фольксваген, вольксваген, фольцваген
Volvo | вольво
Voyah | воя, войя
Wey | вэй
XCITE | иксайт, эксайт
Xiaomi | сяоми, ксиаоми
Xpeng | экспенг, сяопен
Zeekr | зикр, зикер
Zotye | зоти
Almera | альмера
Arkana | аркана
Camry | камри
Cayenne | кайен, каен
Cerato | церато, серато
Corolla | королла
Cooper | купер
Coolray | кулрей
Creta | крета
Cruze | круз
Dashing | дашинг
Duster | дастер
Elantra | элантра
Fluence | флюенс
Focus | фокус
Golf | гольф
Granta | гранта
Jolion | джолион
Kaptur | каптур
Kodiaq | кодиак, кодьяк
Kuga | куга
Largus | ларгус
Logan | логан
Monjaro | монжаро
Murano | мурано
Niva | нива
Octavia | октавия
Optima | оптима
Outlander | аутлендер, аутлэндер
Pajero | паджеро
Patriot | патриот
Polo | поло
Priora | приора
Prado | прадо
Qashqai | кашкай
Rapid | рапид
Rio | рио
Sandero | сандеро
Santa Fe | санта фе
Solaris | солярис
Sonata | соната
Sorento | соренто
Sportage | спортейдж, спортаж
Superb | суперб
Teana | теана
Tiggo | тигго, тиго
Tiguan | тигуан
Touareg | туарег
Tucson | туссан, тусан, туксон
Tugella | тугелла
Vesta | веста
Vitara | витара
X-Trail | икс-трейл
XRAY | иксрей, икс-рей
Zafira | зафира
"""


@cache
def others() -> Mapping[str, tuple[str, ...]]:
    """How else a word may be written, the usual spelling first: by the word in lower case, Ё as Е.

    Read at the first search: it takes as long as a tenth of a start.
    """
    found: dict[str, dict[str, None]] = {}
    for line in _NAMES.strip().splitlines():
        sides = [
            [[*spelling.split()] for spelling in side.strip().split(", ") if spelling.strip()]
            for side in line.split("|")
        ]
        for own, other in (sides, sides[::-1]):
            for spelling in own:
                for place, word in enumerate(spelling):
                    words = [each[place] for each in (*other, *own)]  # "Škoda" is meant by "skoda" too
                    written = found.setdefault(plain(word), {})
                    written.update({each: None for each in words if plain(each) != plain(word)})
    return {word: tuple(written) for word, written in found.items()}


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")
