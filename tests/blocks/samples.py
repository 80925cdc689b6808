"""One filled block of each kind, with a given phrase in every one of its texts."""

from collections.abc import Callable
from typing import Any

from courses.models import GlossaryTerm, Source
from tests.blocks.lessons import raw
from tests.factories.media_library import DrawingFactory, HandoutFactory, RecordingFactory

Sample = Callable[[str], dict[str, Any]]


def items(*values: Any) -> list[dict[str, Any]]:
    """Return the values of a list block as a page stores them."""
    return [
        {"type": "item", "value": value, "id": f"00000000-0000-4000-8000-{n:012d}"}
        for n, value in enumerate(values)
    ]


def term(words: str) -> int:
    """Return the key of a glossary term."""
    made = GlossaryTerm.objects.create(
        slug="pap", term=f"PAP {words}", definition=f"<p>Apoyo {words}</p>", locale_id=1
    )
    return int(made.pk)


def filled(w: str) -> dict[str, Callable[[], Any]]:
    """Return, by kind of block, what makes its value, with the phrase `w` in every text."""
    return {
        "text": lambda: f"<h2>Título {w}</h2><p>Párrafo {w}</p><ul><li>{w}</li><li>Queda</li></ul>",
        "callout": lambda: {"title": f"Ojo {w}", "text": f"<p>Texto {w}</p>", "tone": "info"},
        "key_points": lambda: {"title": f"Lo esencial {w}", "points": items("Ofrecer", w, f"Escuchar {w}")},
        "steps": lambda: {
            "title": f"Pasos {w}",
            "steps": items(
                {"title": f"Di quién eres {w}", "text": f"Tu nombre {w}"}, {"title": w, "text": "Huérfano"}
            ),
        },
        "comparison": lambda: {
            "title": f"Tabla {w}",
            "columns": items(f"Ayuda {w}", "Daña"),
            "rows": items(items(f"Preguntar {w}", "Exigir"), items(w, w)),
        },
        "quotation": lambda: {"text": f"Me quedé {w}", "attribution": f"Voluntaria {w}"},
        "glossary": lambda: {"term": term(w)},
        "fold": lambda: {"title": f"Más {w}", "text": f"<p>Detalle {w}</p>"},
        "country": lambda: {
            "title": f"Números {w}",
            "mode": "others",
            "variants": items(
                {"country": "MX", "text": f"<p>Llama {w}</p>"}, {"country": "GT", "text": f"<p>{w}</p>"}
            ),
        },
        "picture": lambda: {
            "image": DrawingFactory(credit=f"Autora {w}").pk,
            "alt": f"Dos sillas {w}",
            "decorative": False,
            "caption": f"Sombra {w}",
            "credit": "",
        },
        "recording": lambda: {
            "recording": RecordingFactory(
                title=f"Pausa {w}", transcript=f"<p>Respira {w}</p>", credit=f"Voz {w}"
            ).pk
        },
        "document": lambda: {
            "document": HandoutFactory(title=f"Hoja {w}", credit=f"Equipo {w}").pk,
            "title": "",
        },
        "content_note": lambda: {"text": f"<p>Aviso {w}</p>", "covers": 1},
        "reflection": lambda: {"prompt": f"¿Qué te ayuda? {w}", "help": f"Piensa {w}"},
        "self_check": lambda: {
            "title": f"¿Cómo llegas? {w}",
            "intro": f"Esta semana {w}",
            "items": items(f"Dormí {w}", w),
            "scale": items({"label": f"Nunca {w}", "value": 0}, {"label": "Siempre", "value": 2}),
            "bands": items({"low": 0, "high": 2, "text": f"Pausa {w}"}, {"low": 3, "high": 4, "text": w}),
        },
        "knowledge_check": lambda: {
            "question": f"¿Qué haces? {w}",
            "options": items(
                {"text": f"Insistir {w}", "correct": False, "feedback": f"Mejor no {w}"},
                {"text": w, "correct": False, "feedback": "Respuesta sin opción"},
                {"text": "Ofrecer agua", "correct": True, "feedback": f"Así {w}"},
            ),
            "explanation": f"Porque {w}",
        },
    }


def sample(kind: str, words: str = "") -> dict[str, Any]:
    """Return one filled block."""
    return raw(kind, filled(words)[kind]())


def source(words: str = "") -> Source:
    """Return a source."""
    return Source.objects.create(
        key="S1", title=f"Guía {words}", author=f"OMS {words}", note=f"Nota {words}", year="2012"
    )


KINDS = tuple(filled(""))
