"""Shows what a search finds, with scores, for people who tune it."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.gateway import Hit, Query, Results, gateway
from search.kinds import all_kinds


class Command(BaseCommand):
    """`manage.py find «query»`"""

    help = "Show what visitors would find for some words, with scores and the gateway that answered."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the words, and how to narrow and show their results."""
        parser.add_argument("words", nargs="+", help="What a visitor would type.")
        parser.add_argument("--language", default="es", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--kind", action="append", default=[], help="One of the kinds; may be repeated.")
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--format", default="table", choices=["table", "json"], dest="shape")

    def handle(self, *args: Any, **options: Any) -> None:
        """Search and print."""
        known = [kind.key for kind in all_kinds()]
        for kind in options["kind"]:
            if kind not in known:
                raise CommandError(f"There is no kind {kind!r}; there are {', '.join(known)}.")
        text = " ".join(options["words"])
        query = Query(text, language=options["language"], kinds=tuple(options["kind"]), page=options["page"])
        results = gateway().search(query)
        show = as_json if options["shape"] == "json" else as_table
        self.stdout.write(show(results))


def as_table(results: Results) -> str:
    """Return one line a hit below one line on all of them."""
    loosened = ", some of the words" if results.loosened else ""
    head = f"{results.total} found by {results.gateway}{loosened} · page {results.page} of {results.pages}"
    lines = (f"{hit.score:>9.3f}  {hit.kind:<10}{_plain(hit):<60}  {hit.url}" for hit in results.hits)
    return "\n".join([head, *lines])


def as_json(results: Results) -> str:
    """Return the same for programs."""
    rows = [
        {"score": hit.score, "kind": hit.kind, "title": _plain(hit), "course": hit.course, "url": hit.url}
        for hit in results.hits
    ]
    told = {
        "query": results.query.text,
        "gateway": results.gateway,
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "counts": results.counts,
        "loosened": results.loosened,
        "hits": rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _plain(hit: Hit) -> str:
    return "".join(part.text for part in hit.title)
