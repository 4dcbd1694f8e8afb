{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}
    "notifications": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("recipient", sa.String(length=100), nullable=False, index=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
        sa.Column("read_at", {{ moment() }}, nullable=True),
    ],
