"""app/schemas/articles/names.py."""

import pytest
from pydantic import TypeAdapter

from app.schemas.articles.names import Slug, slug_of


class TestSlug:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("On Pens", "on-pens"),
            ("  Çà & là! ", "ca-la"),
            ("C++ 20", "c-20"),
            ("--", None),
            ("日本語", None),
            ("a" * 150, "a" * 100),
            ("a" * 99 + " b", "a" * 99),
        ],
    )
    def test_of_a_title(self, title: str, slug: str | None) -> None:
        made = slug_of(title)

        assert TypeAdapter(Slug).validate_python(made) == made
        assert slug in (None, made)

    def test_one_without_words_is_its_own(self) -> None:
        assert slug_of("?") != slug_of("?")
