"""Why a server's certificate is refused: libpq says only that it is, so the handshake is done once more to ask."""

import socket
import ssl
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dealer_desktop.core.connecting_errors import (
    CertificateExpired,
    CertificateFileMissing,
    CertificateNotTrusted,
    CertificateNotYetValid,
    CertificateOfAnother,
)
from dealer_desktop.core.server_errors import CertificateRefused

_ASK_FOR_TLS = struct.pack("!ii", 8, 80877103)
"""PostgreSQL's SSLRequest (its manual, "Message Formats"): answered by one byte, S where TLS follows."""
_EXPIRED, _NOT_YET = 10, 9
_OTHER_NAME = (62, 64)
"""OpenSSL's numbers of what it found (X509_V_ERR_*): the name, or the address, is not the certificate's."""


def own_file(found: Mapping[str, Any]) -> str:
    """The file that is compared with: what libpq takes where none is named."""
    return str(found.get("sslrootcert") or Path.home() / ".postgresql" / "root.crt")


def why_refused(found: Mapping[str, Any], host: str, port: int, timeout: float) -> CertificateRefused | None:
    """``found`` are libpq's parameters. None where it cannot be told, or where it is accepted now."""
    place, file = f"{host}:{port}", own_file(found)
    facts = {"place": place, "host": host, "file": file, "reason": ""}
    try:
        context = _context(file)
    except (OSError, ssl.SSLError):
        return CertificateFileMissing(**facts)
    context.check_hostname = found.get("sslmode") == "verify-full"
    try:
        with socket.create_connection((host, port), timeout) as plain:
            plain.sendall(_ASK_FOR_TLS)
            if plain.recv(1) == b"S":
                context.wrap_socket(plain, server_hostname=host).close()
    except ssl.SSLCertVerificationError as error:
        kinds = {_EXPIRED: CertificateExpired, _NOT_YET: CertificateNotYetValid}
        kinds |= dict.fromkeys(_OTHER_NAME, CertificateOfAnother)
        return kinds.get(error.verify_code, CertificateNotTrusted)(**facts)
    except OSError:
        return None
    return None


def _context(file: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=None if file == "system" else file)
    # As libpq, which takes certificates without what this demands (the key's identifiers of RFC 5280).
    context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
    return context
