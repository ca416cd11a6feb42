#!/bin/sh
# Runs a test, which is named behind this, while the application runs.
set -e
export APP="http://localhost:${PORT:-3000}"
node application.js &
trap 'kill $!' EXIT
until curl --silent --output /dev/null "$APP/"; do
  kill -0 $!
  sleep 0.1
done
"$@"
