"""The schema: committed, true to the code, and with examples that fit it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def schema() -> Any:
    return yaml.safe_load(COMMITTED.read_text())


def test_no_drift(tmp_path: Path) -> None:
    """`manage.py spectacular --file docs/openapi.yaml` writes it anew."""
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(made), validate=True, fail_on_warn=True)
    assert made.read_text() == COMMITTED.read_text()


def test_served_as_json_and_yaml(client: Client, schema: Any) -> None:
    answer = client.get("/api/v1/schema/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == schema
    answer = client.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi"})
    assert yaml.safe_load(answer.content) == schema


def test_every_call_has_examples_and_problems(schema: Any) -> None:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["description"], where
            if "requestBody" in operation:
                assert "example" in operation["requestBody"]["content"]["application/json"], where
            for status, response in operation["responses"].items():
                if status.startswith("2") and "content" in response:
                    assert "example" in response["content"]["application/json"], where
            assert {"400", "429", "503"} <= operation["responses"].keys(), where


def to_json_schema(part: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: `nullable` is its only own word here."""
    if isinstance(part, list):
        return [to_json_schema(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {
        name: value if name == "example" else to_json_schema(value)
        for name, value in part.items()
        if name != "nullable"
    }
    return {"anyOf": [made, {"type": "null"}]} if part.get("nullable") is True else made


def test_examples_fit(schema: Any) -> None:
    whole = to_json_schema(schema)

    def check(content: Any, where: str) -> None:
        for part in content.values():
            rules = {**part["schema"], "components": whole["components"]}
            errors = list(Draft202012Validator(rules).iter_errors(part["example"]))
            assert not errors, (where, errors[0].message)

    for path, methods in whole["paths"].items():
        for method, operation in methods.items():
            if "requestBody" in operation:
                check(operation["requestBody"]["content"], f"{method} {path} request")
            for status, response in operation["responses"].items():
                check(response.get("content", {}), f"{method} {path} {status}")
    for name, response in whole["components"]["responses"].items():
        check(response["content"], name)


def test_docs_page_needs_no_outside_host(client: Client) -> None:
    page = client.get("/api/v1/docs/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    text = page.content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert addresses
    assert all(address.startswith("/") or "script" in address for address in addresses)
    assert not any(address.startswith("//") for address in addresses)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]* src=)", text)
    script = next(address for address in addresses if "?script" in address)
    code = client.get(f"/api/v1/docs/{script}" if script.startswith("?") else script)
    assert code.headers["Content-Type"].startswith("application/javascript")
    assert "https://" not in code.content.decode()
