"""The automatic audit: a real browser reads the published site, and what it cannot do is said."""
