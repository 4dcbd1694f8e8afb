{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}
{% set owner = gather("file_table.py", of="stored_files") %}
    "files": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("stored_name", sa.String(length=32), nullable=False, unique=True),
{{- owner }}
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=127), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
    ],
