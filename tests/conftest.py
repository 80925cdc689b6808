"""The cast, and where tests get database and browser from."""

pytest_plugins = ["tests.plugins.template_database", "tests.plugins.browser", "tests.plugins.translations"]
