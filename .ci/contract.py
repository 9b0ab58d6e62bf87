"""Generated requests against a running server: what `openapi.json` promises is what is answered.

Starts the server by the README's first command in an empty directory, makes an admin, and lets schemathesis loose on every
operation, logged in. Acts that would end the session itself are left out. With the path of a program as its argument it
starts that instead.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSWORD = "plum4-Ranger-mosaic-tundra"
SETTINGS = """
mode = "test"
http.bind = "127.0.0.1:0"
auth.bcrypt_cost = 4
auth.access_ttl_seconds = 3600
auth.resend_seconds = 0
auth.login_failures = 1000000
auth.login_failures_per_name_hour = 1000000
auth.login_failures_per_address = 1000000
limits.read_per_minute = 0
limits.write_per_minute = 0
limits.search_per_minute = 0
limits.sign_up_per_hour = 0
limits.mail_per_hour = 0
posts.cooldown_seconds = 0
log.level = "warn"
"""
ENDS_THE_SESSION = "/auth/logout|/auth/sessions/|/end-sessions|/me/password"
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
    "use_after_free",
    "negative_data_rejection",
    "response_headers_conformance",
    "unsupported_method",
]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def main():
    with tempfile.TemporaryDirectory(prefix="madang-ci-") as folder:
        settings = pathlib.Path(folder, "madang.toml")
        settings.write_text(SETTINGS)
        where = ["--config", str(settings), "--data-dir", str(pathlib.Path(folder, "data"))]
        target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        program = sys.argv[1] if len(sys.argv) > 1 else target / "release" / "madang"
        start = [program, "serve"] if len(sys.argv) > 1 else [ROOT / "dev", "serve"]
        server = subprocess.Popen([*start, *where], stdout=subprocess.PIPE, text=True)
        try:
            line = server.stdout.readline().strip()
            base = line.removeprefix("listening on ")
            if base == line:
                print(f"not the line of a listening server: {line!r}")
                return 1
            admin = ["admin", "create", "--username", "chief", "--email", "chief@office.test", "--nickname", "chief"]
            admin += ["--school", "Office", "--password-stdin", *where]
            subprocess.run([program, *admin], input=PASSWORD, text=True, check=True)
            login = {"username": "chief", "password": PASSWORD, "token_delivery": "body"}
            token = post(f"{base}/api/v1/auth/login", login)["access_token"]
            return explore(base, token)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def explore(base, token):
    command = [pathlib.Path(sys.executable).parent / "st", "run", f"{base}/openapi.json", "--url", base]
    command += ["--header", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS)]
    # One worker: threads that parse Python at once trip over each other in CPython 3.11 (python/cpython#106905).
    command += ["--max-examples", "25", "--seed", "1", "--workers", "1", "--request-timeout", "20"]
    command += ["--generation-database", "none", "--suppress-health-check", "all"]
    command += ["--exclude-path-regex", ENDS_THE_SESSION, "--no-color", "--warnings", "off"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
