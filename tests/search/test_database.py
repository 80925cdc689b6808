"""The embedded database keeps the contract of every gateway, on SQLite and on PostgreSQL alike."""

import pytest

from search.database import DatabaseGateway
from search.gateway import gateway
from tests.search.contract import GatewayContract


class TestDatabaseGateway(GatewayContract):
    @pytest.fixture
    def gateway(self):
        return DatabaseGateway()


def test_the_database_answers_while_no_engine_is_named():
    assert gateway().name == "database"
