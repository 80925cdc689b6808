"""The picture of a question; where it asks of a place in one, its areas with the letters of the choices below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessments.areas import CANVAS, LETTERS, Shape, shapes
from assessments.content import ChoiceContent, QuestionContent, Said, Texts
from media_library.models import Picture
from media_library.pictures import with_renditions


@dataclass(frozen=True)
class Pictured:
    """A picture and its areas on a canvas of `width` by `height`. `image` is None where it is not what it was when
    the question was frozen: the choices below are answered without it.
    """

    image: Picture | None
    alt: Said
    width: int
    height: int
    shapes: tuple[Shape, ...]
    # Where the lines of an editor's grid lie: along the width and along the height, every tenth.
    grid: tuple[tuple[int, int, int], ...]


def pictured(
    question: QuestionContent, choices: Sequence[ChoiceContent], say: Callable[[Texts], Said]
) -> Pictured | None:
    """Return the picture of a question with its areas in the order of `choices`; None where it has none."""
    frozen = question.picture
    if frozen is None:
        return None
    found = with_renditions([frozen.pk]).get(frozen.pk)
    image = found if found is not None and found.get_file_hash() == frozen.digest else None
    height = round(CANVAS * frozen.ratio)
    return Pictured(
        image=image,
        alt=say(frozen.alts),
        width=CANVAS,
        height=height,
        shapes=shapes([choice.area for choice in choices], frozen.ratio) if image else (),
        grid=tuple((tenth * 10, CANVAS * tenth // 10, height * tenth // 10) for tenth in range(1, 10)),
    )


def letter_of(question: QuestionContent, place: int) -> str:
    """Return the letter by which the choice at `place` (from 0) stands in the picture; nothing without one."""
    return LETTERS[place % len(LETTERS)] if question.choices[0].area else ""
