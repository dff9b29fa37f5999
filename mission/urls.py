"""Addresses of the mission room that are not pages."""

from django.urls import path

from . import branding, theme

urlpatterns = [
    path("favicon.ico", branding.favicon_ico, name="favicon_ico"),
    path("favicon.svg", branding.favicon_svg, name="favicon_svg"),
    path("motyw/udostepnianie.png", branding.share_png, name="share_picture"),
    path("motyw/<int:hue>-<slug:digest>.css", theme.theme_css, name="theme"),
]
