"""The README's example, as it stands there."""

import pathlib
import re
import shutil
import subprocess
import sys

from conftest import ROOT, Server, get


def test_the_example_of_the_readme_runs_as_it_stands(tmp_path, origins):
    example = (ROOT / "examples" / "first_gateway.py").read_text()
    shown = re.search(r"<!-- example -->\n```python\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert shown.group(1) == example, "README.md and examples/first_gateway.py have to be the same"

    server = Server(tmp_path)
    server.start()
    try:
        shutil.copytree(tmp_path / "data", tmp_path / "ramgate-data", ignore=lambda *_: {"store.db-lock"})
        # The one difference: this server and this service listen elsewhere.
        text = example.replace("127.0.0.1:9080", server.endpoint).replace("127.0.0.1:7000", origins[0][1])
        (tmp_path / "first_gateway.py").write_text(text)
        done = subprocess.run([sys.executable, "first_gateway.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        address = re.search(r"traffic enters at (http://\S+)", done.stdout).group(1)
        assert "NoPermission You are not authorized to perform this operation. Action: apig:DeleteGateway" in done.stdout
        assert get(address)[0] == 200
        printed = (tmp_path / "stdout").read_text()
        key = (tmp_path / "data" / "root-credentials.json").read_text()
        assert re.search(r"AccessKeySecret\s+(\S+)", printed).group(1) in key, "the key is printed at the first start"
    finally:
        assert server.stop() == 0
    assert pathlib.Path(tmp_path / "data" / "root-credentials.json").stat().st_mode & 0o777 == 0o600


def test_a_restart_keeps_everything_and_prints_no_key(tmp_path, origins):
    from alibabacloud_ram20150501 import models as ram
    from gateways import Entry, create_api, create_gateway, create_route, create_service, deploy, service_backend

    server = Server(tmp_path)
    server.start()
    try:
        root = server.root()
        gateway = create_gateway(root)
        entry = Entry(root, gateway)
        service = create_service(root, gateway, origins[0][1])
        api = create_api(root)
        deploy(root, api, create_route(root, api, entry.environment_id, "/", service_backend((service, 100))))
        root.ram.create_user(ram.CreateUserRequest(user_name="kept"))
        # Killed, not stopped: nothing that was acknowledged may be lost.
        import signal
        server.stop(signal.SIGKILL)
        printed = (tmp_path / "stdout").read_text()
        server.start()
        assert (tmp_path / "stdout").read_text() == printed
        assert root.ram.get_user(ram.GetUserRequest(user_name="kept")).body.user.user_name == "kept"
        assert entry.get("/after")[1]["path"] == "/after"
    finally:
        assert server.stop() == 0
