docker compose run --rm migrate
