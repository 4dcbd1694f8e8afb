        sa.Column("owner", sa.String(length=100), nullable=False, index=True),
