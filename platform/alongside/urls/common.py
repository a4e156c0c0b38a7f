"""What every host answers."""

from django.urls import path

from alongside.health import health
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

common = [path("health/", requires(Permission.ANYONE)(health), name="health")]

handler400 = "kit.error_views.bad_request"
handler403 = "kit.error_views.forbidden"
handler404 = "kit.error_views.not_found"
handler500 = "kit.error_views.server_error"
