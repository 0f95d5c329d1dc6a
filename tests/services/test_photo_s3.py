"""Photos in an S3 storage: a small server of the test's own speaks what is used of the protocol."""

import threading
from collections.abc import Iterator
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit
from uuid import uuid4
from xml.sax.saxutils import escape

import pytest

from dealer_desktop.core import settings
from dealer_desktop.core.errors import PhotosOutOfReach, UnreadableFile
from dealer_desktop.services import car_photos, cars, photo_files
from dealer_desktop.services.inputs.photos import NewPhoto, PhotoStep
from tests.services.conftest import Shop

JPEG = b"\xff\xd8 what stands in it is not looked at here \xff\xd9"


class _Bucket(BaseHTTPRequestHandler):
    """One bucket called ``photos``; every request is signed."""

    server: "_Server"
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: object) -> None:
        """Overrides BaseHTTPRequestHandler: quiet."""

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._key.startswith("photos/"):
            self._answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
            return
        self.server.objects[self._key] = content
        self.server.signed.append("Credential=the-key/" in self.headers.get("Authorization", ""))
        self._answer(200, b"", content)

    def do_HEAD(self) -> None:
        self._read(b"")

    def do_GET(self) -> None:
        if "list-type" in urlsplit(self.path).query:  # what is no object may be a folder: there are none
            head = "<Name>photos</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>"
            self._answer(200, f"<ListBucketResult>{head}</ListBucketResult>".encode())
            return
        self._read(self.server.objects.get(self._key, b""))

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._key, None)
        self._answer(204, b"")

    def do_POST(self) -> None:
        """Several are deleted at once."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        names = [part.partition("</Key>")[0] for part in asked.split("<Key>")[1:]]
        for name in names:
            self.server.objects.pop(f"photos/{name}", None)
        gone = "".join(f"<Deleted><Key>{escape(name)}</Key></Deleted>" for name in names)
        self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    @property
    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/")

    def _read(self, body: bytes) -> None:
        content = self.server.objects.get(self._key)
        if content is None:
            self._answer(404, b"" if self.command == "HEAD" else b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._answer(200, body, content)

    def _answer(self, status: int, body: bytes, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if self.command == "HEAD" else len(body)))
        self.send_header("Last-Modified", formatdate(1_795_000_000, usegmt=True))
        self.send_header("ETag", f'"{md5(content).hexdigest()}"')
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Bucket)
        self.objects: dict[str, bytes] = {}
        self.signed: list[bool] = []


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    """PHOTOS__URL points into a bucket there."""
    server = _Server()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name, value in {
        "URL": "s3://photos/dealer",
        "ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
        "REGION": "ru-central1",
        "KEY": "the-key",
        "SECRET": "the-secret",
    }.items():
        monkeypatch.setenv(f"PHOTOS__{name}", value)
    settings.reload()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_photo_lives_in_a_bucket(shop: Shop, storage: _Server) -> None:
    car = shop.car()
    photo = car_photos.take_in(shop.maker, NewPhoto(request_id=uuid4(), car_id=car.id), JPEG)
    assert storage.objects == {f"photos/dealer/{photo.url}": JPEG}
    assert storage.signed == [True]
    assert photo_files.read(photo.url) == JPEG
    assert photo_files.version(photo.url) == photo_files.version(photo.url)
    cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=photo.id))
    car_photos.forget_file(shop.reader, photo.url)
    assert storage.objects == {}
    with pytest.raises(UnreadableFile, match="there is no such file"):
        photo_files.read(photo.url)


def test_a_bucket_that_is_not_there_is_told(shop: Shop, storage: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOS__URL", "s3://elsewhere/dealer")
    settings.reload()
    with pytest.raises(PhotosOutOfReach, match="s3://elsewhere/dealer") as told:
        photo_files.try_out()
    assert "the-secret" not in str(told.value)
    assert len(str(told.value)) < 400
