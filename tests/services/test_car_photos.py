"""Photos with their files: written below PHOTOS__URL, named by rows, taken away again; nothing half, nothing twice."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from dealer_desktop.core import paths, settings
from dealer_desktop.core.errors import Busy, ConnectionLost, NotAllowed, NotFound, PhotosOutOfReach, UnreadableFile
from dealer_desktop.services import car_photos, cars, open_connections, photo_files
from dealer_desktop.services.inputs.cars import CarStep
from dealer_desktop.services.inputs.photos import NewPhoto, PhotoInput, PhotoStep
from tests.services.conftest import Shop

JPEG = b"\xff\xd8 what stands in it is not looked at here \xff\xd9"
UsePhotos = Callable[[str], None]


@pytest.fixture
def use_photos(monkeypatch: pytest.MonkeyPatch) -> UsePhotos:
    """``use_photos(url)`` sets PHOTOS__URL."""

    def use(url: str) -> None:
        monkeypatch.setenv("PHOTOS__URL", url)
        settings.reload()

    return use


def files_below(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def new(car_id: int) -> NewPhoto:
    return NewPhoto(request_id=uuid4(), car_id=car_id)


def test_a_photo_is_kept_and_its_row_names_it_by_a_relative_path(
    shop: Shop, tmp_path: Path, use_photos: UsePhotos
) -> None:
    use_photos(str(tmp_path))
    car = shop.car()
    first, second = (car_photos.take_in(shop.maker, new(car.id), JPEG + bytes([n])) for n in (1, 2))
    assert (first.is_main, second.is_main) == (True, False)
    assert files_below(tmp_path) == sorted([first.url, second.url])
    assert photo_files.is_ours(first.url)
    assert photo_files.read(second.url) == JPEG + b"\x02"
    assert car_photos.of_car(shop.reader, car.id) == (first, second)


def test_another_pc_finds_it_where_the_share_is_mounted_there(
    shop: Shop, tmp_path: Path, use_photos: UsePhotos
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    use_photos(str(here))
    photo = car_photos.take_in(shop.maker, new(shop.car().id), JPEG)
    here.rename(there)
    use_photos(str(there))
    assert photo_files.read(photo.url) == JPEG


def test_the_same_request_is_one_photo(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path))
    given = new(shop.car().id)
    photo = car_photos.take_in(shop.maker, given, JPEG)
    assert car_photos.take_in(shop.maker, given, JPEG) == photo
    assert shop.one("SELECT count(*) FROM car_photos") == 1
    assert files_below(tmp_path) == [photo.url]


def test_a_storage_that_is_no_folder_works_alike(shop: Shop, use_photos: UsePhotos) -> None:
    use_photos(f"memory://photos-{uuid4().hex}/dealer")
    car = shop.car()
    photo = car_photos.take_in(shop.maker, new(car.id), JPEG)
    assert photo_files.read(photo.url) == JPEG
    assert photo_files.version(photo.url) == photo_files.version(photo.url)
    cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=photo.id))
    car_photos.forget_file(shop.reader, photo.url)
    with pytest.raises(UnreadableFile, match="no such file"):
        photo_files.read(photo.url)


def test_a_folders_address_is_read_as_browsers_write_it(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    folder = tmp_path / "Фото салона #1, 100%"
    folder.mkdir()
    (folder / "Вид сзади.jpg").write_bytes(JPEG)
    assert photo_files.read((folder / "Вид сзади.jpg").as_uri()) == JPEG
    use_photos(folder.as_uri())
    photo = car_photos.take_in(shop.maker, new(shop.car().id), JPEG)
    assert (folder / photo.url).read_bytes() == JPEG
    use_photos(f"file://{folder}")
    assert photo_files.read(photo.url) == JPEG


def test_without_a_row_there_is_no_file(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path))
    with pytest.raises(NotFound):
        car_photos.take_in(shop.maker, new(10**9), JPEG)
    assert list((tmp_path / "cars").iterdir()) == []


def test_who_may_not_edit_is_told_and_leaves_no_file(
    shop: Shop, database_url: str, tmp_path: Path, use_photos: UsePhotos
) -> None:
    use_photos(str(tmp_path))
    car = shop.car()
    role = f"seller_{uuid4().hex}"
    shop.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
    try:
        shop.sql(f"GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}")
        shop.sql(f"GRANT INSERT ON requests TO {role}")
        seller = open_connections(psycopg_url(database_url, role))
        try:
            with pytest.raises(NotAllowed, match="manager"):
                car_photos.take_in(seller.session_maker, new(car.id), JPEG)
        finally:
            seller.close()
    finally:
        shop.sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        shop.sql(f"DROP ROLE {role}")
    assert files_below(tmp_path) == []


def psycopg_url(url: str, role: str) -> str:
    """``url`` with another login."""
    from sqlalchemy import make_url

    return make_url(url).set(username=role, password="secret").render_as_string(hide_password=False)


def test_after_a_lost_connection_the_file_stays_for_the_repeat(
    shop: Shop, database_url: str, tmp_path: Path, use_photos: UsePhotos
) -> None:
    use_photos(str(tmp_path))
    given = new(shop.car().id)
    away = open_connections("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    try:
        with pytest.raises(ConnectionLost):
            car_photos.take_in(away.session_maker, given, JPEG)
    finally:
        away.close()
    assert len(files_below(tmp_path)) == 1
    photo = car_photos.take_in(shop.maker, given, JPEG)
    assert files_below(tmp_path) == [photo.url]


def test_a_busy_repeat_leaves_the_file_of_a_photo_that_was_stored(
    shop: Shop, tmp_path: Path, use_photos: UsePhotos
) -> None:
    use_photos(str(tmp_path))
    given = new(shop.car().id)
    photo = car_photos.take_in(shop.maker, given, JPEG)  # and its answer is lost
    shop.sql(
        "CREATE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE 'busy' USING ERRCODE = '55P03'; END $$"
    )
    shop.sql("CREATE TRIGGER busy BEFORE INSERT ON requests EXECUTE FUNCTION busy()")
    with pytest.raises(Busy):
        car_photos.take_in(shop.maker, given, JPEG)
    assert photo_files.read(photo.url) == JPEG


@pytest.mark.parametrize("wrong", ["missing", "file", "unknown"])
def test_a_place_that_cannot_be_written_is_named_with_its_setting(
    shop: Shop, tmp_path: Path, use_photos: UsePhotos, wrong: str
) -> None:
    car = shop.car()
    target = tmp_path / "share"
    if wrong == "file":
        target.write_text("no folder")
    use_photos("nowhere://photos" if wrong == "unknown" else str(target))
    with pytest.raises(PhotosOutOfReach, match="PHOTOS__URL") as told:
        car_photos.take_in(shop.maker, new(car.id), JPEG)
    assert {"missing": "no such file or folder", "file": "no folder", "unknown": "nowhere"}[wrong] in str(told.value)
    assert shop.one("SELECT count(*) FROM car_photos") == 0
    assert target.exists() == (wrong == "file")  # a share that is not mounted is not made


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_is_told(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path))
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PhotosOutOfReach, match="access is denied"):
            car_photos.take_in(shop.maker, new(shop.car().id), JPEG)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_of_the_cars_folder_leaves_nothing_half(
    shop: Shop, tmp_path: Path, use_photos: UsePhotos
) -> None:
    use_photos(str(tmp_path))
    (tmp_path / "cars").write_text("in the way")
    with pytest.raises(PhotosOutOfReach):
        car_photos.take_in(shop.maker, new(shop.car().id), JPEG)
    assert files_below(tmp_path) == ["cars"]


def test_a_photo_is_kept_while_others_take_the_cars_last_ones_away(tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path))

    def add_and_remove(_number: int) -> None:
        url = photo_files.new_url(1, uuid4())
        photo_files.write(url, JPEG)
        photo_files.remove(url)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(add_and_remove, range(600)))
    assert files_below(tmp_path) == []


def test_without_a_setting_photos_lie_with_the_persons_data(shop: Shop) -> None:
    photo = car_photos.take_in(shop.maker, new(shop.car().id), JPEG)
    assert (paths.data_folder() / "photos" / photo.url).read_bytes() == JPEG


def test_a_removed_photo_keeps_its_file_until_it_is_forgotten(
    shop: Shop, tmp_path: Path, use_photos: UsePhotos
) -> None:
    use_photos(str(tmp_path))
    car = shop.car()
    one, two = (car_photos.take_in(shop.maker, new(car.id), JPEG) for _n in range(2))
    cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=one.id))
    assert files_below(tmp_path) == sorted([one.url, two.url])
    back = PhotoInput(request_id=uuid4(), car_id=car.id, url=one.url, position=one.position, is_main=True)
    cars.add_photo(shop.maker, back)
    assert [(p.url, p.is_main) for p in car_photos.of_car(shop.reader, car.id)] == [(one.url, True), (two.url, False)]
    car_photos.forget_file(shop.reader, one.url)  # it was brought back, so a row names it
    assert files_below(tmp_path) == sorted([one.url, two.url])
    cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=two.id))
    car_photos.forget_file(shop.reader, two.url)
    assert files_below(tmp_path) == [one.url]


def test_nothing_that_is_not_ours_is_ever_deleted(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path / "photos"))
    (tmp_path / "photos").mkdir()
    outside = tmp_path / f"{uuid4()}.jpg"
    inside = tmp_path / "photos" / "front.jpg"
    for file in (outside, inside):
        file.write_bytes(JPEG)
    for url in (str(outside), f"../{outside.name}", f"cars/1/../../../{outside.name}", "front.jpg", outside.as_uri()):
        assert not photo_files.is_ours(url)
        car_photos.forget_file(shop.reader, url)
        photo_files.remove(url)
    assert outside.exists()
    assert inside.exists()


def test_the_files_of_a_deleted_car_go_and_no_others(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path))
    gone, kept = shop.car(), shop.car()
    ours = [car_photos.take_in(shop.maker, new(car.id), JPEG).url for car in (gone, gone, kept)]
    # A practice database with the same place for photos has a car with this number, too.
    other = photo_files.new_url(gone.id, uuid4())
    photo_files.write(other, JPEG)
    step = CarStep(request_id=uuid4(), car_id=gone.id)
    assert car_photos.delete_car(shop.maker, shop.reader, step) == gone.id
    assert files_below(tmp_path) == sorted([ours[2], other])
    assert car_photos.delete_car(shop.maker, shop.reader, step) == gone.id  # the same request again


def test_the_demos_photos_stay_with_the_demo(shop: Shop, tmp_path: Path, use_photos: UsePhotos) -> None:
    use_photos(str(tmp_path / "a share that is not there"))
    photo_files.keep_in(tmp_path / "demo" / "photos")
    try:
        photo = car_photos.take_in(shop.maker, new(shop.car().id), JPEG)
        assert (tmp_path / "demo" / "photos" / photo.url).read_bytes() == JPEG
    finally:
        photo_files.keep_in(None)
    with pytest.raises(UnreadableFile):
        photo_files.read(photo.url)


def test_an_s3_address_is_read_with_what_the_settings_say(
    use_photos: UsePhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"ENDPOINT": "http://127.0.0.1:1", "REGION": "ru-central1", "KEY": "k", "SECRET": "s"}.items():
        monkeypatch.setenv(f"PHOTOS__{name}", value)
    use_photos("s3://bucket/dealer")
    assert str(photo_files.folder()) == "s3://bucket/dealer"
    with pytest.raises(PhotosOutOfReach, match="PHOTOS__URL") as told:
        photo_files.write("cars/1/x.jpg", JPEG)
    assert "127.0.0.1:1" in str(told.value)
    assert "\n" not in str(told.value)
