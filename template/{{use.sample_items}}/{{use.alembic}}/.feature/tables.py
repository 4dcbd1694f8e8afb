{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}


def create_items() -> None:
    """Make the table of items."""
    op.create_table(
        "items",
        sa.Column("id", {{ key() }}, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=True),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False),
        sa.Column("updated_at", {{ moment() }}, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("name", name=op.f("uq_items_name")),
    )
    op.create_index(op.f("ix_items_created_at"), "items", ["created_at"])


def drop_items() -> None:
    """Drop the table of items."""
    op.drop_table("items")
