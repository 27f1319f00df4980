"""`greeter` greets; `counter` counts its visitors in a database."""
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2


def query(sql):
    password = open("/run/secrets/db_password").read().strip()
    with psycopg2.connect(host="db", user="app", dbname="postgres", password=password) as db, db.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def count():
    ((number,),) = query("insert into visits default values returning id")
    return f"visit {number} behind the proxy"


class Upstream(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write((count() if sys.argv[1] == "counter" else "greetings from behind the proxy").encode())


if sys.argv[1] == "counter":
    query("create table if not exists visits (id serial)")
ThreadingHTTPServer(("", 8000), Upstream).serve_forever()
