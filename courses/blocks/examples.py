"""What a block shows in its preview, where an example has to be looked up or made."""

from types import SimpleNamespace
from typing import Any


def example_term() -> dict[str, Any]:
    """Return the first term of the glossary; a made one while there is none."""
    from courses.models import GlossaryTerm

    made = GlossaryTerm(
        term="PAP", definition="<p>Primeros auxilios psicológicos: apoyo humano y práctico.</p>"
    )
    return {"term": GlossaryTerm.objects.first() or made}


def example_lesson() -> Any:
    """Return what the block of sources asks of a lesson: the first two of the list; a made one while there is none."""
    from courses.models import Source

    made = Source(
        key="S1", title="Primeros auxilios psicológicos: guía para trabajadores de campo", year="2012"
    )
    found = list(Source.objects.all()[:2]) or [made]
    return SimpleNamespace(sources=SimpleNamespace(all=lambda: found))


def example_picture() -> dict[str, Any]:
    """Return the newest picture."""
    from media_library.models import Picture

    picture = Picture.objects.order_by("-created_at").first()
    return {
        "image": picture,
        "alt": "Dos sillas bajo un árbol",
        "caption": "Un lugar tranquilo",
        "credit": "",
    }


def example_recording() -> dict[str, Any]:
    """Return the newest recording; a made one without a file while there is none."""
    from media_library.models import Recording

    made = Recording(title="Una pausa", kind="audio", seconds=120, size=480_000, transcript="<p>Respira.</p>")
    return {"recording": Recording.objects.order_by("-created_at").first() or made}


def example_document() -> dict[str, Any]:
    """Return the newest document."""
    from media_library.models import Handout

    return {"document": Handout.objects.order_by("-created_at").first(), "title": "Hoja para imprimir"}
