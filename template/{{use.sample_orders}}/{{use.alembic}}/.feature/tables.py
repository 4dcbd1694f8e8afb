{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import key, moment %}
{% set owner = gather("order_table.py", of="sample_orders") %}
    "products": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("name", sa.String(length=100), nullable=False, unique=True),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
        sa.Column("updated_at", {{ moment() }}, nullable=False),
    ],
    "orders": [
        sa.Column("id", {{ key() }}, primary_key=True),
{{- owner }}
        sa.Column("status", sa.String(length=20), nullable=False, index=True),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
        sa.Column("updated_at", {{ moment() }}, nullable=False),
    ],
    "order_lines": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column(
            "order_id",
            {{ key() }},
            sa.ForeignKey("orders.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "product_id",
            {{ key() }},
            sa.ForeignKey("products.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.UniqueConstraint("order_id", "product_id"),
    ],
    "idempotency_keys": [
        sa.Column("id", {{ key() }}, primary_key=True),
        sa.Column("digest", sa.String(length=64), nullable=False, unique=True),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", {{ moment() }}, nullable=False, index=True),
    ],
