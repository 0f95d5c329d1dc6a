"""A cable that can be cut: a proxy on loopback between the app and its PostgreSQL."""

import contextlib
import socket
import threading
import time
from enum import StrEnum

import sqlalchemy as sa


class Fault(StrEnum):
    CUT = "cut"
    """Both ends are closed, and nobody else is let in."""
    DELAY = "delay"
    """Nothing passes for a while, longer than an answer may take; then everything does."""
    SWALLOW = "swallow"
    """Everything is taken, nothing is passed on: a black hole."""


class CuttingProxy:
    """Passes on ``budget`` bytes of both directions together; then the fault happens. No budget: it only counts."""

    def __init__(
        self, server_url: str, fault: Fault = Fault.CUT, budget: int | None = None, delay: float = 0.0
    ) -> None:
        self._url = sa.make_url(server_url)
        self._fault = fault
        self._budget = budget
        self._delay = delay
        self.passed = 0
        self.latency = 0.0
        """Seconds that each packet takes, either way."""
        self._flows = threading.Event()
        self._flows.set()
        self._lock = threading.Lock()
        self._open = True
        self._ends: list[socket.socket] = []
        self._silent: frozenset[socket.socket] = frozenset()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)

    @property
    def url(self) -> str:
        """The server's URL, by way of this proxy."""
        port = self._listener.getsockname()[1]
        through = self._url.set(host="127.0.0.1", port=port, query={"sslmode": "disable"})
        return through.render_as_string(hide_password=False)

    def __enter__(self) -> "CuttingProxy":
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._flows.set()
        # Closing alone does not wake a thread that waits in accept.
        self._close(self._listener)
        self._listener.close()
        self._close_ends()
        for thread in self._threads:
            thread.join(5)

    def silence(self) -> None:
        """From now on what comes on the connections there are is taken and not passed on; new ones work."""
        self._silent = frozenset(self._ends)

    def cut(self) -> None:
        """Every connection there is ends; new ones work."""
        self._close_ends()

    def hold(self, seconds: float) -> None:
        """Nothing passes for so long, then everything."""
        self._flows.clear()
        threading.Timer(seconds, self._flows.set).start()

    def _start(self, work: "object", *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _server(self) -> socket.socket:
        where, port = self._url.query.get("host"), self._url.query.get("port", "5432")
        if where:
            end = socket.socket(socket.AF_UNIX)
            end.connect(f"{where}/.s.PGSQL.{port}")
            return end
        return socket.create_connection((self._url.host or "127.0.0.1", self._url.port or 5432))

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            if self._fault is Fault.CUT and self._left() == 0:
                client.close()
                continue
            server = self._server()
            self._ends += [client, server]
            self._start(self._pump, client, server)
            self._start(self._pump, server, client)

    def _left(self) -> int | None:
        return None if self._budget is None else max(self._budget - self.passed, 0)

    def _take(self, data: bytes) -> bytes:
        """What of ``data`` still passes."""
        with self._lock:
            left = self._left()
            passing = data if left is None else data[:left]
            self.passed += len(passing)
            return passing

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if source in self._silent:
                    continue
                self._flows.wait()
                if self.latency:
                    time.sleep(self.latency)
                passing = self._take(data)
                target.sendall(passing)
                if len(passing) == len(data):
                    continue
                if self._fault is Fault.CUT:
                    break
                if self._fault is Fault.DELAY:
                    self._wait()
                    target.sendall(data[len(passing) :])
        self._close(source)
        self._close(target)

    def _wait(self) -> None:
        end = time.monotonic() + self._delay
        while self._open and time.monotonic() < end:
            time.sleep(0.01)
        self._budget = None

    def _close_ends(self) -> None:
        for end in list(self._ends):
            self._close(end)

    @staticmethod
    def _close(end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
