"""``import-costs``: a list of what cars cost, tried and taken, and what it refused in a file."""

from collections.abc import Callable
from pathlib import Path

from dealer_desktop.server.connect import connect
from tests.models.conftest import Shop
from tests.test_main import say, shared  # noqa: F401

Say = Callable[..., tuple[int, str, str]]
LIST = "Машина;Итого к оплате;Заметка\n{vin};1 500,50;=двери\nXTA00000000000000;7;\n{vin};много;\n"


def test_a_list_of_costs(say: Say, shared: str, tmp_path: Path) -> None:  # noqa: F811
    with connect(shared) as connection:
        shop = Shop(connection)
        vin = shop.get("cars", shop.car())["vin"]
        file, rejects = tmp_path / "затраты.csv", tmp_path / "rejects.csv"
        file.write_text(LIST.format(vin=vin), "cp1251")
        code, out, err = say("import-costs", str(file), "--kind", "repair")
        assert (code, out) == (1, "") and "VIN" in err, "no column is known"
        given = ["import-costs", str(file), "--kind", "repair", "--map", "Машина=vin", "--map", "Итого к оплате=amount"]
        code, out, err = say(*given, "--map", "Заметка=note", "--dry-run")
        assert (code, err) == (0, "")
        assert out.startswith("1 cost would be entered. 2 lines would be refused.\n")
        assert shop.one("SELECT count(*) FROM car_costs") == 0
        code, out, err = say(*given, "--rejects", str(rejects), "--all-or-nothing")
        assert code == 1 and "0 costs are entered" in err
        code, out, err = say(*given, "--map", "Заметка=note", "--rejects", str(rejects))
        assert (code, err) == (0, "")
        assert out.splitlines()[0] == "1 cost is entered. 2 lines were refused."
        assert "XTA00000000000000" in out and "Line 4" in out
        assert shop.run("SELECT kind::text, amount::text, note FROM car_costs") == [
            {"kind": "repair", "amount": "1500.50", "note": "=двери"}
        ]
        refused = rejects.read_text("utf-8-sig").splitlines()
        assert refused[0] == "Машина,Итого к оплате,Заметка,Line in the file,Reason"
        assert [line.split(",")[0] for line in refused[1:]] == ["XTA00000000000000", vin]
        assert say(*given, "--map", "Заметка=note")[1].startswith("0 costs are entered. 1 was entered before.")
