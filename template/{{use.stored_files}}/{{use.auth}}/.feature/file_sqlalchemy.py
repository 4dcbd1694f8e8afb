    owner: Mapped[str] = mapped_column(String(100), index=True)
