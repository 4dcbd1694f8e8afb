# So that it is made anew, and the migrations of today's code run before it serves.
docker compose rm --force migrate
