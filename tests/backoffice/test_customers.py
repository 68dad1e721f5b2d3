"""Accounts: found, closed, opened; and what a member of staff cannot make of one."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group
from django.test import Client

from shop.accounts.models import RefreshFamily, User
from shop.accounts.tokens import TokenNotValid, issue_tokens, rotate_tokens
from shop.backoffice.groups import GROUPS, create_groups
from tests.backoffice.pages import send_form
from tests.factories import PASSWORD, UserFactory

LIST = "/admin/accounts/user/"
NEW = {
    "username": "new",
    "email": "new@example.com",
    "usable_password": "true",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def page(user: User, name: str = "change") -> str:
    return f"{LIST}{user.pk}/{name}/"


def act(client: Client, action: str, *users: User) -> object:
    return client.post(LIST, {"action": action, "_selected_action": [user.pk for user in users]})


def test_a_closed_account_ends_its_sessions_and_tokens(admin):
    user = UserFactory()
    browser = Client()
    browser.force_login(user)
    tokens = issue_tokens(user=user)
    assert browser.get("/api/v1/profile/").status_code == 200
    act(admin, "deactivate", user)
    assert browser.get("/api/v1/profile/").status_code == 401
    with pytest.raises(TokenNotValid):
        rotate_tokens(refresh=tokens.refresh)
    assert RefreshFamily.objects.get().revoked_at is not None
    act(admin, "activate", user)
    user.refresh_from_db()
    assert user.is_active


def test_nobody_closes_the_account_they_are_in(admin, owner):
    act(admin, "deactivate", owner)
    owner.refresh_from_db()
    assert owner.is_active


def test_search(admin):
    UserFactory(username="anna", email="a@elsewhere.example", last_name="Berg")
    UserFactory(username="ben")
    for text in ("anna", "ELSEWHERE", "berg"):
        found = admin.get(LIST, {"q": text}).context["cl"].result_list
        assert [user.username for user in found] == ["anna"], text


def test_a_new_account(admin):
    assert admin.post(f"{LIST}add/", NEW).status_code == 302
    assert User.objects.get(username="new").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "TAKEN"}, "username"),
        ({"email": "Taken@Example.com"}, "__all__"),
        ({"email": "x"}, "email"),
        ({"password1": "1", "password2": "1"}, "password2"),
        ({"password2": "other"}, "password2"),
    ],
)
def test_a_bad_account_is_an_error(admin, changes, field):
    UserFactory(username="taken")
    answer = admin.post(f"{LIST}add/", NEW | changes)
    assert field in answer.context["adminform"].form.errors
    assert User.objects.count() == 2


def test_an_address_of_somebody_else_is_an_error(admin):
    UserFactory(username="taken")
    other = UserFactory()
    answer = send_form(admin, page(other), email="TAKEN@example.com")
    assert "There is an account with this e-mail address already" in answer.content.decode()


def test_a_password_set_anew_ends_old_logins(admin):
    user = UserFactory()
    browser = Client()
    browser.force_login(user)
    form = {"usable_password": "true", "password1": "another-Passw0rd"}
    assert admin.post(page(user, "password"), form | {"password2": "x"}).status_code == 200
    form |= {"password2": "another-Passw0rd"}
    assert admin.post(page(user, "password"), form).status_code == 302
    assert browser.get("/api/v1/profile/").status_code == 401
    user.refresh_from_db()
    assert user.check_password("another-Passw0rd")


def test_staff_help_customers(log_in_as):
    user = UserFactory()
    staff = log_in_as("Shop staff")
    assert send_form(staff, page(user), first_name="Anna").status_code == 302
    act(staff, "deactivate", user)
    user.refresh_from_db()
    assert (user.first_name, user.is_active) == ("Anna", False)


def test_staff_make_nobody_staff(log_in_as):
    user = UserFactory()
    staff = log_in_as("Shop staff")
    group = Group.objects.first()
    send_form(staff, page(user), is_staff="on", is_superuser="on", groups=[group.pk])
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)


@pytest.mark.parametrize("powers", [{"is_staff": True}, {"is_superuser": True}])
def test_accounts_of_staff_are_out_of_reach(log_in_as, powers):
    colleague = UserFactory(email="before@example.com", **powers)
    staff = log_in_as("Shop staff")
    assert staff.get(page(colleague)).status_code == 200
    assert staff.post(page(colleague), {"email": "mine@example.com"}).status_code == 403
    assert staff.get(page(colleague, "password")).status_code == 403
    assert staff.post(page(colleague, "delete"), {"post": "yes"}).status_code == 403
    act(staff, "deactivate", colleague)
    colleague.refresh_from_db()
    assert (colleague.is_active, colleague.email) == (True, "before@example.com")


def test_who_may_not_see_accounts(log_in_as):
    user = UserFactory()
    editor = log_in_as("Catalogue editor")
    assert editor.get(LIST).status_code == 403
    act(editor, "deactivate", user)
    user.refresh_from_db()
    assert user.is_active


def test_a_customer_does_not_come_in(db):
    browser = Client()
    browser.force_login(UserFactory())
    assert browser.get("/admin/").url == "/admin/login/?next=/admin/"


def test_the_groups_are_made_once_and_keep_what_was_added(db):
    create_groups()
    extra = Group.objects.get(name="Catalogue editor").permissions.first()
    Group.objects.get(name="Shop staff").permissions.add(extra)
    create_groups()
    assert Group.objects.count() == len(GROUPS)
    staff = Group.objects.get(name="Shop staff")
    assert staff.permissions.count() == len(GROUPS["Shop staff"]) + 1


def test_no_group_can_make_staff(db):
    for labels in GROUPS.values():
        assert not {label for label in labels if label.startswith(("auth.", "admin."))}


def test_after_ten_wrong_passwords_the_log_in_is_closed(db, client):
    UserFactory(username="owner", is_staff=True, is_superuser=True)
    wrong = {"username": "owner", "password": "wrong"}
    answers = [client.post("/admin/login/", wrong) for _ in range(11)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()
    right = {"username": "owner", "password": PASSWORD}
    assert client.post("/admin/login/", right).status_code == 429
    assert AccessAttempt.objects.get(username="owner").failures_since_start >= 10


def test_staff_open_a_closed_log_in_again(log_in_as):
    attempt = AccessAttempt.objects.create(
        username="anna", ip_address="192.0.2.1", failures_since_start=10
    )
    staff = log_in_as("Shop staff")
    address = f"/admin/axes/accessattempt/{attempt.pk}/"
    assert staff.get(f"{address}change/").status_code == 200
    assert staff.post(f"{address}delete/", {"post": "yes"}).status_code == 302
    assert not AccessAttempt.objects.filter(pk=attempt.pk).exists()


def test_a_log_in_leads_to_the_overview_or_to_the_page_asked_for(db, client):
    UserFactory(username="owner", is_staff=True, is_superuser=True)
    right = {"username": "owner", "password": PASSWORD}
    assert client.post("/admin/login/", right).url == "/admin/"
    client.logout()
    asked = "/admin/login/?next=/admin/catalog/product/"
    assert client.post(asked, right).url == "/admin/catalog/product/"
    client.logout()
    assert client.post("/admin/login/?next=//elsewhere.example/", right).url == "/"
