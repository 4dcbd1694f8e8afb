"""app.schemas.accounts.password: what a new password has to be like."""

import subprocess
import sys

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from app.schemas.accounts.password import NewPassword, refuse_email


class Form(BaseModel):
    """A form with a password."""

    password: NewPassword


class TestNewPassword:
    @pytest.mark.parametrize(
        "password",
        [
            "a horse with six legs",
            "7$83-92!1a04-55",
            "83$92!horse!04-55",
            "395028471620",
            "kV9#" * 2 + "pQ2x",
            "пароль из трёх слов",
            "correct horse battery staple",
            "x" * 64 + "y" * 64,
        ],
    )
    def test_accepted(self, password: str) -> None:
        assert Form(password=password).password == password

    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("elevenchars", "string_too_short"),
            ("a horse with six legs" * 7, "string_too_long"),
            ("unbelievable", "password_common"),
            ("Password1234", "password_common"),
            ("!!Qwertyuiop99", "password_common"),
            ("123456789012", "password_common"),
            ("abcdefghijkl", "password_common"),
            ("9876543210987", "password_common"),
            ("passwordpassword", "password_common"),
            ("aaaaaaaaaaaaaaaa", "password_common"),
            ("abc!abc!abc!abc!", "password_common"),
        ],
    )
    def test_refused(self, password: str, code: str) -> None:
        with pytest.raises(ValidationError) as raised:
            Form(password=password)

        (error,) = raised.value.errors()
        assert (error["loc"], error["type"]) == (("password",), code)
        assert password not in error["msg"]

    def test_counted_as_it_is_hashed(self) -> None:
        """Twelve code points that are six characters once they are composed."""
        with pytest.raises(ValidationError, match="at least 12"):
            Form(password="e\u0301" * 6)

    def test_megabyte_of_accents(self) -> None:
        with pytest.raises(ValidationError, match="at most 128"):
            Form(password="e" + "\u0301\u0323" * 250_000)

    def test_typed_with_full_width_letters(self) -> None:
        with pytest.raises(ValidationError, match="too common"):
            Form(password="\uff50assword1234")

    def test_no_text(self) -> None:
        with pytest.raises(ValidationError, match="valid string"):
            Form.model_validate({"password": 123456789012})

    def test_documented(self) -> None:
        schema = TypeAdapter[str](NewPassword).json_schema()

        assert (schema["minLength"], schema["maxLength"]) == (12, 128)

    @pytest.mark.slow
    def test_lists_are_loaded_when_needed(self) -> None:
        code = "import sys, app.schemas.accounts.password; sys.exit('zxcvbn' in sys.modules)"

        subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - ours


class TestEmail:
    ADDRESS = "Maximilian.Muster@example.com"

    @pytest.mark.parametrize(
        "password",
        ["maximilian.muster@EXAMPLE.com", "Maximilian.Muster", "maximilian.muster2026!"],
    )
    def test_refused(self, password: str) -> None:
        with pytest.raises(PydanticCustomError) as raised:
            refuse_email(password, self.ADDRESS)

        assert raised.value.type == "password_is_email"

    def test_accepted(self) -> None:
        password = "the horse of Maximilian"

        assert refuse_email(password, self.ADDRESS) == password
