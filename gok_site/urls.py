"""Every address of the site. The public ones are a promise (see the README): tests walk them all."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from gok_site import views
from gok_site.search.views import search
from gok_site.staff.whole import whole
from mission.films import document

urlpatterns = [
    path("admin/", include("gok_site.staff.urls")),
    path("admin/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, whole))),
    path("documents/<int:document_id>/<path:document_filename>", document),
    path("documents/", include(wagtaildocs_urls)),
    path("szukaj/", search, name="search"),
    path("mapa-strony/", views.site_map, name="site_map"),
    path("media/<path:path>", views.media, name="media"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.health, name="health"),
    path("", include("mission.urls")),
    path("", include("accessibility.urls")),
    path("", include("programme.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "gok_site.views.bad_request"
handler403 = "gok_site.views.permission_denied"
handler404 = "gok_site.views.page_not_found"
handler500 = "gok_site.views.server_error"
