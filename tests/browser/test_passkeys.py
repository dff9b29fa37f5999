"""A passkey from its making to the door that it opens, with the authenticator that Chromium imitates."""

import pytest

USERNAME = "klucznica"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def password(site_server):
    return site_server.add_administrator(USERNAME)


def test_a_passkey_is_made_and_opens_the_door_by_itself(browser, site_server, password):
    with browser.new_context(locale="pl-PL") as context:
        page = context.new_page()
        chromium = context.new_cdp_session(page)
        chromium.send("WebAuthn.enable")
        device = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

        page.goto(site_server.url("/admin/login/"))
        page.fill("[name=login], [name=username]", USERNAME)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        page.goto(site_server.url("/admin/2fa/webauthn/add/"))
        # What guards the account is asked for the password once more.
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/admin/2fa/webauthn/add/")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/admin/2fa/recovery-codes/**")
        (key,) = chromium.send("WebAuthn.getCredentials", device)["credentials"]
        assert key["rpId"] == "localhost"
        assert key["isResidentCredential"]

        context.clear_cookies()
        page.goto(site_server.url("/admin/login/"))
        page.click("#passkey_login")
        page.wait_for_url("**/admin/")

        # A device that does not know its owner opens nothing, and the page says so.
        chromium.send("WebAuthn.setUserVerified", {**device, "isUserVerified": False})
        context.clear_cookies()
        page.goto(site_server.url("/admin/login/"))
        page.click("#passkey_login")
        page.wait_for_selector("#passkey-failed:not([hidden])")
        assert page.goto(site_server.url("/admin/2fa/")).url.endswith("/admin/login/?next=/admin/2fa/")
