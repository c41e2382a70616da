"""An S3-compatible object store on this machine, for tests; they skip aloud where its library is missing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import fsspec
import pytest


@contextmanager
def an_object_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address as PROCURE_FILES takes it. Endpoint and keys come from the environment, as for real."""
    server_module = pytest.importorskip("moto.server", reason="moto is not installed, so no object store can be had")
    pytest.importorskip("s3fs", reason="s3fs is not installed, so no object store can be read")
    server = server_module.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"), ("AWS_ACCESS_KEY_ID", "for-tests"),
        ("AWS_SECRET_ACCESS_KEY", "for-tests"), ("AWS_DEFAULT_REGION", "us-east-1"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3").clear_instance_cache()
    bucket = f"council-{secrets.token_hex(4)}"  # what one of these servers keeps, the next one of a process has too
    fsspec.filesystem("s3").mkdir(bucket)
    try:
        yield f"s3://{bucket}/procure"
    finally:
        fsspec.filesystem("s3").clear_instance_cache()
        server.stop()
