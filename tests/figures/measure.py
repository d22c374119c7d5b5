#!/usr/bin/env python3
"""Measures pictures as a journal's technical editor would.

    measure.py FOLDER SMALLEST TALLEST DPI    every picture in FOLDER: `ok` or `not ok`, a line each

PDF: page size, fonts embedded, no missing glyph, smallest text, text inside the page and apart from
other text, contrast of text to what lies under it; read from `mutool trace`, which prints every
glyph with its place and every shape in the order of painting. EPS: size, fonts, smallest text, no
part turned into pixels, read by Ghostscript. SVG: size, valid XML, described. PNG and TIFF: pixels
and resolution.
"""
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

MM = 25.4 / 72
CONTRAST = 4.5  # WCAG 2.1, 1.4.3


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{words[0]}: {done.stderr.strip()[:200]}")
    return done.stdout


def numbers(text):
    return [float(word) for word in text.split()]


def rgb(element):
    values = numbers(element.get("color") or "0")
    if len(values) == 1:
        return values * 3
    if len(values) == 4:
        return [(1 - v) * (1 - values[3]) for v in values[:3]]
    return values


def luminance(color):
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def apply(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Glyph:
    """A glyph: its character, size in points, colour and box on the page."""

    def __init__(self, letter, size, color, box, along):
        self.letter, self.size, self.color, self.box, self.along = letter, size, color, box, along


def glyphs_of(element, shapes):
    """The glyphs of a fill_text, each with the colour it lies on."""
    matrix = numbers(element.get("transform"))
    color = rgb(element)
    for span in element.iter("span"):
        a, b, c, d = numbers(span.get("trm"))
        for g in span.iter("g"):
            x, y, advance = float(g.get("x")), float(g.get("y")), float(g.get("adv"))
            corners = [
                apply(matrix, x + along * a + up * c, y + along * b + up * d)
                for along in (0.04, max(advance - 0.04, 0.05))
                for up in (-0.02, 0.66)
            ]
            size = abs(a * d - b * c) ** 0.5 * abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
            xs, ys = [p[0] for p in corners], [p[1] for p in corners]
            box = (min(xs), min(ys), max(xs), max(ys))
            yield Glyph(g.get("unicode"), size, color, box, abs(a) >= abs(b)), under(shapes, box)


def under(shapes, box):
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for (x0, y0, x1, y1), color, alpha in reversed(shapes):
        if x0 <= x <= x1 and y0 <= y <= y1 and alpha == 1:
            return color
    return [1, 1, 1]


def shape_of(element):
    """The box and colour of a filled path."""
    matrix = numbers(element.get("transform"))
    points = [
        apply(matrix, float(p.get("x")), float(p.get("y")))
        for p in element
        if p.tag in ("moveto", "lineto")
    ]
    if len(points) < 4:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    corners = {(round(x, 2), round(y, 2)) for x, y in points}
    if len(corners) != 4 or len({c[0] for c in corners}) != 2:
        return None  # not a rectangle: marks, arrows
    return (min(xs), min(ys), max(xs), max(ys)), rgb(element), float(element.get("alpha") or 1)


def read_drawing(pdf):
    """Page width and height in points, and all glyphs with what is under them."""
    text = run("mutool", "trace", str(pdf))
    text = re.sub(r"&#x?0*[01]?[0-9a-fA-F];", "", text)
    page = tree.fromstring(text).find("page")
    shapes, found = [], []
    for element in page.iter():
        if element.tag == "fill_path":
            shape = shape_of(element)
            if shape:
                shapes.append(shape)
        elif element.tag in ("fill_text", "ignore_text"):
            found += list(glyphs_of(element, shapes))
    box = numbers(page.get("mediabox"))
    return box[2] - box[0], box[3] - box[1], found


def overlaps(glyphs):
    """Pairs of glyphs that cover each other: more than a tenth of the letter in both directions."""
    cells = {}
    for g in glyphs:
        if not (g.letter or "").strip():
            continue
        x0, y0, x1, y1 = g.box
        room = 0.1 * g.size
        near = set()
        for i in range(int(x0 // 20), int(x1 // 20) + 1):
            for j in range(int(y0 // 20), int(y1 // 20) + 1):
                near.update(cells.setdefault((i, j), []))
                cells[i, j].append(g)
        for h in near:
            wide = min(x1, h.box[2]) - max(x0, h.box[0])
            high = min(y1, h.box[3]) - max(y0, h.box[1])
            if wide > room and high > room:
                yield g, h


def words_near(glyphs, one):
    """The line a glyph stands in, for the message."""
    at = glyphs.index(one)
    part = glyphs[max(0, at - 8) : at + 9]
    return "".join(g.letter or "?" for g in part)


def fonts(pdf):
    lines = run("pdffonts", str(pdf)).splitlines()[2:]
    if not lines:
        yield "no text"
    for line in lines:
        if line.split()[-5] != "yes":
            yield f"font not embedded: {line.split()[0]}"
        if "Type 3" in line:
            yield f"font drawn, not embedded: {line.split()[0]}"


def measure_pdf(pdf, width, smallest, tallest):
    wide, high, found = read_drawing(pdf)
    glyphs = [g for g, _ in found]
    yield from fonts(pdf)
    if abs(wide * MM - width) > 0.5:
        yield f"page is {wide * MM:.1f} mm wide"
    if high * MM > tallest + 0.5:
        yield f"page is {high * MM:.1f} mm high, the journal's {tallest:g}"
    least = min((g.size for g in glyphs), default=0)
    if least < smallest - 0.01:
        small = next(g for g in glyphs if g.size == least)
        yield f"text of {least:.2f} pt, the journal's smallest {smallest:g}: {words_near(glyphs, small)}"
    for g, ground in found:
        x0, y0, x1, y1 = g.box
        if x0 < 0 or y0 < 0 or x1 > wide or y1 > high:
            yield f"text leaves the page: {words_near(glyphs, g)}"
        if g.letter in (None, "�"):
            yield f"no glyph: {words_near(glyphs, g)}"
        if (g.letter or "").strip() and contrast(g.color, ground) < CONTRAST:
            yield f"contrast {contrast(g.color, ground):.2f}: {words_near(glyphs, g)}"
    for g, h in overlaps(glyphs):
        yield f"text on text: {words_near(glyphs, g)} | {words_near(glyphs, h)}"


def measure_eps(eps, width, smallest, tallest):
    """The drawing is that of the PDF, so overlaps and contrast are measured there."""
    text = eps.read_text("latin-1")
    wide, high = numbers(re.search(r"^%%BoundingBox: (.*)$", text, re.M)[1])[2:]
    if abs(wide * MM - width) > 0.5 or high * MM > tallest + 0.5:
        yield f"bounding box is {wide * MM:.1f} by {high * MM:.1f} mm"
    kinds = re.findall(r"^/FontType (\d+) def", text, re.M)
    if not kinds or set(kinds) - {"1", "42"}:
        yield f"fonts are not embedded as outlines: types {kinds}"
    if "%%BeginResource: font" not in text and "%%DocumentNeededResources" in text:
        yield "a font is asked for, not embedded"
    sizes = [float(size) for size in re.findall(r"^(\S+) 0 0 -?\S+ \S+ \S+ Tm", text, re.M)]
    if not sizes or min(sizes) < smallest - 0.01:
        yield f"text of {min(sizes, default=0)} pt, the journal's smallest {smallest:g}"
    if re.search(r"^cairo_image", text, re.M):
        yield "a part is an image"
    run("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dEPSCrop", "-sDEVICE=nullpage", str(eps))


def measure_svg(svg, width, _smallest, tallest):
    root = tree.parse(svg).getroot()
    wide, high = (float(root.get(side).rstrip("px")) * 25.4 / 96 for side in ("width", "height"))
    if abs(wide - width) > 0.5 or high > tallest + 0.5:
        yield f"{wide:.1f} by {high:.1f} mm"
    if not list(root.iter("{http://www.w3.org/2000/svg}text")):
        yield "no text"
    described = root.find("{http://www.w3.org/2000/svg}desc")
    if described is None or len(described.text or "") < 40:
        yield "no description"


def measure_png(png, width, _smallest, tallest):
    head = png.read_bytes()[:24]
    wide, high = struct.unpack(">II", head[16:24])
    dpi = DPI[0]
    if abs(wide / dpi * 25.4 - width) > 0.5 or high / dpi * 25.4 > tallest + 0.5:
        yield f"{wide} by {high} pixels, not {width} mm at {dpi} dpi"


def tiff_tags(data):
    at = struct.unpack("<I", data[4:8])[0]
    for entry in range(struct.unpack("<H", data[at : at + 2])[0]):
        tag, kind, count, value = struct.unpack("<HHII", data[at + 2 + 12 * entry : at + 14 + 12 * entry])
        if kind == 5:
            top, bottom = struct.unpack("<II", data[value : value + 8])
            yield tag, top / bottom
        else:
            yield tag, value & 0xFFFF if kind == 3 and count == 1 else value


def measure_tiff(tiff, width, _smallest, tallest):
    data = tiff.read_bytes()
    tags = dict(tiff_tags(data))
    if tags.get(282) != DPI[0] or tags.get(296, 2) != 2:
        yield f"resolution is {tags.get(282)}"
    if abs(tags[256] / DPI[0] * 25.4 - width) > 0.5 or tags[257] / DPI[0] * 25.4 > tallest + 0.5:
        yield f"{tags[256]} by {tags[257]} pixels"
    if tags.get(259) != 5 or tags.get(262) != 2:
        yield "not LZW or not RGB"
    if len(data) > 10_000_000:
        yield f"{len(data)} bytes"


MEASURES = {".pdf": measure_pdf, ".eps": measure_eps, ".svg": measure_svg, ".png": measure_png,
            ".tiff": measure_tiff}
DPI = [300]


def main():
    folder, smallest, tallest = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    DPI[0] = int(sys.argv[4]) if len(sys.argv) > 4 else 300
    pictures = sorted(p for p in folder.iterdir() if p.suffix in MEASURES)
    for picture in pictures:
        width = float(re.search(r"-(\d+)(-p\d+)?\.\w+$", picture.name)[1])
        try:
            wrong = list(dict.fromkeys(MEASURES[picture.suffix](picture, width, smallest, tallest)))
        except (ValueError, tree.ParseError, KeyError, struct.error) as error:
            wrong = [str(error)]
        print("not ok" if wrong else "ok", f"measures of {picture}")
        for line in wrong[:12]:
            print("#", line)
    if not pictures:
        print(f"not ok no pictures in {folder}")


main()
