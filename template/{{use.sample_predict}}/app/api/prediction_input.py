"""What is to be predicted from: JSON, or a file of a form."""

from http import HTTPStatus
from typing import Final

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from app.core.errors import AppError
from app.schemas.prediction import PredictionCreate
from app.services.preparation import UnfitInputError

JSON: Final = "application/json"
FORM: Final = "multipart/form-data"
FIELD: Final = "file"

BODY: Final[dict[str, object]] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": PredictionCreate.model_json_schema()},
            FORM: {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


class UnsupportedInputError(AppError):
    """It is neither JSON nor a form."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported_type"


async def read_input(request: Request) -> str | bytes:
    """Read the body as what it says it is; a text file is known by its bytes, not by its name."""
    kind = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if kind == JSON:
        return read_text(await request.body())
    if kind == FORM:
        return await read_file(request)
    raise UnsupportedInputError(f"Send {JSON}, or a file as {FORM}.")


def read_text(body: bytes) -> str:
    """Take the text of the JSON."""
    try:
        return PredictionCreate.model_validate_json(body).text
    except ValidationError as error:
        found = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(found) from None


async def read_file(request: Request) -> bytes:
    """Take the one file of the form."""
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get(FIELD)
        if not isinstance(file, UploadFile):
            raise UnfitInputError(f"The form has no file {FIELD}.", code="file_missing")
        return await file.read()
