"""The dealership, its people and its stock.

Revises:
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import available_timezones

import sqlalchemy as sa
from alembic import op
from babel.localtime import get_localzone
from sqlalchemy.dialects import postgresql

from dealer_desktop.core.errors import WrongSetting
from dealer_desktop.core.settings import APP_CONFIG

sys.path.insert(0, str(Path(__file__).parents[1]))  # this folder is no package
import frozen

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


# As they were when this revision was made.
RULES = frozen.Rules("rules_0001")

# Kept where somebody else's tables use it.
DROP_TRIGRAMS = """
DO $$
begin
    drop extension if exists pg_trgm;
exception when dependent_objects_still_exist then
    null;
end
$$
"""


def dealer_row() -> dict[str, str | bytes | None]:
    """The dealership as ``DEALER__*`` tells it; afterwards the row wins."""
    told = APP_CONFIG.dealer
    try:
        logo = told.logo.read_bytes() if told.logo else None
    except OSError as error:
        raise WrongSetting(variable="DEALER__LOGO", reason=error.strerror or str(error)) from error
    known = set(op.get_bind().scalars(sa.text("SELECT name FROM pg_timezone_names")))
    if told.timezone and told.timezone not in known:
        raise WrongSetting(variable="DEALER__TIMEZONE", reason="the database server knows no such time zone")
    here = str(get_localzone())
    return {
        "name": told.name,
        "address": told.address or None,
        "phone": told.phone or None,
        "tax_id": told.tax_id or None,
        "logo": logo,
        "currency": told.currency,
        "region": told.region,
        "timezone": told.timezone or (here if here in known & available_timezones() else "UTC"),
    }


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    RULES.create(op.get_bind())
    sa.Enum("customer", "salesperson", "manager", "admin", name="user_role").create(op.get_bind())
    sa.Enum("available", "reserved", "sold", name="car_status").create(op.get_bind())
    sa.Enum("manual", "automatic", "cvt", name="transmission").create(op.get_bind())
    sa.Enum("gasoline", "diesel", "hybrid", "electric", name="engine_type").create(op.get_bind())
    sa.Enum("new", "used", name="car_condition").create(op.get_bind())
    sa.Enum("vin_check", "technical_inspection", name="report_type").create(op.get_bind())
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("action IN ('INSERT', 'UPDATE', 'DELETE')", name=op.f("audit_log_action_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"], unique=False, postgresql_using="brin")
    op.create_index("ix_audit_log_row", "audit_log", ["table_name", "row_id", "id"], unique=False)
    op.create_table(
        "cars",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("make", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("mileage", sa.Integer(), nullable=False),
        sa.Column("price", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("condition", postgresql.ENUM("new", "used", name="car_condition", create_type=False), nullable=False),
        sa.Column("color", sa.Text(), nullable=True),
        sa.Column(
            "engine_type",
            postgresql.ENUM("gasoline", "diesel", "hybrid", "electric", name="engine_type", create_type=False),
            nullable=True,
        ),
        sa.Column(
            "transmission",
            postgresql.ENUM("manual", "automatic", "cvt", name="transmission", create_type=False),
            nullable=True,
        ),
        sa.Column(
            "status",
            postgresql.ENUM("available", "reserved", "sold", name="car_status", create_type=False),
            server_default="available",
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("stock_number", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("arrived_on", sa.Date(), server_default=sa.text("dealer_today()"), nullable=False),
        sa.Column("hold_note", sa.Text(), nullable=True),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "search",
            sa.Text(),
            sa.Computed(
                "sort_key(' ' || coalesce(vin, '') || ' ' || coalesce(make, '') || ' ' || coalesce(model, '') || ' ' || coalesce(year::text, '') || ' ' || coalesce(color, '') || ' ' || coalesce(stock_number, ''))",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column(
            "search_description", sa.Text(), sa.Computed("sort_key(' ' || description)", persisted=True), nullable=True
        ),
        sa.CheckConstraint(
            "arrived_on BETWEEN '1800-01-01' AND '9998-12-31' AND held_until BETWEEN '1800-01-01' AND '9998-12-31' AND created_at BETWEEN '1800-01-01' AND '9998-12-31' AND updated_at BETWEEN '1800-01-01' AND '9998-12-31'",
            name=op.f("cars_calendar"),
        ),
        sa.CheckConstraint("btrim(make) <> ''", name=op.f("cars_make_filled")),
        sa.CheckConstraint("btrim(model) <> ''", name=op.f("cars_model_filled")),
        sa.CheckConstraint("hold_note IS NULL OR status = 'reserved'", name=op.f("cars_hold_is_reserved")),
        sa.CheckConstraint("price >= 0 AND price <> 'NaN'", name=op.f("cars_price_not_negative")),
        sa.CheckConstraint("vin ~ '^([A-HJ-NPR-Z0-9]{17}|[A-Z0-9-]{5,16})$'", name=op.f("cars_vin_shape")),
        sa.CheckConstraint(
            "char_length(make) <= 200 AND char_length(model) <= 200 AND char_length(color) <= 200 AND char_length(stock_number) <= 200 AND char_length(location) <= 200 AND char_length(description) <= 20000 AND char_length(hold_note) <= 20000",
            name=op.f("cars_text_length"),
        ),
        sa.CheckConstraint("held_until IS NULL OR hold_note IS NOT NULL", name=op.f("cars_hold_says_for_whom")),
        sa.CheckConstraint("mileage >= 0", name=op.f("cars_mileage_not_negative")),
        sa.CheckConstraint("year >= 1886", name=op.f("cars_year_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cars")),
        sa.UniqueConstraint("vin", name=op.f("uq_cars_vin")),
    )
    op.create_index("ix_cars_arrived_on", "cars", ["arrived_on", "id"], unique=False)
    op.create_index("ix_cars_color", "cars", [sa.literal_column("sort_key(color)"), "id"], unique=False)
    op.create_index("ix_cars_condition", "cars", ["condition", "id"], unique=False)
    op.create_index("ix_cars_created_at", "cars", ["created_at", "id"], unique=False)
    op.create_index("ix_cars_location", "cars", [sa.literal_column("sort_key(location)"), "id"], unique=False)
    op.create_index(
        "ix_cars_make",
        "cars",
        [sa.literal_column("sort_key(make)"), sa.literal_column("sort_key(model)"), "id"],
        unique=False,
    )
    op.create_index("ix_cars_mileage", "cars", ["mileage", "id"], unique=False)
    op.create_index("ix_cars_model", "cars", [sa.literal_column("sort_key(model)"), "id"], unique=False)
    op.create_index("ix_cars_price", "cars", ["price", "id"], unique=False)
    op.create_index(
        "ix_cars_search",
        "cars",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_cars_search_description",
        "cars",
        ["search_description"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_description": "gin_trgm_ops"},
    )
    op.create_index("ix_cars_status", "cars", ["status", "id"], unique=False)
    op.create_index("ix_cars_year", "cars", ["year", "id"], unique=False)
    op.create_index(
        "uq_cars_stock_number",
        "cars",
        ["stock_number"],
        unique=True,
        postgresql_where=sa.text("stock_number IS NOT NULL"),
    )
    op.create_table(
        "dealer",
        sa.Column("id", sa.BigInteger(), server_default="1", autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("tax_id", sa.Text(), nullable=True),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("dealer_currency_shape")),
        sa.CheckConstraint("region ~ '^[A-Z]{2}$'", name=op.f("dealer_region_shape")),
        sa.CheckConstraint(
            "char_length(name) <= 200 AND char_length(phone) <= 200 AND char_length(tax_id) <= 200 AND char_length(timezone) <= 200 AND char_length(address) <= 20000",
            name=op.f("dealer_text_length"),
        ),
        sa.CheckConstraint("id = 1", name=op.f("dealer_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dealer")),
    )
    op.create_table(
        "requests",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.Text(), nullable=True),
        sa.Column("result", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_requests")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column(
            "role",
            postgresql.ENUM("customer", "salesperson", "manager", "admin", name="user_role", create_type=False),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(email) <> ''", name=op.f("users_email_filled")),
        sa.CheckConstraint("btrim(full_name) <> ''", name=op.f("users_full_name_filled")),
        sa.CheckConstraint(
            "created_at BETWEEN '1800-01-01' AND '9998-12-31' AND updated_at BETWEEN '1800-01-01' AND '9998-12-31'",
            name=op.f("users_calendar"),
        ),
        sa.CheckConstraint("role = 'customer' OR octet_length(email) <= 63", name=op.f("users_staff_email_length")),
        sa.CheckConstraint(
            "char_length(email) <= 200 AND char_length(full_name) <= 200 AND char_length(phone) <= 200",
            name=op.f("users_text_length"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    op.create_index("ix_users_full_name", "users", [sa.literal_column("sort_key(full_name)"), "id"], unique=False)
    op.create_index("ix_users_role", "users", ["role", "id"], unique=False)
    op.create_index("uq_users_email", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "car_photos",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("car_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("is_main", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.FetchedValue(), nullable=False),
        sa.CheckConstraint("btrim(url) <> ''", name=op.f("car_photos_url_filled")),
        sa.CheckConstraint("char_length(url) <= 20000", name=op.f("car_photos_text_length")),
        sa.CheckConstraint("position >= 0", name=op.f("car_photos_position_not_negative")),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_car_photos_car_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_car_photos")),
    )
    op.create_index("ix_car_photos_car", "car_photos", ["car_id", "position", "id"], unique=False)
    op.create_index("uq_car_photos_main", "car_photos", ["car_id"], unique=True, postgresql_where=sa.text("is_main"))
    op.create_table(
        "car_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("car_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "report_type",
            postgresql.ENUM("vin_check", "technical_inspection", name="report_type", create_type=False),
            nullable=False,
        ),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("created_at BETWEEN '1800-01-01' AND '9998-12-31'", name=op.f("car_reports_calendar")),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_car_reports_car_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_car_reports")),
    )
    op.create_index("ix_car_reports_car", "car_reports", ["car_id", "id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("car_id", sa.BigInteger(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("btrim(customer_name) <> ''", name=op.f("reviews_customer_name_filled")),
        sa.CheckConstraint("created_at BETWEEN '1800-01-01' AND '9998-12-31'", name=op.f("reviews_calendar")),
        sa.CheckConstraint(
            "char_length(customer_name) <= 200 AND char_length(comment) <= 20000", name=op.f("reviews_text_length")
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("reviews_rating_range")),
        sa.ForeignKeyConstraint(["car_id"], ["cars.id"], name=op.f("fk_reviews_car_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reviews_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index("ix_reviews_car", "reviews", ["car_id", "id"], unique=False)
    op.create_index("ix_reviews_user", "reviews", ["user_id"], unique=False)
    columns = ("name", "address", "phone", "tax_id", "logo", "currency", "region", "timezone")
    dealer = sa.table("dealer", *(sa.column(name) for name in columns))
    op.execute(sa.insert(dealer).values(dealer_row()))


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_table("car_reports")
    op.drop_table("car_photos")
    op.drop_table("users")
    op.drop_table("requests")
    op.drop_table("dealer")
    op.drop_table("cars")
    op.drop_table("audit_log")
    sa.Enum(name="user_role").drop(op.get_bind())
    sa.Enum(name="car_status").drop(op.get_bind())
    sa.Enum(name="transmission").drop(op.get_bind())
    sa.Enum(name="engine_type").drop(op.get_bind())
    sa.Enum(name="car_condition").drop(op.get_bind())
    sa.Enum(name="report_type").drop(op.get_bind())
    RULES.drop(op.get_bind())
    op.execute(DROP_TRIGRAMS)
