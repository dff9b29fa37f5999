"""Addresses of the accessibility room that are not pages."""

from django.urls import path

from .declaration.views import check_declaration
from .evidence.views import bundle
from .requests.views import receipt, request_form

urlpatterns = [
    path("deklaracja-dostepnosci/dowody/paczka.zip", bundle, name="declaration_bundle"),
    path("dostepnosc/zgloszenie/", request_form, name="access_request"),
    path("dostepnosc/zgloszenie/<slug:reference>/", receipt, name="access_request_receipt"),
    path("dostepnosc/sprawdz-deklaracje/", check_declaration, name="check_declaration"),
]
