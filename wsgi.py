"""The web entrance: `gunicorn wsgi:app` and `flask --app wsgi …`."""

from procure.app import create_app

app = create_app()
