"""P9: a mail server that hangs holds nobody up, staff see what waits, and the letter goes when the server is back."""

import socket
import threading
import time

import pytest

from tests.faults.requests_sent import LEAST_AGE, senders
from tests.faults.visitors import Proxy

DELIVER = """
from datetime import timedelta
from django.utils import timezone
from mission.outbox.delivery import deliver
answer = deliver(timezone.now() + timedelta(hours={hours}))
"""
WORDS = {"EHLO": "250 ok", "HELO": "250 ok", "MAIL": "250 ok", "RCPT": "250 ok", "RSET": "250 ok", "QUIT": "221 bye"}


class MailServer:
    """Takes every connection; says nothing until `is_back`, then takes letters."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.is_back, self.letters = False, []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    def talk(self, connection):
        with connection, connection.makefile("rw", newline="\r\n") as lines:
            if not self.is_back:
                connection.recv(1)  # until the other side gives up
                return
            self.say(lines, "220 faults")
            while line := lines.readline():
                if line.upper().startswith("DATA"):
                    self.say(lines, "354 go on")
                    self.letters.append("".join(iter(lines.readline, ".\r\n")))
                    self.say(lines, "250 ok")
                else:
                    self.say(lines, WORDS.get(line[:4].upper(), "502 no"))

    def say(self, lines, words):
        lines.write(f"{words}\n")
        lines.flush()


@pytest.fixture
def mail_server():
    server = MailServer()
    yield server
    server.socket.close()


@pytest.mark.fault(
    "P9", "the mail server hangs", "request under 1 s, letter kept, staff see it, sent once when it is back"
)
def test_a_mail_server_that_hangs_costs_no_letter(production, mail_server, seen):
    stack = production("SQLite")
    post_office = stack.editor(EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}")
    post_office.do("from django.conf import settings\nsettings.EMAIL_TIMEOUT = 1")
    # What other tests have left shall not be sent.
    post_office.do("from mission.models import Letter\nLetter.objects.all().delete()")
    (person,) = senders(Proxy(stack), 1, first=980)
    time.sleep(LEAST_AGE)
    begin = time.monotonic()
    assert person.send()[0] == 303
    took = time.monotonic() - begin
    assert took < 1
    assert post_office.ask(DELIVER.format(hours=0)) == 0
    mail = stack.details()["mail"]
    assert mail["waiting"] == 2  # to the person and to staff
    mail_server.is_back = True
    assert post_office.ask(DELIVER.format(hours=1)) == 2
    assert post_office.ask(DELIVER.format(hours=1)) == 0
    assert sum(person.email in letter for letter in mail_server.letters) == 1
    assert stack.details()["mail"]["waiting"] == 0
    seen(f"request {took:.2f} s; 2 letters waited, each sent once")
