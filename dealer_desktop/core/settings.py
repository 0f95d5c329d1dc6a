"""Settings of this PC: environment, then ``dealer.env`` or ``.env``, then the person's configuration folder."""

import logging
from collections.abc import Mapping
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from dealer_desktop.core import settings_files
from dealer_desktop.core.errors import NoServerConfigured, WrongSetting
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret

OWNER = "dealer_owner"
"""The login that owns the tables of a shared server, where ``DB__OWNER`` names no other."""
_AUTH = r"^!?(password|md5|gss|sspi|scram-sha-256|none|oauth)(,!?(password|md5|gss|sspi|scram-sha-256|none|oauth))*$"
"""What libpq's ``require_auth`` takes."""


class _Group(BaseModel):
    """Settings of one subject. An empty value is an unset one, as in a file whose lines were left unfilled."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, values: object) -> object:
        if isinstance(values, dict):
            return {name: value for name, value in values.items() if value != ""}
        return values


class DbConfig(_Group):
    """The shared PostgreSQL; with no host, the bundled database of this PC is used."""

    place: Literal["", "this-pc", "demo"] = ""
    """With no host: which bundled database the window opens, as somebody chose it; empty: nobody was asked."""
    host: str = ""
    """One host, or a comma list for a cluster."""
    port: str = "5432"
    """One port, or a comma list as long as the hosts'."""
    user: str = ""
    password: SecretStr = SecretStr("")
    name: str = "dealer"
    owner: str = ""
    """Whose the tables are: the login that upgrades them, where it is not ``user``."""
    owner_password: SecretStr = SecretStr("")
    read_host: str = ""
    """A standby that answers what is much and need not be of this moment; written as ``host`` is."""
    read_port: str = ""
    """Its port, or a comma list as long as its hosts'; else the first of ``port``."""
    sslmode: Literal["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] | None = None
    """Where the server is not this PC: ``require`` unless set."""
    sslrootcert: str | None = None
    require_auth: str | None = Field(default=None, pattern=_AUTH)
    """How this PC lets itself be asked for the password; where the server is not this PC, ``scram-sha-256`` unless set,
    so that no stranger is given it in clear."""
    connect_timeout: int = Field(default=5, ge=1)
    """Seconds to wait for a connection."""
    statement_timeout: int = Field(default=15_000, ge=1)
    """Milliseconds a form's statement may take."""
    lock_timeout: int = Field(default=15_000, ge=1)
    """Milliseconds to wait for a lock; longer than the next, so that a dead client's lock is outlived."""
    idle_in_transaction_timeout: int = Field(default=10_000, ge=1)
    """Milliseconds after which the server ends a transaction whose client has gone silent."""
    answer_timeout: float = Field(default=20.0, gt=0)
    """Seconds after which a write, or a read of a whole list, without an answer counts as a lost connection."""
    read_timeout: float = Field(default=6.0, gt=0)
    """Seconds after which a read of a page or a record without an answer is asked again, on a new connection."""

    @field_validator("host", "read_host", mode="after")
    @classmethod
    def _no_host_is_empty(cls, value: str) -> str:
        hosts = [part.strip() for part in value.split(",")]
        if value.strip() and not all(hosts):
            raise ValueError(_("a host in the list is empty"))
        return ",".join(hosts)

    @field_validator("port", "read_port", mode="before")
    @classmethod
    def _ports_are_numbers(cls, value: object, info: ValidationInfo) -> str:
        ports = [part.strip() for part in str(value).split(",")]
        for part in ports:
            if not (part.isascii() and part.isdigit() and 0 < int(part) < 65536):
                raise ValueError(_("a port is a number from 1 to 65535"))
        hosts = str(info.data.get("host" if info.field_name == "port" else "read_host", ""))
        if len(ports) not in (1, hosts.count(",") + 1):
            raise ValueError(_("there must be one port, or as many as hosts"))
        return ",".join(ports)

    @property
    def is_configured(self) -> bool:
        """Whether a shared server is named; otherwise the bundled database is used."""
        return bool(self.host)

    @property
    def is_this_pc(self) -> bool:
        """Whether no word to the server leaves this PC."""
        return all(is_this_pc(host) for host in self.host.split(","))

    def url_as(self, user: str, password: str) -> str:
        """The URL with that login."""
        return self.model_copy(update={"user": user, "password": SecretStr(password)}).sqlalchemy_db_uri

    @property
    def sqlalchemy_db_uri(self) -> str:
        """The ``postgresql+psycopg://`` URL, user and password percent-encoded.

        Raises NoServerConfigured without ``DB__HOST``: the bundled database's URL comes from ``server.embedded``.
        """
        if not self.host:
            raise NoServerConfigured()
        return database_uri(
            hosts=self.host.split(","),
            ports=self.port.split(","),
            user=self.user,
            password=self.password.get_secret_value(),
            name=self.name,
            options={
                "sslmode": self.sslmode or (None if self.is_this_pc else "require"),
                "sslrootcert": self.sslrootcert,
                "require_auth": self.require_auth or (None if self.is_this_pc else "scram-sha-256"),
            },
        )


def database_uri(
    *,
    hosts: list[str],
    ports: list[str],
    user: str,
    password: str,
    name: str,
    options: dict[str, str | None],
    which: str = "read-write",
) -> str:
    """A ``postgresql+psycopg://`` URL; several hosts, or a socket's folder, become repeated ``host=`` parameters.

    ``which`` of several hosts is wanted: libpq's ``target_session_attrs``.
    """
    login = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    given = [(key, value) for key, value in options.items() if value]
    if len(hosts) > 1:
        each = ports if len(ports) == len(hosts) else [ports[0]] * len(hosts)
        given = [("host", f"{host}:{port}") for host, port in zip(hosts, each, strict=True)] + given
        given.append(("target_session_attrs", which))
        place = ""
    elif hosts[0].startswith(("/", "@")):
        given = [("host", hosts[0]), ("port", ports[0]), *given]
        place = ""
    else:
        host = f"[{hosts[0]}]" if ":" in hosts[0] else hosts[0]
        place = f"{host}:{ports[0]}"
    query = f"?{urlencode(given, quote_via=quote)}" if given else ""
    return f"postgresql+psycopg://{login}{'@' if login else ''}{place}/{quote(name, safe='')}{query}"


def is_this_pc(host: str) -> bool:
    """Whether ``host`` is a socket's folder or a loopback address."""
    if host.startswith(("/", "@")) or host.lower() in ("", "localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class DealerConfig(_Group):
    """Fills the database's ``dealer`` row when the schema is first made; afterwards the row wins."""

    name: str = ""
    address: str = ""
    phone: str = ""
    tax_id: str = ""
    logo: Path | None = None
    currency: str = Field(default="RUB", pattern="^[A-Z]{3}$")
    region: str = Field(default="RU", pattern="^[A-Z]{2}$")
    timezone: str = ""
    """An IANA name; empty: the PC's."""

    @field_validator("timezone")
    @classmethod
    def _timezone_is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(_("this time zone is not known; write it like Europe/Moscow")) from None
        return value


class PhotosConfig(_Group):
    """Where the photos of cars are kept; the last four are for ``s3://`` and else come from ``AWS_*`` variables."""

    url: str = ""
    """A folder, a share, ``s3://bucket/folder`` or another address that fsspec knows; empty: with the person's data."""
    endpoint: str = ""
    """The address of an S3 service that is not Amazon's, such as ``https://storage.yandexcloud.net``."""
    region: str = ""
    key: SecretStr = SecretStr("")
    secret: SecretStr = SecretStr("")


class UiConfig(_Group):
    language: Literal["auto", "ru", "en"] = "auto"
    theme: Literal["auto", "light", "dark"] = "auto"
    lock_after: int = Field(default=15, ge=0, le=1440)
    """Minutes without a key or the mouse after which the window of a person who signed in locks; 0: never."""


class UpdatesConfig(_Group):
    folder: Path | None = None
    """Where an admin puts newer packages, such as a share; looked into by the window, which then offers the newest."""


class LogConfig(_Group):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    dir: Path | None = None

    @field_validator("level", mode="before")
    @classmethod
    def _any_letter_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


class AppConfig(BaseSettings):
    """Everything that can be set, each nested with ``__`` (``DB__HOST``)."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    db: DbConfig = DbConfig()
    dealer: DealerConfig = DealerConfig()
    photos: PhotosConfig = PhotosConfig()
    ui: UiConfig = UiConfig()
    log: LogConfig = LogConfig()
    updates: UpdatesConfig = UpdatesConfig()
    secret_key: SecretStr = SecretStr("")
    algorithm: Literal["HS256", "HS384", "HS512"] = "HS256"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _Files(settings_cls)


class _Files(DotEnvSettingsSource):
    """The settings files, read by our rules of who may give what."""

    def _read_env_files(self) -> Mapping[str, str | None]:
        return settings_files.read()


def load(**overrides: Any) -> AppConfig:
    """Read the settings. Raises WrongSetting, which names the variable or the file."""
    try:
        config = AppConfig(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        variable = "__".join(str(part) for part in first["loc"]).upper()
        # The value itself is not shown: it may be a secret.
        raise WrongSetting(variable=variable, reason=_reason(first)) from None
    except SettingsError as error:
        raise WrongSetting(variable=str(error).split('"')[1].upper(), reason=_("it cannot be read")) from None
    for secret in (
        config.db.password,
        config.db.owner_password,
        config.secret_key,
        config.photos.key,
        config.photos.secret,
    ):
        keep_secret(secret.get_secret_value())
    return config


def _reason(error: Mapping[str, Any]) -> str:
    """What is wrong with a setting, whole in the person's language: pydantic's own words are English."""
    cause, facts = error["ctx"].get("error") if "ctx" in error else None, error.get("ctx", {})
    if isinstance(cause, ValueError):
        return str(cause)
    if error["type"] == "literal_error":
        return _("it must be one of {values}").format(values=str(facts.get("expected", "")).replace(" or ", ", "))
    if error["type"].startswith(("int_", "float_", "greater_", "less_")):
        return _("it must be a number that fits here")
    if error["type"].startswith("bool_"):
        return _("it must be true or false")
    if error["type"] == "string_pattern_mismatch":
        return _("it is not written as it must be ({pattern})").format(pattern=facts.get("pattern", ""))
    return _("this value does not fit")


class _Lazy:
    """``APP_CONFIG``, read at first use, so that a wrong value is told by whoever asks, in the person's words."""

    @cached_property
    def _loaded(self) -> AppConfig:
        logging.getLogger(__name__).debug("settings are read")
        return load()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loaded, name)


APP_CONFIG = cast(AppConfig, _Lazy())


def reload() -> None:
    """Read again at the next use; for tests and the command line, after changing the environment."""
    APP_CONFIG.__dict__.pop("_loaded", None)
