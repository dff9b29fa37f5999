"""English, for staff who read Wagtail in it."""
