#!/bin/sh
# Whom the identity provider logs out is logged out of the application: $APP, with sloop at $SLOOP_IDP.
set -eu
cookies=$(mktemp)
trap 'rm "$cookies"' EXIT

browser() { curl --silent --show-error --cookie "$cookies" --cookie-jar "$cookies" "$@"; }
sloop() { curl --silent --show-error --fail-with-body "$SLOOP_IDP/_sloop/idp/$1" --json "$2"; }
value() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
check() { browser "$APP/" | grep -q "$1" && echo "ok: $1" || { echo "expected: $1"; exit 1; }; }

# Sign in: what the application asks of the identity provider is answered, and the answer posted to the application.
asked=$(browser --output /dev/null --write-out '%{redirect_url}' "$APP/login")
login=$(sloop sessions '{"user":"alice","authnRequest":"'"$asked"'"}')
browser "$(echo "$login" | value action)" --data-urlencode "SAMLResponse=$(echo "$login" | value SAMLResponse)"
check 'You are signed in as alice.'

# Log out: the identity provider writes a LogoutRequest, which is given to the application without a cookie.
session=$(echo "$login" | value session)
logout=$(sloop messages '{"kind":"LogoutRequest","to":"'"$APP"'","session":"'"$session"'"}')
curl --silent --show-error --output /dev/null "$(echo "$logout" | value url)"
check 'Nobody is signed in.'
