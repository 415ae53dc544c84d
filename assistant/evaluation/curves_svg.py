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


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: points (interactions, value, low, high), values as shares of one."""

    name: str
    points: tuple[tuple[int, float, float, float], ...]


def draw_curves(title: str, lines: Sequence[Line]) -> str:
    """The picture: one line and one band for each curve, percent over interactions."""
    last = max((x for line in lines for x, *_ in line.points), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="24" font-size="15">{escape(title)}</text>',
        *_axes(sorted({x for line in lines for x, *_ in line.points}), last),
    ]
    for number, line in enumerate(lines):
        parts += _curve(line, COLOURS[number % len(COLOURS)], number, last)
    return "\n".join([*parts, "</svg>", ""])


def _axes(moments: Sequence[int], last: int) -> list[str]:
    """Grid, ticks and the names of the axes."""
    parts = []
    for percent in TICKS:
        y = _y(percent / 100)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#dddddd"/>'
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{percent} %</text>'
        )
    shown = -100.0
    for moment in moments:
        x = _x(moment, last)
        if x - shown > 24:  # narrower labels would run into each other
            parts.append(f'<text x="{x}" y="{_y(0) + 18}" text-anchor="middle">{moment}</text>')
            shown = x
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">interactions</text>')
    return parts


def _curve(line: Line, colour: str, number: int, last: int) -> list[str]:
    """Band, line, dots and the entry in the legend."""
    upper = [f"{_x(x, last)},{_y(high)}" for x, _, _, high in line.points]
    lower = [f"{_x(x, last)},{_y(low)}" for x, _, low, _ in reversed(line.points)]
    middle = [f"{_x(x, last)},{_y(value)}" for x, value, _, _ in line.points]
    y = TOP + 20 * number
    x = WIDTH - RIGHT + 14
    return [
        f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" opacity="0.18"/>',
        f'<polyline points="{" ".join(middle)}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(
            f'<circle cx="{at.split(",")[0]}" cy="{at.split(",")[1]}" r="3" fill="{colour}"/>'
            for at in middle
        ),
        f'<line x1="{x}" x2="{x + 18}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
        f'<text x="{x + 24}" y="{y + 4}">{escape(line.name)}</text>',
    ]


def _x(moment: int, last: int) -> float:
    """Where a number of interactions stands."""
    return round(LEFT + (WIDTH - LEFT - RIGHT) * moment / last, 1)


def _y(share: float) -> float:
    """Where a share stands."""
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)
