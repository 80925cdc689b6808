"""Whoever watches the site learns whether its search answers."""

import pytest
from django.urls import reverse

from search import health

pytestmark = pytest.mark.django_db


def test_a_search_that_answers_is_in_order(client):
    assert client.get(reverse("programme:healthz")).json()["parts"]["search"] == {"state": "ok"}


def test_a_search_that_is_away_is_down_and_pages_are_served_all_the_same(client, monkeypatch):
    def away():
        raise ConnectionError("http://user:secreto@search:9200")

    monkeypatch.setattr(health, "gateway", away)
    answer = client.get(reverse("programme:healthz"))
    assert answer.status_code == 200
    assert answer.json()["parts"]["search"] == {"state": "down"}
    assert "secreto" not in answer.content.decode()
