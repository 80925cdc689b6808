"""Draws the plan of a bus station in which an example question asks for a place."""

from __future__ import annotations

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.models import Collection

from media_library.models import Licence, Picture

TITLE = "Plano de una estación de autobuses"
SHOWS = (
    "Plano de una estación: abajo tres autobuses, a la derecha una fila de personas frente a la ventanilla, arriba a "
    "la izquierda dos sillas junto a la pared."
)
SIZE = (1200, 800)
FLOOR, WALL, ROAD, BUS = "#f3ecdd", "#5b5347", "#b9b4aa", "#0b4f4a"
PERSON, CHAIR = "#b4741a", "#674006"
# Places in hundredths: two chairs, the queue, the buses.
CHAIRS, QUEUE, BUSES = "6 10 26 28", "66 14 28 40", "8 70 84 26"


def drawn() -> Image.Image:
    """Return the plan."""
    plan = Image.new("RGB", SIZE, FLOOR)
    pen = ImageDraw.Draw(plan)
    pen.rectangle((0, 0, 1199, 799), outline=WALL, width=16)
    pen.rectangle((8, 560, 1191, 791), fill=ROAD)
    for left in (130, 470, 810):
        pen.rounded_rectangle((left, 600, left + 260, 730), radius=18, fill=BUS)
        for window in range(4):
            pen.rectangle((left + 20 + window * 60, 620, left + 62 + window * 60, 660), fill=FLOOR)
    for left in (110, 240):
        pen.rounded_rectangle((left, 140, left + 90, 230), radius=10, fill=CHAIR)
        pen.rectangle((left, 110, left + 90, 134), fill=CHAIR)
    pen.rectangle((840, 16, 1080, 70), fill=WALL)
    for row in range(4):
        pen.ellipse((930, 120 + row * 78, 990, 180 + row * 78), fill=PERSON)
    return plan


def plan_of(collection: Collection | None) -> Picture:
    """Return the plan as a picture of the library, made once."""
    found = Picture.objects.filter(title=TITLE).first()
    if found:
        return found
    buffer = BytesIO()
    drawn().save(buffer, "PNG", optimize=True)
    buffer.seek(0)
    picture = Picture(title=TITLE, description=SHOWS, credit="Senda", licence=Licence.CC_BY_SA)
    picture.file = ImageFile(buffer, name="plano-estacion.png")
    if collection:
        picture.collection = collection
    picture.save()
    return picture
