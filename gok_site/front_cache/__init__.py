"""The cache in front of the site: how long it may keep an answer, and how it learns that one is no longer true."""
