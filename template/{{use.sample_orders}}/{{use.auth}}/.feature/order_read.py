    owner: str
