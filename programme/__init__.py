"""Who runs this site: identity, countries, support lines."""
