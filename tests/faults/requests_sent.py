"""People who send requests about access: the form that they were shown, and the receipt that they got."""

import re
import urllib.parse

FORM = "/dostepnosc/zgloszenie/cyfrowe/"
LEAST_AGE = 4  # seconds that a form must have been open


class Sender:
    """Sends one form, from an address and with words of its own."""

    def __init__(self, proxy, number, mark):
        self.proxy, self.number, self.mark = proxy, number, mark
        self.email = f"osoba-{number}@example.org"
        self.words = f"Strona numer {number} jest nieczytelna."
        self.receipt = None

    def send(self):
        """The status and the page; after a 303 the receipt's number is known."""
        fields = {"mark": self.mark, "subject": self.words, "contact_way": "email", "contact": self.email}
        status, headers, body = self.proxy.ask(
            "POST",
            FORM,
            body=urllib.parse.urlencode(fields),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            source=f"127.0.{1 + self.number // 200}.{1 + self.number % 200}",
        )
        if status == 303:
            self.receipt = headers["Location"].rstrip("/").rpartition("/")[2]
        return status, body.decode()


def senders(proxy, count, first=0):
    """People with the form before them; it may be sent `LEAST_AGE` seconds later."""
    found = []
    for number in range(first, first + count):
        _status, _headers, body = proxy.ask("GET", FORM)
        mark = re.search(r'name="mark" value="([^"]+)"', body.decode())[1]
        found.append(Sender(proxy, number, mark))
    return found
