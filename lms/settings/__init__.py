"""Settings: `development` runs out of the box, `production` refuses to start half configured, `test` is for tests."""
