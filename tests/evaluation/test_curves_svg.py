"""Learning curves as a picture."""

from __future__ import annotations

from xml.etree import ElementTree

from assistant.evaluation.curves_svg import HEIGHT, LEFT, WIDTH, Line, draw_curves

SVG = "{http://www.w3.org/2000/svg}"
LINES = [
    Line("ours", ((10, 0.2, 0.1, 0.3), (30, 0.9, 0.8, 1.0))),
    Line("a < b", ((10, 0.1, 0.0, 0.2),)),
]


def test_every_curve_has_a_line_a_band_and_its_name():
    picture = ElementTree.fromstring(draw_curves("Accuracy & more", LINES))
    assert len(picture.findall(f"{SVG}polyline")) == 2
    assert len(picture.findall(f"{SVG}polygon")) == 2
    texts = [text.text for text in picture.findall(f"{SVG}text")]
    assert {"Accuracy & more", "ours", "a < b", "interactions"} <= set(texts)


def test_all_points_lie_on_the_picture_and_better_is_higher():
    picture = ElementTree.fromstring(draw_curves("t", LINES))
    line = picture.findall(f"{SVG}polyline")[0].get("points", "").split()
    (x1, y1), (x2, y2) = (map(float, at.split(",")) for at in line)
    assert LEFT < x1 < x2 < WIDTH
    assert 0 < y2 < y1 < HEIGHT


def test_no_curve_at_all_is_still_a_picture():
    assert ElementTree.fromstring(draw_curves("t", [])).tag == f"{SVG}svg"
