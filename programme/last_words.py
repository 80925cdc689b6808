"""Keeps the page that comes out when nothing else does: no template, no style sheet, no database."""

from http import HTTPStatus

WORDS = {
    "es": (
        "Algo falló de nuestro lado",
        "No es culpa tuya. Lo que ya habías guardado se conserva; lo que acabas de enviar puede no haberse guardado.",
        "Espera un minuto e inténtalo de nuevo.",
        "Ir al inicio",
    ),
    "en": (
        "Something broke on our side",
        "It is not your fault. What you had saved before is kept; what you have just sent may not have been saved.",
        "Wait a minute and try again.",
        "Go to the home page",
    ),
    "fr": (
        "Quelque chose a échoué de notre côté",
        "Ce n’est pas votre faute. Ce qui était enregistré est conservé ; votre dernier envoi peut-être pas.",
        "Attendez une minute et réessayez.",
        "Aller à l’accueil",
    ),
}


def page(language: str, status: HTTPStatus) -> str:
    """Return the whole page in the reader's language, in Spanish where there is none."""
    code = language.split("-", maxsplit=1)[0]
    code = code if code in WORDS else "es"
    heading, kept, todo, home = WORDS[code]
    return (
        f'<!doctype html>\n<html lang="{code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{status.value} · {heading}</title></head>'
        f'<body><main><h1>{heading}</h1><p>{kept}</p><p>{todo}</p><p><a href="/">{home}</a></p></main></body></html>\n'
    )
