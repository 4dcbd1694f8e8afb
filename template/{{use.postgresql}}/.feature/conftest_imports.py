from tests.support.template import template_database
