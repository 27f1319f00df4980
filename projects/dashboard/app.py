"""A dashboard: the orders that the shop has processed, and how often this page was seen.

GET /         the page; looking at it counts
GET /api      {"orders": {"tea": 2}, "views": 7}; orders is null while the shop does not answer
GET /healthz  whether this project's own database answers
"""

import html
import json
import os
import signal
import socket
import sys
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8000
# Another project's service: the environment says where it is, for this program and for a browser …
SHOP = (os.environ["SHOP_WEB_HOST"], int(os.environ["SHOP_WEB_PORT"]))
SHOP_PAGE = os.environ["SHOP_WEB_PUBLIC_URL"]
# … and this project's own, by its name. The shop has a "db" as well; on this project's network, this is ours.
DB = ("db", 6379)

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Dashboard</title>
<h1>Orders processed</h1>
{orders}
<p><a href="{shop}">Order something</a>
<p>Page views: {views}
"""


def fetch_orders():
    """Return the shop's {item: count}, or None if it does not answer."""
    connection = HTTPConnection(*SHOP, timeout=3)
    try:
        connection.request("GET", "/orders")
        response = connection.getresponse()
        return json.load(response) if response.status == 200 else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()


def redis(command):
    """Send one command whose reply is a line or a string, and return that text (or None)."""
    with socket.create_connection(DB, timeout=3) as connection, connection.makefile("rw", newline="\r\n") as stream:
        stream.write(command + "\n")
        stream.flush()
        reply = stream.readline().rstrip()
        if reply.startswith("-"):
            raise OSError(f"redis: {reply[1:]}")
        if reply.startswith("$"):  # a length, then the string itself; -1 stands for none
            return None if reply == "$-1" else stream.readline().rstrip()
        return reply[1:]


def render(orders, views):
    if orders is None:
        body = "<p>The shop does not answer."
    elif not orders:
        body = "<p>None yet."
    else:
        rows = "".join(f"<tr><td>{html.escape(item)}<td>{count}\n" for item, count in sorted(orders.items()))
        body = f"<table>\n<tr><th>Item<th>Processed\n{rows}</table>"
    return PAGE.format(orders=body, views=views, shop=html.escape(SHOP_PAGE))


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            if self.path == "/":
                self.reply(200, "text/html", render(fetch_orders(), views=redis("INCR views")))
            elif self.path == "/api":
                answer = {"orders": fetch_orders(), "views": int(redis("GET views") or 0)}
                self.reply(200, "application/json", json.dumps(answer, ensure_ascii=False) + "\n")
            elif self.path == "/healthz":
                redis("PING")
                self.reply(200, "text/plain", "ok\n")
            else:
                self.reply(404, "text/plain", "no such page\n")
        except OSError as error:
            self.log_error("%s", error)
            self.reply(503, "text/plain", "the database does not answer\n")

    def reply(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        if self.path != "/healthz":  # asked every few seconds
            super().log_request(code, size)


def check_health():
    """The container's healthcheck, so that the image needs no curl."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=2)
    connection.request("GET", "/healthz")
    return 0 if connection.getresponse().status == 200 else 1


def main():
    # Process 1 ignores SIGTERM unless it asks for it; without this, stopping takes ten seconds and a kill.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with ThreadingHTTPServer(("", PORT), Handler) as server:
        print(f"listening on port {PORT}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    if "--health" in sys.argv:
        sys.exit(check_health())
    main()
