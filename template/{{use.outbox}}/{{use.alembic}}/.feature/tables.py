{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}
    "outbox": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("task", sa.String(length=100), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("due_at", {{ moment() }}, nullable=True, index=True),
        sa.Column("finished_at", {{ moment() }}, nullable=True, index=True),
    ],
