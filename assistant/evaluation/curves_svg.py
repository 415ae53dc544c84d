"""Learning curves with intervals as a small SVG picture; a pure function of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 170, 44, 50  # margins; the legend stands on the right
# Colours that colour-blind people can tell apart (Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
TICKS = (0, 20, 40, 60, 80, 100)
FINE_TICKS = tuple(range(0, 101, 5))  # where less than half of the scale is shown


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: points (interactions, value, low, high), values as shares of one.

    `shaded`: with a band from low to high; many bands over each other show nothing.
    """

    name: str
    points: tuple[tuple[int, float, float, float], ...]
    shaded: bool = True


@dataclass(frozen=True, slots=True)
class Scale:
    """From which share to which one is shown, and the last number of interactions."""

    low: float
    high: float
    last: int

    def x(self, moment: int) -> float:
        """Where a number of interactions stands."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * moment / self.last, 1)

    def y(self, share: float) -> float:
        """Where a share stands; beyond the scale at its end."""
        place = (min(max(share, self.low), self.high) - self.low) / (self.high - self.low)
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - place), 1)


def draw_curves(
    title: str,
    lines: Sequence[Line],
    span: tuple[float, float] = (0.0, 1.0),
    counted: str = "interactions",
) -> str:
    """The picture: one line and one band for each curve, percent of `span` over interactions."""
    last = max((x for line in lines for x, *_ in line.points), default=1)
    scale = Scale(*span, last)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="15">{escape(title)}</text>',
        *_axes(sorted({x for line in lines for x, *_ in line.points}), scale, counted),
    ]
    for number, line in enumerate(lines):
        parts += _curve(line, number, scale)
    return "\n".join([*parts, "</svg>", ""])


def _axes(moments: Sequence[int], scale: Scale, counted: str) -> list[str]:
    """Grid, ticks and the names of the axes."""
    parts = []
    ticks = TICKS if scale.high - scale.low > 0.5 else FINE_TICKS
    for percent in [tick for tick in ticks if scale.low <= tick / 100 <= scale.high]:
        y = scale.y(percent / 100)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#dddddd"/>'
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{percent} %</text>'
        )
    shown = -100.0
    for moment in moments:
        x = scale.x(moment)
        if x - shown > 24:  # narrower labels would run into each other
            parts.append(
                f'<text x="{x}" y="{scale.y(scale.low) + 18}" text-anchor="middle">{moment}</text>'
            )
            shown = x
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{counted}</text>')
    return parts


def _curve(line: Line, number: int, scale: Scale) -> list[str]:
    """Band, line, dots and the entry in the legend."""
    colour = COLOURS[number % len(COLOURS)]
    dashes = ' stroke-dasharray="5 3"' if number >= len(COLOURS) else ""
    upper = [f"{scale.x(x)},{scale.y(high)}" for x, _, _, high in line.points]
    lower = [f"{scale.x(x)},{scale.y(low)}" for x, _, low, _ in reversed(line.points)]
    middle = [f"{scale.x(x)},{scale.y(value)}" for x, value, _, _ in line.points]
    band = f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" opacity="0.18"/>'
    y = TOP + 20 * number
    x = WIDTH - RIGHT + 14
    return [
        *((band,) if line.shaded else ()),
        f'<polyline points="{" ".join(middle)}" fill="none" stroke="{colour}" '
        f'stroke-width="2"{dashes}/>',
        *(
            f'<circle cx="{at.split(",")[0]}" cy="{at.split(",")[1]}" r="3" fill="{colour}"/>'
            for at in middle
        ),
        f'<line x1="{x}" x2="{x + 18}" y1="{y}" y2="{y}" stroke="{colour}" '
        f'stroke-width="3"{dashes}/>',
        f'<text x="{x + 24}" y="{y + 4}">{escape(line.name)}</text>',
    ]
