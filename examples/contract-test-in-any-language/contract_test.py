"""Whom the identity provider logs out is logged out of the application: $APP, with sloop at $SLOOP_IDP."""

import json
import os
import unittest
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

APP, IDP = os.environ["APP"], os.environ["SLOOP_IDP"]


def sloop(path, **said):
    headers = {"content-type": "application/json"}
    return json.load(urlopen(Request(f"{IDP}/_sloop/idp/{path}", json.dumps(said).encode(), headers)))


class SingleLogout(unittest.TestCase):
    def test_whom_the_identity_provider_logs_out_is_logged_out_here(self):
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        login = sloop("sessions", user="alice", to=APP)
        browser.open(login["form"]["action"], urlencode(login["form"]["fields"]).encode())
        self.assertIn("You are signed in as alice.", browser.open(APP).read().decode())

        logout = sloop("messages", kind="LogoutRequest", to=APP, session=login["session"])
        urlopen(logout["url"])  # without the cookies of the browser, which follows the answer to the identity provider
        self.assertIn("Nobody is signed in.", browser.open(APP).read().decode())


unittest.main()
