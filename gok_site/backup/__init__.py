"""Copies of all that a centre has written: the database and the media files, in one folder that proves itself whole.

A backup is a folder named after its moment in UTC. It holds the database, `media/`, `manifest.json` with the size and
the SHA-256 of each file and the number of rows of each table, and the manifest's own checksum in a form that
`sha256sum --check` reads. It is written under another name, read again, and renamed only when all of it is right.
"""
