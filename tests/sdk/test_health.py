"""Health, metrics, and what a stranger gets."""

import json
import urllib.request

from conftest import get


def test_health_readiness_and_metrics_answer(server):
    assert get(f"http://{server.endpoint}/healthz")[0] == 200
    assert get(f"http://{server.endpoint}/readyz")[0] == 200
    status, page = get(f"http://{server.endpoint}/metrics")
    assert status == 200 and "ramgate_" in page


def test_a_request_without_credentials_is_refused(server):
    request = urllib.request.Request(f"http://{server.endpoint}/?Action=ListUsers&Version=2015-05-01", method="POST")
    try:
        urllib.request.urlopen(request, timeout=5)
        raise AssertionError("answered")
    except urllib.error.HTTPError as error:
        body = json.loads(error.read())
        assert (error.code, body["Code"]) == (400, "MissingAccessKeyId")
        assert body["RequestId"] == error.headers["x-acs-request-id"]
