{% from "template/{{use.alembic}}/{{use." ~ database ~ "}}/.feature/columns.jinja" import dialect %}
{{ dialect() }}
