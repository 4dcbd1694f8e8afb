{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}


def create_outbox() -> None:
    """Make the table of tasks that were handed in."""
    op.create_table(
        "outbox",
        sa.Column("id", {{ key() }}, nullable=False),
        sa.Column("task", sa.String(length=100), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("due_at", {{ moment() }}, nullable=True),
        sa.Column("finished_at", {{ moment() }}, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"])
    op.create_index(op.f("ix_outbox_finished_at"), "outbox", ["finished_at"])


def drop_outbox() -> None:
    """Drop the table of tasks that were handed in."""
    op.drop_table("outbox")
