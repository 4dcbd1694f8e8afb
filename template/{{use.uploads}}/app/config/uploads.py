"""Files that clients send."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from app.config.section import Section, split_commas


class UploadSettings(Section):
    """Where files are kept, and what is taken; ``max_size`` is in bytes."""

    folder: Path = Field(default=Path(".uploads"), validation_alias="UPLOADS_DIR")
    max_size: int = Field(
        default=10_485_760, ge=1024, le=1_073_741_824, validation_alias="UPLOAD_MAX_SIZE"
    )
    max_files: int = Field(default=10, ge=1, le=100, validation_alias="UPLOAD_MAX_FILES")
    types: Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_commas)] = Field(
        default=(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "application/pdf",
            "text/plain",
        ),
        validation_alias="UPLOAD_TYPES",
    )
