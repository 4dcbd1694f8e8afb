    ("GET", "/api/v1/linked/files/{file_id}/content"),
