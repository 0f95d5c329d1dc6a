"""The colours, by what they mean. Text reaches 4.5:1 on every ground it stands on, signs and focus rings 3:1."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One set of colours, each as ``#RRGGBB``."""

    window: str
    surface: str
    subtle: str
    selection: str
    hairline: str
    border: str
    text: str
    second: str
    accent: str
    """Text, signs and lines in the accent colour."""
    accent_fill: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    green: str
    amber: str
    grey: str
    red: str
    hover: str
    """Ground of a quiet button or a row under the pointer."""
    match: str
    """Ground behind the letters that a search found."""
    amber_ground: str
    red_ground: str
    scroll: str
    """The scroll bar's handle: a non-text sign that has to be found."""
    chart: tuple[str, ...]
    """Bars of pictures: the first where there is one kind, the second beside it or for what stands out.

    Whoever sees no red, no green or no blue tells them apart.
    """

    def tone(self, name: str) -> str:
        """The text colour of ``second``, ``green``, ``amber``, ``grey``, ``red``, ``accent`` or ``text``."""
        return str(getattr(self, name or "text"))


LIGHT = Tokens(
    window="#F7F7F9",
    surface="#FFFFFF",
    subtle="#EFEFF3",
    selection="#E6ECFB",
    hairline="#E7E7EB",
    border="#C6C8D0",
    text="#1A1B1F",
    second="#5C5F69",
    accent="#2B57D0",
    accent_fill="#2B57D0",
    accent_hover="#244BB8",
    accent_pressed="#1E409E",
    on_accent="#FFFFFF",
    green="#127439",
    amber="#985800",
    grey="#646771",
    red="#C0262D",
    hover="#F0F0F4",
    match="#FFE9A8",
    amber_ground="#FFF4DC",
    red_ground="#FDECEC",
    scroll="#C2C4CC",
    chart=("#2B57D0", "#C77700"),
)

DARK = Tokens(
    window="#16171A",
    surface="#1C1D21",
    subtle="#292B31",
    selection="#2A3553",
    hairline="#2B2D33",
    border="#4A4D56",
    text="#E9EAED",
    second="#A3A6B0",
    accent="#8FA9FF",
    accent_fill="#4467DB",
    accent_hover="#4A6DE0",
    accent_pressed="#3A5BC9",
    on_accent="#FFFFFF",
    green="#53C384",
    amber="#E0A63C",
    grey="#A3A6B0",
    red="#FF8080",
    hover="#25272C",
    match="#43370F",
    amber_ground="#33290F",
    red_ground="#3A1F22",
    scroll="#4A4D56",
    chart=("#6C8CFF", "#F2B04A"),
)
