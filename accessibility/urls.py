"""Addresses of the accessibility room that are not pages."""

from django.urls import path, re_path

from .declaration import pdf
from .declaration.pdf_views import declaration_pdf
from .declaration.views import check_declaration
from .evidence.views import bundle
from .requests.models import RequestKind
from .requests.views import choose_request, receipt, request_form

KINDS = "|".join(RequestKind.values)

urlpatterns = [
    path("deklaracja-dostepnosci/dowody/paczka.zip", bundle, name="declaration_bundle"),
    path("dostepnosc/zgloszenie/", choose_request, name="access_request"),
    re_path(rf"^dostepnosc/zgloszenie/(?P<kind>{KINDS})/$", request_form, name="access_request_form"),
    path("dostepnosc/zgloszenie/<slug:reference>/", receipt, name="access_request_receipt"),
    path("dostepnosc/sprawdz-deklaracje/", check_declaration, name="check_declaration"),
    path(f"deklaracja-dostepnosci/{pdf.FILE_NAME}", declaration_pdf, name="declaration_pdf"),
]
