"""A mail server for the tests: keeps what it is sent in the directory it is run in.

usage: smtp_server.py MODE, which is one of
  starttls  wants STARTTLS, then a login as haneul
  smtps     speaks TLS from the start
  deferring answers 451 to the first recipient
Prints its port once it listens; its authority's certificate is authority.pem.
"""
import pathlib
import socket
import ssl
import sys
import time

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

mode = sys.argv[1]


class Keeper:
    def __init__(self):
        self.kept = 0
        self.deferred = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "deferring" and self.deferred == 0:
            self.deferred = 1
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.kept += 1
        head = f"X-Rcpt: {','.join(envelope.rcpt_tos)}\nX-Tls: {session.ssl is not None or mode == 'smtps'}\n"
        unfinished = pathlib.Path(f"{self.kept}.part")
        unfinished.write_bytes(head.encode() + envelope.content)
        unfinished.rename(f"{self.kept}.eml")
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"haneul" and data.password == b"sesame"
    return AuthResult(success=good)


authority = trustme.CA()
authority.cert_pem.write_to_path("authority.pem")
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
authority.issue_cert("localhost").configure_cert(context)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
options = {
    "starttls": dict(
        tls_context=context, require_starttls=True, authenticator=authenticate, auth_required=True
    ),
    "smtps": dict(ssl_context=context),
    "deferring": {},
}[mode]


class Listening(Controller):
    """Looks whether it listens by a connection that trusts its certificate."""

    def _trigger_server(self):
        with socket.create_connection((self.hostname, self.port), 1.0) as stream:
            if mode == "smtps":
                trusting = ssl.create_default_context(cafile="authority.pem")
                stream = trusting.wrap_socket(stream, server_hostname="localhost")
            stream.recv(1024)


controller = Listening(Keeper(), hostname="127.0.0.1", port=port, **options)
controller.start()
print(port, flush=True)
while True:
    time.sleep(60)
