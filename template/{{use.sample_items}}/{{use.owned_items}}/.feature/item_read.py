    owner_id: int | None
