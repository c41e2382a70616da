"""The web entrance: `gunicorn wsgi:app` and `flask --app wsgi …`."""

import sys

from config import Unsafe
from procure.app import create_app

try:
    app = create_app()
except Unsafe as unsafe:
    sys.exit(f"Error: {unsafe}")
