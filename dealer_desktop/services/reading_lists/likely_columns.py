"""Which of two columns of one meaning is the likelier: the price one sells at, the colour outside."""

_LIKELY = {
    "price": (
        "продажи",
        "internet",
        "web",
        "selling",
        "asking",
        "sale",
        "special",
        "скидкой",
        "final",
        "итоговая",
        "итого",
    ),
    "color": ("ext", "exterior", "кузова", "body"),
    "year": ("model", "модельный"),
    "mileage": ("km", "км", "current"),
}


def likelihood(name: str, header: str) -> int:
    """Of the column called ``header`` for our field ``name``: the lower, the likelier."""
    telling = _LIKELY.get(name, ())
    return next((place for place, word in enumerate(telling) if word in header.split()), len(telling))
