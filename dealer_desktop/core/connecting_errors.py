"""Why a server could not be connected to, found out step by step, as kinds of DealerError (see ``core/errors.py``)."""

from dealer_desktop.core.errors import LoginRefused, ServerUnreachable
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.server_errors import CertificateRefused


class HostUnknown(ServerUnreachable):
    def sentence(self) -> str:
        return _(
            "The name {host} is not known in this network. Check how it is written (DB__HOST), or give the server’s "
            "address, such as 192.168.1.10."
        ).format(host=self.host)


class PortRefused(ServerUnreachable):
    """The PC is there, and nothing listens at that port."""

    def sentence(self) -> str:
        return _(
            "At {place} nothing listens. Check the port (DB__PORT; 5432 unless somebody changed it). If it is right, "
            "start PostgreSQL there and let it listen for other PCs (listen_addresses)."
        ).format(place=self.place)


class NothingComesBack(ServerUnreachable):
    """Not even the connection is taken or refused."""

    def sentence(self) -> str:
        return _(
            "{place} does not answer at all. Check that the server is on and in this network (DB__HOST), and that its "
            "firewall lets connections to the port {port} in."
        ).format(place=self.place, port=self.port)


class SaysNothing(ServerUnreachable):
    """The connection is taken, and then nothing is said."""

    def sentence(self) -> str:
        return _(
            "{place} takes the connection and then says nothing. Check the port (DB__PORT); if it is right, a firewall "
            "in between swallows the answer, or the server hangs."
        ).format(place=self.place)


class NotPostgres(ServerUnreachable):
    def sentence(self) -> str:
        return _("At {place} another program answers, not PostgreSQL. Check the port (DB__PORT).").format(
            place=self.place
        )


class CertificateExpired(CertificateRefused):
    def sentence(self) -> str:
        return _(
            "The certificate of the server at {place} has expired. Ask its administrator for a new one; if it is new, "
            "set this PC’s clock."
        ).format(place=self.place)


class CertificateNotYetValid(CertificateRefused):
    def sentence(self) -> str:
        return _(
            "The certificate of the server at {place} is not valid yet. Set the clocks of this PC and of the server."
        ).format(place=self.place)


class CertificateOfAnother(CertificateRefused):
    def sentence(self) -> str:
        return _(
            "The certificate of the server at {place} is made out to another name. Connect by the name that stands in "
            "it (DB__HOST), or ask its administrator for one for {host}."
        ).format(place=self.place, host=self.host)


class CertificateNotTrusted(CertificateRefused):
    def sentence(self) -> str:
        return _(
            "The certificate of the server at {place} is not the one in {file}, nor made by its maker. Copy the "
            "server’s certificate to this PC again (DB__SSLROOTCERT), or ask who changed the server."
        ).format(place=self.place, file=self.file)


class CertificateFileMissing(CertificateRefused):
    def sentence(self) -> str:
        return _(
            "The file {file} with the server’s certificate cannot be read. Copy it from the server and say where it is "
            "(DB__SSLROOTCERT)."
        ).format(file=self.file)


class NotLetIn(LoginRefused):
    """The server's own list of who may connect from where (``pg_hba.conf``) has no line for this PC."""

    def sentence(self) -> str:
        return _(
            "The server at {place} lets no connection of this PC in. Ask its administrator for a line in pg_hba.conf: "
            "hostssl {name} all {address} scram-sha-256."
        ).format(place=self.place, name=self.name, address=self.address)


class OwnerRefused(LoginRefused):
    """Of the login that owns the tables, or its password."""

    def sentence(self) -> str:
        return _("The server refused the login {user}. Check it and its password, which “db init” showed.").format(
            user=self.user
        )
