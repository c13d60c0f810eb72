"""What the tests that need Node or Java share with those in a browser."""

from tests.browser.conftest import chromium, page_of_kind, searchable_folder

__all__ = ["chromium", "page_of_kind", "searchable_folder"]
