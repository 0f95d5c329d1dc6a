"""Papers whose pages and words are stored: short, long, Russian, English, of one page and of many.

``python -m tests.ui.printing.stored_papers`` writes them anew after a change that is meant; look at each then.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QGuiApplication, QImage

from dealer_desktop.documents import (
    Paper,
    delivery_list,
    draft_paper,
    drawer_draft,
    empty_act,
    issued_paper,
    order_summary,
    price_tag,
    takings_paper,
)
from dealer_desktop.domain.document_facts import Buyer, LineFacts
from dealer_desktop.domain.enums import CustomerKind, DocumentKind, OrderLineKind
from dealer_desktop.services.rows import OrderDetails
from dealer_desktop.services.takings import Takings
from dealer_desktop.ui import printing
from dealer_desktop.ui.printing import Size
from tests.documents.conftest import CAR, DEALER, DELIVERY, EXPECTED, ORDER, PAYMENT
from tests.documents.test_numbered_paper import AT, FACTS, SIGNER, issued
from tests.documents.test_own_templates import DRAWER
from tests.documents.test_takings_paper import LINES

STORED = Path(__file__).parent / "stored"
DPI = 40
DAY = date(2026, 11, 24)
LONG = "Общество с ограниченной ответственностью «Межрегиональная лизинговая компания Урало-Сибирского округа»"
ADDRESS = "620014, Свердловская область, городской округ Екатеринбург, улица Героев Отечественной войны, дом 115/2"


def logo() -> bytes:
    """A plain mark, four times as wide as high."""
    picture = QImage(400, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("#494949"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _summary(language: str, **changes: object) -> Paper:
    payments = changes.pop("payments", (PAYMENT, EXPECTED))
    dealer = changes.pop("dealer", DEALER)
    order = replace(ORDER, **changes)  # type: ignore[arg-type]
    details = OrderDetails(order, CAR, payments, (DELIVERY,), dealer)  # type: ignore[arg-type]
    return order_summary(details, language, at=AT, signer=SIGNER)


def _long_summary() -> Paper:
    many = tuple(replace(PAYMENT, id=number, amount=Decimal(number)) for number in range(1, 70))
    dealer = replace(DEALER, name=LONG, address=ADDRESS, logo=logo())
    return _summary("en", payments=many, dealer=dealer, customer_name=LONG, delivery_address=ADDRESS)


def _long_contract() -> Paper:
    lines = tuple(
        LineFacts(OrderLineKind.SERVICE, f"{number}. {LONG}", Decimal(number), Decimal(number * 1000))
        for number in range(1, 40)
    )
    buyer = Buyer(
        LONG, 5, "+79123456789", kind=CustomerKind.COMPANY, address=ADDRESS, tax_id="7701000000",
        signed_by="генерального директора Константинопольского К. К.", signed_on_basis="Устава",
    )  # fmt: skip
    return issued_paper(
        issued(DocumentKind.CONTRACT, replace(FACTS, buyer=buyer, lines=lines)), "ru", signer=SIGNER, copied=AT
    )


def _bare_contract() -> Paper:
    bare = replace(
        FACTS,
        buyer=Buyer("Anna"),
        car=replace(FACTS.car, title_number=None),
        seller=replace(FACTS.seller, signed_by=None, bank_details=None),
    )
    return draft_paper(DocumentKind.CONTRACT, bare, "en", at=AT)


PAPERS: dict[str, Callable[[], Paper]] = {
    "summary-ru": lambda: _summary("ru"),
    "summary-long-en": _long_summary,
    "contract-ru": lambda: issued_paper(issued(DocumentKind.CONTRACT), "ru", signer=SIGNER),
    "contract-long-ru": _long_contract,
    "contract-bare-en": _bare_contract,
    "act-en": lambda: issued_paper(issued(DocumentKind.HANDOVER_ACT), "en", signer=SIGNER),
    "act-empty-ru": lambda: empty_act(FACTS, "ru", at=AT),
    "receipt-ru": lambda: issued_paper(issued(DocumentKind.RECEIPT), "ru", signer=SIGNER),
    "price-tag-a5-ru": lambda: price_tag(CAR, DEALER, "ru", at=AT),
    "price-tag-en": lambda: price_tag(CAR, DEALER, "en", at=AT),
    "takings-ru": lambda: takings_paper(Takings(DAY, DAY, LINES), DEALER, "ru", at=AT),
    "delivery-list-en": lambda: delivery_list(
        DAY, [replace(DELIVERY, id=number, balance=Decimal(number % 2)) for number in range(20)], DEALER, "en", at=AT
    ),
    "drawer-report-ru": lambda: drawer_draft(DRAWER, "ru", at=AT),
}


def draw(name: str, folder: Path) -> tuple[list[Path], str]:
    """The pages as small grey pictures, and the words line by line; what is only spacing is left out."""
    file = folder / f"{name}.pdf"
    printing.to_pdf(PAPERS[name](), file, Size.A5 if "-a5-" in name else Size.A4)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-png", file, file.with_suffix("")], check=True)
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    lines = (" ".join(line.replace("\u00a0", " ").split()) for line in told.splitlines())
    return sorted(folder.glob(f"{name}-*.png")), "\n".join(filter(None, lines)) + "\n"


def eight_greys(page: QImage) -> QImage:
    """Enough to compare with, and a third of the size."""
    greys = QImage(page.size(), QImage.Format.Format_Indexed8)
    greys.setColorTable([QColor(level, level, level).rgb() for level in (0, 36, 73, 109, 146, 182, 219, 255)])
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    return grey.convertToFormat(QImage.Format.Format_Indexed8, greys.colorTable())


def main() -> None:
    _application = QGuiApplication(sys.argv[:1])
    STORED.mkdir(exist_ok=True)
    for old in STORED.iterdir():
        old.unlink()
    with TemporaryDirectory() as folder:
        for name in PAPERS:
            pages, words = draw(name, Path(folder))
            (STORED / f"{name}.txt").write_text(words, "utf-8")
            for page in pages:
                eight_greys(QImage(str(page))).save(str(STORED / f"{name}-{page.stem.rpartition('-')[2]}.png"))


if __name__ == "__main__":
    main()
