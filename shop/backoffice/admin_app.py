"""Django's admin, with the shop's own site in place of the stock one.

Not in `apps.py`: there Django would take it for the configuration of this room.
"""

from django.contrib.admin.apps import AdminConfig


class ShopAdminConfig(AdminConfig):
    default_site = "shop.backoffice.site.ShopAdminSite"
