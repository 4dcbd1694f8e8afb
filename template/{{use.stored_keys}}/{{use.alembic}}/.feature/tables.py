{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}


def create_api_keys() -> None:
    """Make the table of keys."""
    op.create_table(
        "api_keys",
        sa.Column("id", {{ key() }}, nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=2000), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("expires_at", {{ moment() }}, nullable=True),
        sa.Column("revoked_at", {{ moment() }}, nullable=True),
        sa.Column("last_used_at", {{ moment() }}, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_keys_prefix")),
    )
    op.create_index(op.f("ix_api_keys_subject"), "api_keys", ["subject"])


def drop_api_keys() -> None:
    """Drop the table of keys."""
    op.drop_table("api_keys")
