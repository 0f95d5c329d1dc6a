"""What is handed to the services about the photos of a car."""

from dealer_desktop.services.inputs.base import Input, Url


class PhotoInput(Input):
    """A picture that is somewhere already."""

    car_id: int
    url: Url
    is_main: bool = False
    position: int | None = None
    """None: behind the others."""


class NewPhoto(Input):
    """A picture that is handed over with it."""

    car_id: int


class PhotoStep(Input):
    photo_id: int


class PhotoOrder(Input):
    """``photo_ids``: all photos of the car in their new order."""

    car_id: int
    photo_ids: tuple[int, ...]
