"""What the demo shop is to hold, before any of it is in a database."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import nh3
import pytest

from shop.demo import reading
from shop.demo.drawing.pen import Look
from shop.demo.numbers import ean13, letter_for, stock_for
from shop.demo.plan import plan_shop
from shop.demo.reading import read_shelves

SHELVES, PRODUCTS = plan_shop()
PICTURES = [picture for product in PRODUCTS for picture in product.pictures]
VARIANTS = [variant for product in PRODUCTS for variant in product.variants]
DIGEST = """
import hashlib
from shop.demo.plan import plan_shop
_, products = plan_shop()
whole = hashlib.sha256(repr(products).encode())
for product in products:
    for picture in product.pictures:
        whole.update(picture.svg())
print(whole.hexdigest())
"""


def test_it_is_a_shop_of_size():
    tops = [shelf for shelf in SHELVES if shelf.parent is None]
    assert len(PRODUCTS) >= 240
    assert len(tops) == 10
    shelf_of = {shelf.slug: shelf.parent for shelf in SHELVES}
    assert all(shelf_of[product.shelf] for product in PRODUCTS), "all stand on the second level"
    by_top = Counter(shelf_of[product.shelf] for product in PRODUCTS)
    assert by_top.keys() == {top.slug for top in tops}
    assert min(by_top.values()) >= 15


def test_nothing_is_there_twice():
    for values in (
        [product.slug for product in PRODUCTS],
        [product.name for product in PRODUCTS],
        [product.summary for product in PRODUCTS],
        [variant.sku for variant in VARIANTS],
        [variant.barcode for variant in VARIANTS],
        [picture.file_name for picture in PICTURES],
        [picture.svg() for picture in PICTURES],
        [(product.pictures[0].kind, product.pictures[0].look) for product in PRODUCTS],
        [shelf.slug for shelf in SHELVES],
    ):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_every_product_is_whole():
    for product in PRODUCTS:
        assert 2 <= len(re.findall(r"[.?!]”?(?: |$)", product.summary)) <= 6, product.slug
        assert nh3.clean(product.description) == product.description
        assert product.vendor and product.product_type and product.tags, product.slug
        assert product.tax_class in ("standard", "reduced"), product.slug
        assert {"Material", "Care", "Origin"} <= product.attributes.keys(), product.slug
        assert 1 <= len(product.pictures) <= 3, product.slug
        names = {tuple(variant.options) for variant in product.variants}
        assert len(names) == 1 and len(names.pop()) <= 3, product.slug
        values = {tuple(variant.options.values()) for variant in product.variants}
        assert len(values) == len(product.variants), product.slug


def test_every_variant_is_whole():
    for variant in VARIANTS:
        sku = variant.sku
        assert re.fullmatch(r"[A-Z]{3}-\d{4}(-[A-Z0-9])?", sku), f"{sku}: short, for cookies"
        assert variant.price_minor > 0 and variant.price_minor % 10 == 0, sku
        assert (variant.compare_at_minor or variant.price_minor + 1) > variant.price_minor, sku
        assert variant.weight_grams > 0, sku
        assert re.fullmatch(r"\d{13}", variant.barcode), sku
        weighted = (int(digit) * (1, 3)[i % 2] for i, digit in enumerate(variant.barcode))
        assert sum(weighted) % 10 == 0, f"{sku}: the check digit is wrong"


def test_every_picture_is_small_and_harmless():
    begin = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"'
    active = r"<script|<style|<foreignObject|<image| on\w+=| style=|javascript:"
    for picture in PICTURES:
        svg = picture.svg().decode()
        ElementTree.fromstring(svg)
        assert len(svg.encode()) < 6 * 1024, picture.file_name
        assert svg.startswith(begin), picture.file_name
        assert not re.search(active, svg), picture.file_name
        assert not re.search(r"\bnan\b|\binf\b|\de[-+]?\d+[ ,LCQ]", svg), picture.file_name
        named = {f"#{name}" for name in re.findall(r' id="([^"]+)"', svg)}
        pointed = set(re.findall(r'(?:href="|url\()([^")]+)', svg))
        assert pointed <= named, f"{picture.file_name} points at what is not in it"


def test_there_is_choice_and_a_bargain():
    assert sum(len(product.variants) > 1 for product in PRODUCTS) >= 80
    assert {len(variant.options) for variant in VARIANTS} == {0, 1, 2, 3}
    assert sum(variant.compare_at_minor is not None for variant in VARIANTS) >= 30
    assert sum(product.tax_class == "reduced" for product in PRODUCTS) >= 30


def test_stock_is_mostly_plenty():
    first = [product.variants[0].stock for product in PRODUCTS]
    assert sum(250 <= stock <= 900 for stock in first) >= len(first) / 3
    assert sum(1 <= stock <= 5 for stock in first) >= 5
    assert 5 <= first.count(0) <= len(first) / 8


def test_another_process_plans_and_draws_the_same():
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "config.settings"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{DIGEST}"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    whole = hashlib.sha256(repr(PRODUCTS).encode())
    for picture in PICTURES:
        whole.update(picture.svg())
    assert elsewhere.stdout.splitlines()[-1] == whole.hexdigest()


def test_letters_and_numbers():
    assert ean13("KIT-0101") == ean13("KIT-0101") != ean13("KIT-0102")
    assert letter_for(1, [["S", "M", "L"]]) == "M"
    assert letter_for(1, [["XS", "XL"]]) == "B"
    assert letter_for(3, [["S", "M"], ["Red", "Blue"]]) == "D"
    assert stock_for("KIT-0101", is_default=True) == stock_for("KIT-0101", is_default=True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colour": "red"}, "unknown"),
        ({"prices": {"Huge": "9.00"}}, "a price for what it lacks"),
        ({"options": {"A": ["1"], "B": ["1"], "C": ["1"], "D": ["1"]}}, "three options"),
        ({"draw": {"as": "unicorn"}}, "unicorn"),
        ({"draw": {"as": "mug", "main": "mauve"}}, "mauve"),
        ({"draw": {"as": "mug", "pattern": "moire"}}, "moire"),
        ({"price": "9.999"}, "9.999"),
    ],
)
def test_a_faulty_entry_is_named(change, told):
    entry = {
        "sku": "KIT-9999", "name": "Cup", "type": "Cup", "vendor": "V", "price": "9.00",
        "grams": 1, "tags": [], "draw": {"as": "mug"}, "text": "A cup.",
    }  # fmt: skip
    assert reading._read_entry(entry, {}).look == Look()
    with pytest.raises(ValueError, match=told):
        reading._read_entry(entry | change, {})


def test_all_files_are_on_a_shelf():
    files = {path.stem for path in reading.CATALOGUE.glob("*/*.toml")}
    assert files == {shelf.slug for shelf in read_shelves() if shelf.parent}
