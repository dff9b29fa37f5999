"""Those who ask: a plain client of the proxy, and a browser with cookies that fills in forms."""

import contextlib
import functools
import http.client
import http.cookiejar
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
from types import SimpleNamespace

from bs4 import BeautifulSoup

LOGIN = "/admin/login/"


def trusting():
    """TLS that trusts the certificate which nobody signed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class Proxy:
    """Asks nginx over TLS or, with `is_plain`, without."""

    def __init__(self, stack):
        self.ports = stack.ports
        self.tls = trusting()

    def ask(self, method, path, *, is_plain=False, body=None, headers=None, source="127.0.0.1"):
        """(status, headers, body); Linux takes any `source` of 127/8 for this machine."""
        name, port = "127.0.0.1", self.ports["plain" if is_plain else "tls"]
        if is_plain:
            connection = http.client.HTTPConnection(name, port, timeout=60, source_address=(source, 0))
        else:
            connection = http.client.HTTPSConnection(
                name, port, timeout=60, context=self.tls, source_address=(source, 0)
            )
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers={"Host": "localhost", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments, **keywords):
        return None


class _Https(urllib.request.HTTPSHandler):
    """Calls from an address of its own: to Linux all of 127/8 is this machine."""

    def __init__(self, source):
        super().__init__()
        self.connection = functools.partial(http.client.HTTPSConnection, context=trusting(), source_address=(source, 0))

    def https_open(self, request):
        return self.do_open(self.connection, request)


class Browser:
    """One visitor with cookies of their own, who is told of redirects and does not follow them."""

    def __init__(self, base, source="127.0.0.1"):
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.cookies)
        handlers = [_Stay, _Https(source), cookies, urllib.request.ProxyHandler({})]
        self.opener = urllib.request.build_opener(*handlers)
        self.claim()

    def claim(self, *headers):
        """Send these headers, too, from now on."""
        host = urllib.parse.urlsplit(self.base).hostname
        self.opener.addheaders = [("Referer", f"https://{host}/"), *headers]

    def open(self, path, data=None):
        """The answer (status, headers, text) to a GET, or to a POST when there are `data`."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        try:
            answer = self.opener.open(self.base + path, body, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return SimpleNamespace(status=answer.status, headers=answer.headers, text=answer.read().decode())

    def ask(self, path, data=None):
        answer = self.open(path, data)
        return answer.status, answer.text

    def send(self, form, data, page=None):
        """Fill in the form at `form`: with the token of the page that it stands on."""
        _status, text = self.ask(page or form)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        return self.ask(form, {**data, "csrfmiddlewaretoken": token})

    def log_in(self, name, password):
        return self.send(LOGIN, {"username": name, "password": password})

    def form_with(self, name, path):
        """What the admin's form with the field `name` would send if nothing were changed; texts made of blocks are empty."""
        answer = self.open(path)
        assert answer.status == 200, answer.status
        form = BeautifulSoup(answer.text, "html.parser").find(attrs={"name": name}).find_parent("form")
        data = dict(filter(None, map(_sent, form.find_all(["input", "textarea", "select"]))))
        return data | {f"{block['id'].removeprefix('id_')}-count": "0" for block in form.select("[data-block]")}


def _sent(field):
    """(name, value) that a browser sends of a field, or None."""
    name, kind = field.get("name"), field.get("type")
    if not name or "__prefix__" in name or kind in ("submit", "file"):
        return None
    if field.name == "select":
        option = field.find("option", selected=True)
        return name, option.get("value", "") if option else ""
    if kind in ("checkbox", "radio"):
        return (name, field.get("value", "on")) if field.has_attr("checked") else None
    return name, field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
