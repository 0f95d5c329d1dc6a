"""The one table of what columns are called: in Russian, English, German, French, Spanish and Polish, in the feeds of
dealership software and in lists that people keep by hand.

Names are written as ``headers.plain`` makes them: small letters, words parted by one space, no punctuation, units and
currencies left away, ``#`` and ``№`` as ``number``. Names of one field are parted by ``|``.
"""

MEANS = {
    "vin": "vin|vin code|vin number|vin num|vin no|vin nr|vehicle vin|car vin|vin номер|vin код|вин|вин код|вин номер"
    "|номер vin|код vin|chassis|chassis number|chassis no|идентификационный номер|номер кузова|vin номер кузова"
    "|vin шасси|vehicle identification number|vehicle id number|vehicle identification no"
    "|fin|fahrgestellnummer|fahrgestell number|fahrzeug identifizierungsnummer|fahrzeugidentifikationsnummer"
    "|fahrgestellnr|numero de serie|numero de chassis|numero vin|num chassis|n serie|vin chassis"
    "|bastidor|numero de bastidor|n bastidor|chasis|nr vin|numer vin|numer nadwozia|nr nadwozia|vin nadwozia"
    "|17 digit vin|full vin|serial vin",
    "make": "make|brand|maker|manufacturer|car make|car brand|vehicle make|make name|brand name|marque name|марка"
    "|бренд|производитель|изготовитель|марка автомобиля|марка авто|марка тс|марка машины|автомобильная марка"
    "|marke|hersteller|fabrikat|marque|constructeur|marca|fabricante|marka|producent|marka pojazdu|make desc",
    "model": "model|car model|vehicle model|model name|model desc|модель|модель автомобиля|модель авто|модель тс"
    "|модель машины|наименование модели|modell|modellbezeichnung|fahrzeugmodell|modele|modele vehicule|modelo"
    "|model pojazdu|nazwa modelu",
    "year": "year|model year|modelyear|vehicle year|car year|my|year of manufacture|production year|manufacture year"
    "|year made|built|build year|yr|год|год выпуска|год вып|год выпуска тс|год выпуска автомобиля|год изг"
    "|г в|г вып|год в|модельный год|год производства|год изготовления|год изготовления тс|baujahr|modelljahr|bj"
    "|annee|annee modele|millesime|ano|año|ano modelo|año modelo|año de fabricacion|ano fabricacion"
    "|rok|rok produkcji|rocznik",
    "mileage": "mileage|milage|odometer|odometer reading|odo|kilometers|kilometres|kilometrage|miles|km|kms|km driven"
    "|kilometers driven|driven|vehicle mileage|current mileage|actual mileage|пробег|одометр|километраж"
    "|показания одометра|пробег автомобиля|пробег авто|пробег тс|текущий пробег|тек пробег"
    "|kilometerstand|laufleistung|km stand|tachostand|kilometer|gelaufene kilometer|kilometraje|recorrido"
    "|przebieg|stan licznika|kilometros",
    "price": "price|internet price|internet special|special price|asking price|ask price|sale price|selling price"
    "|list price|retail price|retail|our price|web price|website price|advertised price|final price|discounted price"
    "|net price|promo price|cash price|current price"
    "|price of car|car price|vehicle price|dealer price|offer price|prices|цена|стоимость|цена продажи|продажная цена"
    "|розничная цена|розница|цена авто|цена автомобиля|цена тс|прайс|цена розничная|цена реализации|цена на сайте"
    "|цена с ндс|цена со скидкой|цена с учетом скидки|акционная цена|цена по акции|спеццена|промо цена|цена итого"
    "|итоговая цена|цена для клиента|цена к оплате|стоимость автомобиля"
    "|preis|verkaufspreis|vk preis|preis brutto|brutto preis|bruttopreis|endpreis|vkp|prix|prix de vente|prix ttc"
    "|prix vente|precio|precio de venta|precio venta|pvp|cena|cena brutto|cena sprzedazy|sale amount|precio contado",
    "condition": "condition|new used|used new|newused|new or used|new used flag|stock type|inventory type|car condition"
    "|vehicle condition|vehicle type new used|состояние|состояние автомобиля|состояние авто|новый б у"
    "|новый с пробегом|тип новый с пробегом|новый подержанный|zustand|fahrzeugzustand|neu gebraucht|etat"
    "|neuf occasion|estado del vehiculo|condicion|nuevo usado|stan pojazdu|stan|nowy uzywany",
    "color": "color|colour|exterior color|exterior colour|ext color|ext colour|exteriorcolor|body color|body colour"
    "|outside color|car color|vehicle color|paint|paint color|цвет|цвет кузова|цвет автомобиля|цвет авто|цвет тс"
    "|окраска|цвет экстерьера|наружный цвет|farbe|aussenfarbe|außenfarbe|lackierung|farbe aussen|farbe außen"
    "|couleur|couleur exterieure|teinte|couleur ext|color exterior|kolor|kolor nadwozia|lakier",
    "engine_type": "engine type|fuel|fuel type|fueltype|fuel kind|тип двигателя|топливо|тип топлива|вид топлива"
    "|вид двигателя|kraftstoff|kraftstoffart|treibstoff|antrieb kraftstoff|antriebsart|carburant|energie"
    "|combustible|tipo de combustible|combustivel|paliwo|rodzaj paliwa|typ paliwa",
    "transmission": "transmission|transmission type|trans|gearbox|gear box|gear|gearbox type|gear type|кпп|тип кпп"
    "|вид кпп"
    "|коробка|коробка передач|тип коробки|тип коробки передач|трансмиссия|getriebe|getriebeart|schaltung"
    "|boite|boite de vitesses|boite de vitesse|bv|transmision|caja de cambios|caja|cambio|tipo de cambio"
    "|skrzynia|skrzynia biegow|rodzaj skrzyni biegow",
    "description": "description|vehicle description|comment|comments|seller comments|dealer comments|note|notes|remark"
    "|remarks|описание|комментарий|комментарии|примечание|примечания|beschreibung|bemerkung|bemerkungen"
    "|commentaire|commentaires|descripcion|observaciones|opis|uwagi",
    "stock_number": "stock number|stock no|stock|stock id|stock nr|stk number|stk no|stk|stocknumber|stockno|stocknum"
    "|inventory number|inventory id|dealer stock number|складской номер|складской number|номер на складе"
    "|инвентарный номер|внутренний номер|складской код|бортовой номер|lagernummer|lager number|interne nummer"
    "|bestandsnummer|stammnummer|numero de stock|numero stock|ref stock|numero de inventario|nr magazynowy"
    "|numer magazynowy|stock num",
    "location": "location|place|showroom|parking|lot location|vehicle location|store location|место|местонахождение"
    "|место стоянки|площадка|расположение|где стоит|стоянка|филиал|автосалон|standort|filiale|emplacement|ubicacion"
    "|lokalizacja|plac",
    "arrived_on": "arrived on|arrived|arrival|arrival date|in stock since|in stock date|date in stock|stock date"
    "|inventory date|received|received on|date received|date in|acquired|acquired on|acquisition date|acquired date"
    "|дата поступления|поступил|поступление|прибыл|дата прибытия|дата прихода|на складе с|дата приемки"
    "|дата постановки на склад|eingang|eingangsdatum|zugangsdatum|im bestand seit|date d arrivee|date arrivee"
    "|date entree|fecha de entrada|fecha de llegada|data przyjecia|data przyjazdu",
}
"""What a column of this name holds, where it is the only one."""

ALSO_MEANS = {
    "vin": "serial|serial number|frame number|номер шасси|номер рамы",
    "year": "erstzulassung|ez|first registration|first registered|registration year|reg year|mise en circulation"
    "|date de mise en circulation|premiere mise en circulation|primera matriculacion|fecha de matriculacion"
    "|matriculacion|data pierwszej rejestracji|pierwsza rejestracja|дата первой регистрации|год регистрации"
    "|date of manufacture|дата выпуска|дата производства|production date",
    "price": "msrp|sticker price|sticker|suggested price|рекомендованная цена|ррц|мрц|uvp|listenpreis|neupreis"
    "|cena katalogowa|regular price|base price|рекомендованная розничная цена|starting price|valor|montant|kwota"
    "|сумма|amount|preis netto|prix ht|cena netto|цена без ндс",
    "engine_type": "engine|двигатель|мотор|motor|moteur|silnik|engine description|motorisation",
    "condition": "type|status|vehicle type|категория|тип|stock status|category|art|typ|vehicle status|estado|kategorie",
}
"""What it may hold too: taken where nothing better is there, told, and for what every car needs asked."""

NOT_OURS = (
    "purchase price|cost|cost price|acquisition cost|total cost|invoice|invoice price|dealer cost|recon cost|buy price"
    "|wholesale|wholesale price|kbb|kbb price|jd power|mmr|black book|trade in value|book value|market price"
    "|market average|monthly payment|payment|down payment|deposit|old price|was price|previous price|reserve price"
    "|minimum price|floor price|auction price|bid|current bid|high bid|rebate|discount|savings|tax|fee|fees"
    "|опт|закупка|закуп|цена закупки|закупочная цена|цена закупочная|цена покупки|себестоимость|вход|входная цена"
    "|старая цена"
    "|цена старая|прежняя цена|цена до скидки|скидка|выгода|платеж|ежемесячный платеж|взнос|аванс|минимальная цена"
    "|рыночная цена|средняя цена|оценка|наценка|маржа|прибыль|пошлина|утильсбор"
    "|einkaufspreis|ek|ek preis|prix d achat|precio de compra|cena zakupu|cena hurtowa"
    "|interior color|int color|interior colour|interior|цвет салона|салон|цвет интерьера|innenfarbe|polster"
    "|couleur interieure|color interior|kolor wnetrza|tapicerka|color code|paint code|код цвета"
    "|registration number|plate|license plate|kennzeichen|госномер|гос номер|грз|immatriculation|matricula"
    "|nr rejestracyjny|птс|номер птс|эптс|стс|номер двигателя|engine number|model code|model id|make id"
    "|модель двигателя"
    "|vin last 8|last 8|last 8 of vin|vin last 6|last 6|last 6 of vin|short vin|partial vin|last8|last6|vin8"
    "|последние цифры vin|vin последние цифры|хвост vin|vin кратко"
    "|engine size|engine volume|displacement|объем двигателя|объем|engine cylinders|cylinders|horsepower|power"
    "|мощность|hubraum|leistung|engine displacement|engine hp"
    "|photo|photos|photourl|image|imagelist|images|picture|pictures|photo url|photo urls|image list|image urls|url|link"
    "|фото|ссылка|posted date|dealer id|dealer name|dealer phone|dealer address|body|body type|body style|кузов"
    "|тип кузова|drivetrain|drive train|drive|привод|owner|owners|владельцы|age|title|title status|warranty|doors|seats"
    "|tuv|hu|tüv|hsn|tsn"
)
"""Known to be something else, however much their names resemble one of ours."""

WORDS = {
    "price": (
        "price|цена|preis|prix|precio|cena",
        "purchase|cost|old|was|month|monthly|min|minimum|floor|market|invoice"
        "|wholesale|reserve|bid|trade|закуп|закупки|закупочная|закупка|покупки|старая|себестоимость|до|без|рыночная"
        "|einkauf|achat|compra|zakupu|history|date|дата|change|drop|per|diff|type|code|note|comment|netto|ht"
        "|скидка|скидки|скидкой|trade in|min|max|book|average|средняя|прежняя|входная|дилера|dealer|опт|оптовая",
    ),
    "color": (
        "color|colour|цвет|farbe|couleur|kolor",
        "interior|int|inside|trim|seat|code|id|hex|салона|салон|интерьера|код"
        "|innen|innenfarbe|interieure|wnetrza|roof|top|крыши|secondary|second",
    ),
    "mileage": (
        "mileage|odometer|пробег|kilometerstand|przebieg|kilometrage",
        "unit|units|type|date|status|city|highway|hwy|per|average|avg|дата|единица|max|last|previous|прошлый|allowance",
    ),
    "vin": (
        "vin|вин",
        "last|short|partial|tail|check|status|url|link|хвост|последние|кратко|проверка|report|отчет|decoded"
        "|pattern|prefix|image|photo|valid|8|6",
    ),
    "year": (
        "год|year|baujahr|annee|rok",
        "регистрации|registration|age|дата|date|end|warranty|гарантии|to|end|последнего|владения|ownership",
    ),
    "condition": (
        "condition|состояние|zustand",
        "report|grade|score|note|notes|comment|описание|оценка|disclosure|url"
        "|техническое|engine|body|interior|exterior|tire|tires",
    ),
    "transmission": (
        "transmission|кпп|gearbox|getriebe",
        "speed|speeds|number|номер|code|код|gears|передач|description|warranty|problem",
    ),
    "engine_type": (
        "fuel|топливо|топлива|kraftstoff|carburant|combustible|paliwo",
        "economy|capacity|consumption|tank|расход|бак|city|hwy|highway|price|mpg|level|system|система",
    ),
    "stock_number": ("stock", "date|type|status|photo|url|price|days|age|in|out|image|since"),
}
"""A name that no line above has means the field where it holds one of the first words and none of the second."""

STATUS = (
    "status|vehicle status|stock status|inventory status|sale status|car status|availability|available|статус"
    "|статус продажи"
    "|статус автомобиля|статус авто|наличие|доступность|состояние продажи|состояние сделки|verfugbarkeit"
    "|verfügbarkeit|verkaufsstatus|statut|disponibilite|disponibilidad|dostepnosc|status pojazdu|estado de venta"
    "|state of sale"
)
"""Whether the car is still for sale, where its values say so."""
SOLD_WHEN_FILLED = (
    "sold date|date sold|sold on|sale date|sold at|дата продажи|дата реализации|дата выдачи|verkauft am|verkaufsdatum"
    "|date de vente|fecha de venta|data sprzedazy|sold to|покупатель|buyer|sold price|цена реализации факт"
)
"""Something stands here only for cars that are sold."""
SOLD_WHEN_YES = (
    "sold|is sold|продан|продано|verkauft|vendu|vendido|sprzedany|issold|reserved|is reserved|зарезервирован"
)
"""A yes, or a mark, says that the car is not for sale."""

MAKE_AND_MODEL = (
    "make model|make and model|make and model name|brand model|vehicle|car|car name|vehicle name|name|title"
    "|автомобиль|авто"
    "|марка модель|марка и модель|марка модель автомобиля|марка модель тс|наименование|машина|тс|транспортное средство"
    "|fahrzeug|bezeichnung|fahrzeugbezeichnung|marke modell|marke und modell|vehicule|marque modele|vehiculo"
    "|marca modelo"
    "|marca y modelo|pojazd|samochod|marka model|marka i model|year make model|heading|model full name"
)
"""May hold make and model in one, where no column of their own does."""

IS_NEW = "new|is new|isnew|is new car|новый|новая|new vehicle flag"
"""A yes says that the car is new, a no that it is used."""

UNIT_OF = {
    "mileage": "mileage unit|mileage units|mileage value unit|odometer unit|odometer units|odometer type"
    "|mileage type"
    "|distance unit|unit|units|единица пробега|ед пробега|ед изм|единица измерения|единицы пробега|einheit|unite|unidad"
    "|jednostka",
    "price": "currency|price currency|currency code|ccy|валюта|валюта цены|wahrung|devise|monnaie|moneda|divisa|waluta",
}
"""A column that says for each row in what the number of another one is."""

AMERICAN = (
    "msrp|zip|zip code|postal code|title status|kbb|kbb price|jd power|mmr|stk number|internet price|black book|carfax"
)
"""Names that stand in lists whose mileage is in miles."""
