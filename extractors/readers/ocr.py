"""Recognition of print: the one place that knows onnxruntime and the models in rapidocr's wheel.

The PP-OCRv6 models (detection by differentiable binarisation, recognition by CTC) are run directly:
rapidocr's own pipeline gives no confidence and no place a character, pads lines to batches and
imports for a second. Two sessions of one thread each recognise lines side by side.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"
#: what the recognition model takes: lines of this height in pixels; one step a so many pixels
LINE_HEIGHT = 48
STEP = 8
#: detection: a pixel is text from this probability on, a region from that mean on
TEXT_PIXEL = 0.3
TEXT_REGION = 0.5
#: how far a found core is widened, in parts of its area by its perimeter
WIDEN = 1.6

Picture = NDArray[Any]  # height x width, grey, 8 bits


@dataclass(frozen=True, slots=True)
class Region:
    """A found line of text: the middle, length and height of its rectangle, its tilt in degrees."""

    x: float
    y: float
    length: float
    height: float
    tilt: float
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A recognised line: its characters, each with its middle (0..1 of the line's width) and confidence."""

    text: str
    places: tuple[float, ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


def threads() -> int:
    """How many lines are recognised side by side: JIHE_OCR_THREADS, else the processors, four at most."""
    return max(1, int(os.environ.get("JIHE_OCR_THREADS", "0")) or min(4, len(os.sched_getaffinity(0))))


@cache
def _session(name: str, intra: int) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    spec = importlib.util.find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("rapidocr, whose wheel holds the models, is not installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = intra
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # idle threads that spin take the processor from the other worker processes
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = Path(spec.submodule_search_locations[0]) / "models" / name
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def _alphabet() -> tuple[str, ...]:
    characters = _session(RECOGNITION, 1).get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *characters, " ")


def find_lines(picture: Picture, scale: float) -> list[Region]:
    """The lines of text in a picture, in its own pixels; it is looked at `scale` times its size."""
    import cv2

    height, width = picture.shape
    wide, high = max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32)
    small = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA)
    plane = (small.astype(np.float32) / 255 - 0.5) / 0.5
    session = _session(DETECTION, threads())
    tensor = np.broadcast_to(plane, (1, 3, high, wide))
    chances = session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(tensor)})[0][0, 0]
    mask = cv2.dilate((chances > TEXT_PIXEL).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    fx, fy = width / wide, height / high
    found = []
    for contour in contours:
        left, top, w, h = cv2.boundingRect(contour)
        if min(w, h) < 3:
            continue
        inside = np.zeros((h, w), np.uint8)
        cv2.drawContours(inside, [contour], -1, 1, -1, offset=(-left, -top))
        score = float(cv2.mean(chances[top : top + h, left : left + w], inside)[0])
        if score < TEXT_REGION:
            continue
        (x, y), (a, b), tilt = cv2.minAreaRect(contour)
        # the angle's range differs between OpenCV's versions; the side nearer to level is the line
        length, thick = a, b
        while tilt > 45:
            length, thick, tilt = thick, length, tilt - 90
        while tilt <= -45:
            length, thick, tilt = thick, length, tilt + 90
        more = 2 * WIDEN * length * thick / max(2 * (length + thick), 1e-6)
        if thick < 2:
            continue
        found.append(Region(x * fx, y * fy, (length + more) * fx, (thick + more) * fy, tilt, score))
    return found


def read_lines(pictures: Sequence[Picture]) -> list[Reading]:
    """The text of cut out, upright lines."""
    if not pictures:
        return []
    _session(RECOGNITION, 1)
    _alphabet()
    with ThreadPoolExecutor(threads()) as pool:
        # the longest first, so that no thread ends alone with one
        order = sorted(
            range(len(pictures)), key=lambda at: -pictures[at].shape[1] / max(pictures[at].shape[0], 1)
        )
        readings = dict(zip(order, pool.map(_read_line, [pictures[at] for at in order]), strict=True))
    return [readings[at] for at in range(len(pictures))]


def _read_line(picture: Picture) -> Reading:
    import cv2

    height, width = picture.shape
    if min(height, width) < 2:
        return Reading("", (), ())
    wide = max(LINE_HEIGHT, round(width * LINE_HEIGHT / height))
    line = cv2.resize(
        picture, (wide, LINE_HEIGHT), interpolation=cv2.INTER_LINEAR if height < 60 else cv2.INTER_AREA
    )
    plane = (line.astype(np.float32) / 255 - 0.5) / 0.5
    padded = np.zeros((LINE_HEIGHT, -(-wide // STEP) * STEP), np.float32)
    padded[:, :wide] = plane
    session = _session(RECOGNITION, 1)
    tensor = np.ascontiguousarray(np.broadcast_to(padded, (1, 3, *padded.shape)))
    chances = session.run(None, {session.get_inputs()[0].name: tensor})[0][0]
    return _decode(chances, wide)


def _decode(chances: NDArray[np.float32], wide: int) -> Reading:
    """CTC by the likeliest path: repeats and blanks fall out; a character stands at its steps' middle."""
    best = chances.argmax(axis=1)
    tops = chances[np.arange(len(best)), best]
    alphabet = _alphabet()
    text: list[str] = []
    places: list[float] = []
    confidences: list[float] = []
    step = 0
    while step < len(best):
        end = step + 1
        while end < len(best) and best[end] == best[step]:
            end += 1
        if best[step]:
            text.append(alphabet[best[step]])
            places.append(min(1.0, (step + end) / 2 * STEP / wide))
            confidences.append(min(0.9999, float(tops[step:end].max())))
        step = end
    if any(len(char) != 1 for char in text):  # a ligature of the model's alphabet counts as its letters
        places = [place for char, place in zip(text, places, strict=True) for _ in char]
        confidences = [sure for char, sure in zip(text, confidences, strict=True) for _ in char]
    return Reading("".join(text), tuple(places), tuple(confidences))
