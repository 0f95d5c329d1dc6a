"""What can be wrong with the database's server, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import Busy, ConnectionLost, DealerError, ServerUnreachable
from dealer_desktop.core.i18n import gettext as _


class ServerFull(ServerUnreachable, ConnectionLost):
    """It answers, and has no connection left (53300)."""

    def sentence(self) -> str:
        return _(
            "The database takes no more connections: too many programs use it. Close some windows and try again; if "
            "that does not help, ask its administrator to raise max_connections."
        )


class ServerStarting(ServerUnreachable, ConnectionLost):
    """It answers that it starts, stops or recovers (57P03)."""

    def sentence(self) -> str:
        return _("The database server is just starting or stopping. Wait a moment and try again.")


class NotEncrypted(ServerUnreachable):
    """The server speaks no TLS, and nothing is said to it in clear."""

    def sentence(self) -> str:
        return _(
            "The server at {place} does not encrypt, so nothing was sent to it. Ask its administrator to switch TLS "
            "on; in a network where nobody listens DB__SSLMODE=prefer goes without."
        ).format(place=self.place)


class CertificateRefused(ServerUnreachable):
    def sentence(self) -> str:
        return _(
            "The certificate of the server at {place} is not accepted: {reason}. Check DB__SSLROOTCERT and DB__HOST, "
            "or ask its administrator."
        ).format(place=self.place, reason=self.reason)


class PasswordAskedUnsafely(ServerUnreachable):
    """It asked for the password in a way that would give it away; it was not sent."""

    def sentence(self) -> str:
        return _(
            "The server at {place} asks for the password in a way that gives it away, so it was not sent. Check "
            "DB__HOST; a server that knows nothing better is allowed by DB__REQUIRE_AUTH."
        ).format(place=self.place)


class LoginWithoutRights(DealerError):
    def sentence(self) -> str:
        return _(
            "The login {user} has no rights in the database {place}. Ask an administrator to add it to a dealership "
            "role."
        ).format(user=self.user, place=self.place)


class ReadOnlyServer(DealerError):
    def sentence(self) -> str:
        return _(
            "The database can only be read: its server is a standby, or is set so. Nothing was saved. Name the main "
            "server in DB__HOST, or ask its administrator."
        )


class ServerDiskFull(DealerError):
    def sentence(self) -> str:
        return _(
            "The disk of the database's server is full. This was not saved; what was saved before is safe. Free some "
            "space there, then try again."
        )


class ServerOutOfMemory(DealerError):
    def sentence(self) -> str:
        return _(
            "The database's server has no memory left for this. It was not saved. Wait a moment and try again; if that "
            "does not help, ask its administrator."
        )


class SchemaDamaged(DealerError):
    """``alembic_version`` holds no row, or several, although there are tables; ``count`` of them."""

    def sentence(self) -> str:
        return _(
            "The database does not say which version it has: its table alembic_version holds {count} rows instead of "
            "one. Ask its administrator to put that table back from a backup."
        ).format(count=self.count)


def waiting_helps(error: Exception) -> bool:
    """Whether the same attempt may succeed a little later: the server is away, full or starting, not unwilling."""
    if isinstance(error, NotEncrypted | CertificateRefused | PasswordAskedUnsafely):
        return False
    return isinstance(error, ServerUnreachable | ConnectionLost | Busy | ReadOnlyServer | ServerOutOfMemory)
