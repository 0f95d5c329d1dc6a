"""A stock of any size on a bundled database, made by SQL: makes, colours and prices repeat as those of real cars do."""

from typing import Any

import psycopg

_FILL = """
    INSERT INTO cars (vin, make, model, year, mileage, price, condition, color, engine_type, transmission,
                      description, stock_number, location, arrived_on)
    SELECT 'XTA' || upper(substr(md5(n::text), 1, 7)) || lpad(n::text, 7, '0'),
        (ARRAY['LADA', 'Haval', 'Chery', 'Geely', 'Hyundai', 'Kia', 'Toyota', 'Škoda', 'Renault', 'УАЗ'])[n %% 10 + 1],
        (ARRAY['Vesta', 'Jolion', 'Tiggo 7 Pro', 'Coolray', 'Solaris', 'Rio', 'Camry', 'Octavia', 'Duster', 'Патриот'])
            [n %% 10 + 1] || ' ' || (ARRAY['1.6 MT', '2.0 AT', 'Comfort', 'Люкс'])[n / 10 %% 4 + 1],
        2006 + hashint4(n) %% 10 + 10, abs(hashint4(n + 1)) %% 300000, 300000 + abs(hashint4(n + 2)) %% 5000 * 1000,
        (ARRAY['new', 'used'])[(n %% 3 > 0)::int + 1]::car_condition,
        (ARRAY['Белый', 'Чёрный', 'Серый', 'Silver', 'Red', NULL])[abs(hashint4(n + 3)) %% 6 + 1],
        (ARRAY['gasoline', 'diesel', 'hybrid', 'electric'])[abs(hashint4(n + 4)) %% 4 + 1]::engine_type,
        (ARRAY['manual', 'automatic', 'cvt'])[abs(hashint4(n + 5)) %% 3 + 1]::transmission,
        CASE WHEN n %% 4 = 0 THEN 'Один владелец, сервисная книжка, зимние колёса, номер ' || n END,
        'B-' || n, (ARRAY['Двор', 'Showroom', 'Склад 2'])[n %% 3 + 1], DATE '2026-11-01' - abs(hashint4(n + 6)) %% 3650
    FROM generate_series(%(first)s::int, %(last)s::int) n
"""


def fill(raw: psycopg.Connection[Any], rows: int) -> None:
    """Let there be ``rows`` cars. The triggers are off meanwhile: only the table is measured, not its history."""
    found = raw.execute("SELECT count(*) FROM cars").fetchone()
    assert found is not None
    if found[0] < rows:
        raw.execute("ALTER TABLE cars DISABLE TRIGGER USER")
        raw.execute(_FILL, {"first": found[0] + 1, "last": rows})
        raw.execute("ALTER TABLE cars ENABLE TRIGGER USER")
    raw.execute("VACUUM (ANALYZE) cars")
