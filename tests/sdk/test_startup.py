"""Starting over data that is not as it should be: refused with a message, and nothing overwritten."""

import os
import signal
import sqlite3
import subprocess

import pytest

from conftest import Server, binary, free_port


def fails_to_start(directory, *arguments) -> str:
    command = [str(binary()), "serve", "--listen", f"127.0.0.1:{free_port()}", "--data-dir", str(directory), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode in (1, 2), done
    return done.stderr


@pytest.fixture
def data(tmp_path):
    """The data directory of a server that ran and was stopped."""
    server = Server(tmp_path)
    server.start()
    assert server.stop() == 0
    return tmp_path / "data"


def test_a_file_that_is_no_database_is_left_alone(data):
    path = data / "store.db"
    path.write_bytes(b"this is no database, and somebody may still want it " * 100)
    before = path.read_bytes()
    assert "store.db" in fails_to_start(data)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_version_is_left_alone(data):
    path = data / "store.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = path.read_bytes()
    assert "newer" in fails_to_start(data)
    assert path.read_bytes() == before


def test_another_sealing_key_is_refused(data):
    (data / "sealing.key").unlink()
    assert "key" in fails_to_start(data)


def test_a_sealing_key_that_others_can_read_is_refused(data):
    os.chmod(data / "sealing.key", 0o644)
    assert "sealing.key" in fails_to_start(data)


def test_two_servers_do_not_share_a_data_directory(tmp_path):
    server = Server(tmp_path)
    server.start()
    try:
        assert str(server.process.pid) in fails_to_start(tmp_path / "data")
    finally:
        assert server.stop(signal.SIGINT) == 0


@pytest.mark.parametrize("line, expected", [
    ("lissten = \"127.0.0.1:1\"", "unknown field `lissten`"),
    ("entry_ports = \"9-1\"", "FIRST-LAST"),
    ("store = \"etcd://127.0.0.1:2379/x\"", "not built yet"),
    ("region = \"Mars\"", "`region`"),
])
def test_settings_that_cannot_be_meant_are_refused(tmp_path, line, expected):
    (tmp_path / "ramgate.toml").write_text(line + "\n")
    assert expected in fails_to_start(tmp_path / "data", "--config", str(tmp_path / "ramgate.toml"))
    assert not (tmp_path / "data").exists()
