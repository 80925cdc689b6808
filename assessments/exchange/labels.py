"""What only programs like this one say of a question, as tags: «senda:objective=…»; other programs carry them along."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.content import Kind
from assessments.exchange.items import Item

BEGINNING = "senda:"
ONE = ("objective", "level", "sources", "evidence")
SEVERAL = ("countries", "routes")


def labels_of(item: Item, **more: str) -> list[str]:
    """Return the tags of an item, its own first."""
    found = [*sorted(item.tags)]
    found += [f"{BEGINNING}{name}={getattr(item, name)}" for name in ONE if getattr(item, name)]
    found += [f"{BEGINNING}{name}={','.join(getattr(item, name))}" for name in SEVERAL if getattr(item, name)]
    return found + [f"{BEGINNING}{name}={value}" for name, value in more.items() if value]


def put_labels(item: Item, labels: Iterable[str]) -> dict[str, str]:
    """Give an item what its tags say; return what they say besides."""
    tags, more = [], {}
    for label in labels:
        name, equals, value = label.removeprefix(BEGINNING).partition("=")
        if not label.startswith(BEGINNING) or not equals:
            tags.append(label)
        elif name in ONE:
            setattr(item, name, value)
        elif name in SEVERAL:
            setattr(item, name, tuple(filter(None, value.split(","))))
        else:
            more[name] = value
    item.tags = tuple(tag for tag in tags if tag)
    return more


def kind_said(more: dict[str, str], item: Item) -> Kind:
    """Return the kind that the tags say, where it is one that is answered alike."""
    return Kind.TRUE_FALSE if more.get("kind") == "true_false" and item.kind is Kind.SINGLE else item.kind
