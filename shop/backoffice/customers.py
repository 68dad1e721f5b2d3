"""Accounts of customers and of staff.

Who is not a superuser looks after customers only: an account of staff, and what makes one,
are out of reach, or a member of staff could become anybody.
"""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from shop.accounts.models import User
from shop.backoffice.customer_services import activate_users, deactivate_users
from shop.backoffice.modeladmin import ReadOnlyAdmin, ShopAdmin

_POWERS = ["is_staff", "is_superuser", "groups", "user_permissions"]


class NewUserForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username", "email"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ShopAdmin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "email", "full_name", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff", "date_joined", "last_login"]
    search_fields = ["username", "email", "first_name", "last_name"]
    ordering = ["-date_joined", "-pk"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["groups", "user_permissions"]
    actions = ["deactivate", "activate"]
    add_fieldsets = [
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]})
    ]
    fieldsets = [
        (None, {"fields": [("username", "email"), "password", ("first_name", "last_name")]}),
        ("Access", {"fields": ["is_active", ("is_staff", "is_superuser"), "groups"]}),
        ("Single permissions", {"fields": ["user_permissions"], "classes": ["collapse"]}),
        ("Dates", {"fields": [("last_login", "date_joined")]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, *_POWERS]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _is_in_reach(request, obj) and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return _is_in_reach(request, obj) and bool(super().has_delete_permission(request, obj))

    @admin.action(description="Close accounts", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        me = User.objects.filter(username=request.user.get_username())
        within = self._keep_in_reach(request, queryset).exclude(pk__in=me)
        self.log_bulk(request, deactivate_users(users=within), "Account closed.")

    @admin.action(description="Open accounts again", permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        within = self._keep_in_reach(request, queryset)
        self.log_bulk(request, activate_users(users=within), "Account opened again.")

    def _keep_in_reach(self, request: HttpRequest, users: QuerySet[User]) -> QuerySet[User]:
        return (
            users if request.user.is_superuser else users.filter(is_staff=False, is_superuser=False)
        )

    @admin.display(description="name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()


def _is_in_reach(request: HttpRequest, user: User | None) -> bool:
    return bool(
        request.user.is_superuser or user is None or not (user.is_staff or user.is_superuser)
    )


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ShopAdmin):
    list_display = ["name"]


for model in (AccessAttempt, AccessLog, AccessFailureLog):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Who failed to log in; deleting a line opens the log-in again."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start", "path_info"]
    search_fields = ["username", "ip_address"]
    list_filter = ["attempt_time"]
    actions = ["delete_selected"]
    fields = [*list_display, "user_agent"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("axes.delete_accessattempt"))
