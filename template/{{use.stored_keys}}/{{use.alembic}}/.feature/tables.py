{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}
    "api_keys": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("subject", sa.String(length=100), nullable=False, index=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False, unique=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.String(length=2000), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("expires_at", {{ moment() }}, nullable=True),
        sa.Column("revoked_at", {{ moment() }}, nullable=True),
        sa.Column("last_used_at", {{ moment() }}, nullable=True),
    ],
