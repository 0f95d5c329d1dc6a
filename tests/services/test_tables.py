from dealer_desktop.services import tables


def test_smoke(dealership):
    for kind in ("cars", "orders", "payments", "deliveries"):
        for sort in tables.sort_keys(kind):
            for down in (False, True):
                q = tables.TableQuery(kind, search="ла 8912345 abc", sort=sort, descending=down)
                assert len(tables.ids(dealership.reader, q)) == 0
                assert tables.first_page(dealership.reader, q) == []
