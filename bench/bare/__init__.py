"""What our pages are measured against: two page types as plain as Wagtail's own tutorial makes them.

A page has a title and one rich text; its template extends the base that `wagtail start` writes, user bar and all. A
list reads the rows that it prints in one query, which is better than the tutorial's. Both go through the same
server, settings and middleware as the centre's pages. They have no menu, no footer and no structured data, so that
whatever ours do beyond printing a text counts against ours.
"""
