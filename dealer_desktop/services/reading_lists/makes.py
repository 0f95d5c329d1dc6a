"""Makes of cars as lists write them, to part ``Toyota Camry`` and to know a column of makes by its values."""

from functools import lru_cache

from dealer_desktop.services.reading_lists.headers import plain

_MAKES = (
    "acura|aiways|alfa romeo|alpina|alpine|aro|aston martin|audi|aurus|austin|avatr|baic|baw|belgee|bentley|bestune|bmw"
    "|brilliance|bugatti|buick|byd|cadillac|changan|chery|chevrolet|chevy|chrysler|citroen|cupra|dacia|dadi|daewoo"
    "|daihatsu"
    "|datsun|deepal|denza|derways|dodge|dongfeng|doninvest|ds|evolute|exeed|faw|ferrari|fiat|fisker|ford|forthing"
    "|foton|gac"
    "|gaz|geely|genesis|geo|gmc|great wall|hafei|haima|haval|hawtai|hino|holden|honda|hongqi|hozon|hummer|hyundai"
    "|infiniti"
    "|iran khodro|isuzu|iveco|jac|jaecoo|jaguar|jeep|jetour|jetta|jmc|kaiyi|kia|knewstar|koenigsegg|lada|lamborghini"
    "|lancia"
    "|land rover|landrover|leapmotor|lexus|li auto|lixiang|lifan|lincoln|livan|lotus|luaz|lucid|luxgen|lynk co|man"
    "|mahindra"
    "|maruti|maruti suzuki|maserati|maybach|mazda|mclaren|mercedes|mercedes amg|mercedes benz|mercedes maybach"
    "|mercury|mg"
    "|mini|mitsubishi|morgan|moskvich|neta|nio|nissan|oldsmobile|omoda|opel|ora|oshan|oting|pagani|peugeot|plymouth"
    "|polestar|pontiac|porsche|proton|ram|ravon|renault|rivian|roewe|rolls royce|rover|rox|saab|saic|samsung|saturn"
    "|scania"
    "|scion|seat|seres|skoda|skywell|smart|soueast|ssangyong|kg mobility|subaru|suzuki|swm|tagaz|tank|tata|tatra"
    "|tesla|tofas"
    "|toyota|uaz|vauxhall|vaz|venucia|vgv|volga|volkswagen|volvo|voyah|vortex|vw|wey|wiesmann|wuling|xcite|xiaomi"
    "|xpeng|zaz"
    "|zeekr|zil|zotye|zx"
)
_RUSSIAN = (
    "авто ваз|автоваз|акура|альфа ромео|астон мартин|ауди|аурус|бмв|байк|бентли|бид|бьюик|ваз|вольво|вольксваген"
    "|вояж|воя"
    "|гак|газ|джак|джаекo|джейку|джетур|джетта|джили|джип|додж|донгфенг|дунфен|дэу|заз|зил|зикр|иж|инфинити|исузу|ивеко"
    "|кадиллак|киа|крайслер|кайи|лада|лада ваз|ланд ровер|лендровер|лексус|лисян|ли сян|лифан|ливан|мазда|мазерати"
    "|майбах"
    "|мерседес|мерседес бенц|мини|митсубиси|мицубиси|москвич|ниссан|омода|опель|ора|пежо|порше|рено|ровер|сааб|санг енг"
    "|сеат|ситроен|смарт|субару|сузуки|сканиа|танк|тесла|тойота|уаз|фав|фиат|фольксваген|форд|фотон|хавал|хавейл|хафей"
    "|хендай|хендэ|хундай|хонда|хонгчи|хончи|черри|чери|чанган|чанъань|шевроле|шкода|эволют|эксид|ягуар|белджи|соллерс"
    "|sollers|джэтур|лотус|бестурн|вэй|чангань|саньен"
)
_KNOWN = frozenset(f"{_MAKES}|{_RUSSIAN}".split("|"))
_LONGEST = max(name.count(" ") for name in _KNOWN) + 1


@lru_cache(maxsize=16384)
def is_make(text: str) -> bool:
    return plain(text[:60]) in _KNOWN


@lru_cache(maxsize=16384)
def split(text: str) -> tuple[str, str] | None:
    """Make and model of ``Land Rover Defender``, a year before them left away; None where no known make begins it."""
    words = text.replace(",", " ").replace("/", " ").split()[:40]
    if words and words[0].isdigit() and len(words[0]) == 4:
        words = words[1:]
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        if is_make(" ".join(words[:count])):
            return " ".join(words[:count]), " ".join(words[count:])
    return None


@lru_cache(maxsize=16384)
def year_before(text: str) -> str:
    """``2019`` of ``2019 Ford F-150``; else empty."""
    first, _space, _rest = text.strip().partition(" ")
    return first if first.isdigit() and len(first) == 4 else ""
