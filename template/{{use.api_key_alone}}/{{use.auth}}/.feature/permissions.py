{% for feature in features %}
{% include "template/{{use.api_key_alone}}/{{use." ~ feature ~ "}}/.feature/key_permissions.py" ignore missing %}
{% endfor %}
