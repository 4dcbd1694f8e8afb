    owner: str = Field(max_length=100, index=True)
