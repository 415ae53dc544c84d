"""The picture of the evaluation of the whole: win rates over rankings, a line for each part."""

from __future__ import annotations

from assistant.evaluation.curves_svg import Line, draw_curves
from assistant.evaluation.whole import ALL_OFF, WHOLE
from assistant.evaluation.whole_report import WholeReport

SPAN = (0.3, 0.8)  # win rates against unguided replies are not far from one half


def draw_whole(report: WholeReport) -> str:
    """The picture; the band is the interval of the whole over pairs of people."""
    names = [WHOLE, *dict.fromkeys(part for part, _ in report.judged if part != WHOLE)]
    lines = [Line(ALL_OFF, _level(report), shaded=False)]
    for name in names:
        points = []
        for part, rankings in sorted(report.judged):
            share = report.win_rate(part, rankings)
            if part == name and None not in (share.value, share.low, share.high):
                points.append((rankings, share.value or 0.0, share.low or 0.0, share.high or 0.0))
        if points:
            lines.append(Line(name, tuple(points), shaded=name == WHOLE))
    title = f"Replies better than unguided ones (simulated people: {len(report.people)})"
    return draw_curves(title, lines, SPAN, "rankings")


def _level(report: WholeReport) -> tuple[tuple[int, float, float, float], ...]:
    """All off, which is one half by definition."""
    return tuple((moment, 0.5, 0.5, 0.5) for moment in sorted({m for _, m in report.judged}))
