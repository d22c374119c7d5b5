#!/usr/bin/env python3
"""Can everybody tell the colours of style.gp apart?

    colours.py FOLDER/style.gp      page.gp stands beside it

Groups: CIELAB distance of every two colours, as seen by people with normal vision and, after
Machado, Oliveira & Fernandes (2009), without one kind of cone; two groups of one shape have to be
further apart. Palettes: lightness runs one way from end to end, or from the middle to both ends, and
text in the ink that style.gp chooses keeps a contrast of 4.5:1 all along. Greys: by lightness alone.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MACHADO = {
    "normal vision": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                   (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                     (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                   (0.004733, 0.691367, 0.303900)),
}
STEPS = [k / 200 for k in range(201)]


def read(path):
    return Path(path).read_text(encoding="utf-8").replace("\\\n", " ")


def linear(color):
    values = [(color >> shift & 255) / 255 for shift in (16, 8, 0)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def seen(color, kind):
    values = linear(color)
    return [min(1, max(0, sum(m * v for m, v in zip(row, values)))) for row in MACHADO[kind]]


def lab(values):
    r, g, b = values
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    f = [t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def distance(one, other, kind):
    pair = zip(lab(seen(one, kind)), lab(seen(other, kind)))
    return sum((a - b) ** 2 for a, b in pair) ** 0.5


def contrast(one, other):
    light, dark = sorted((lab(linear(c))[0] for c in (one, other)), reverse=True)
    tone = [((v + 16) / 116) ** 3 if v > 8 else v * 27 / 24389 for v in (light, dark)]
    return (tone[0] + 0.05) / (tone[1] + 0.05)


def check(name, wrong):
    print("not ok" if wrong else "ok", name)
    for line in wrong[:6]:
        print("#", line)


def groups(style):
    def array(name):
        return [int(v, 0) for v in re.search(rf"array {name}\[8\]\s*=\s*\[([^]]*)\]", style)[1].split(",")]

    colours, greys, shapes = array("COLOUR"), array("GREYS"), array("SHAPE")
    pairs = [(i, j) for i in range(8) for j in range(i)]
    for kind in MACHADO:
        check(f"colours of groups, {kind}", [
            f"groups {j + 1} and {i + 1}: {distance(colours[i], colours[j], kind):.1f}"
            for i, j in pairs
            if distance(colours[i], colours[j], kind) < (15 if shapes[i] == shapes[j] else 8)])
    tone = [lab(linear(g))[0] for g in greys]
    check("greys of groups", [
        f"groups {j + 1} and {i + 1}: {abs(tone[i] - tone[j]):.1f}" for i, j in pairs
        if abs(tone[i] - tone[j]) < (15 if i < 3 or shapes[i] == shapes[j] else 0)])


def at(stops, z):
    x = z * stops[-1][0]
    for (a, one), (b, other) in zip(stops, stops[1:]):
        if x <= b:
            share = (x - a) / (b - a)
            mix = ((one >> s & 255) * (1 - share) + (other >> s & 255) * share for s in (16, 8, 0))
            return sum(round(v) << s for v, s in zip(mix, (16, 8, 0)))
    return stops[-1][1]


def inks(style, which, color):
    """What style.gp answers for ink_WHICH(z), z from 0 to 1."""
    with tempfile.NamedTemporaryFile("w", suffix=".gp") as script:
        ask = "\n".join(f"print ink_{which}({z})" for z in STEPS)
        script.write(f"COLOR = {color}\n{style}\n{ask}\n")
        script.flush()
        out = subprocess.run(["gnuplot", "-d", script.name], capture_output=True, text=True, check=True)
    return [int(v) for v in out.stderr.split()]


def turns(stops, steps, kind):
    """Where lightness does not go on as it began; and how far it goes."""
    tones = [lab(seen(at(stops, z), kind))[0] for z in steps]
    way = 1 if tones[-1] > tones[0] else -1
    back = [z for z, a, b in zip(steps, tones, tones[1:]) if (b - a) * way < -0.3]
    return back or (["too little"] if abs(tones[-1] - tones[0]) < 40 else [])


def palettes(style, page):
    found = re.findall(r"if \(([^{]*)\) \{\s*set palette defined \(([^)]*)\)", page)
    check("three palettes", [] if len(found) == 3 else [str(found)])
    for condition, listed in found:
        name = "grey" if "!COLOR" in condition else "diverging" if "DIVERGING" in condition else "sequential"
        stops = [(int(a), int(c, 16)) for a, c in re.findall(r"(\d+) +'#([0-9A-F]{6})'", listed)]
        halves = [STEPS[:101], STEPS[100:]] if name == "diverging" else [STEPS]
        for kind in MACHADO:
            wrong = [f"lightness turns: {z}" for half in halves for z in turns(stops, half, kind)[:2]]
            if name == "diverging" and distance(at(stops, 0.1), at(stops, 0.9), kind) < 20:
                wrong.append("its two sides look alike")
            check(f"palette {name}, {kind}", wrong)
        for which in ("diverging", "sequential") if name == "grey" else (name,):
            pairs = zip(STEPS, inks(style, which, 0 if name == "grey" else 1))
            check(f"palette {name}: text on it, {which}", [
                f"{contrast(ink, at(stops, z)):.2f} at {z}" for z, ink in pairs
                if contrast(ink, at(stops, z)) < 4.5])


groups(read(sys.argv[1]))
palettes(read(sys.argv[1]), read(sys.argv[1].replace("style.gp", "page.gp")))
