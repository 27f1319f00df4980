"""GET lists the posts, POST adds one."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2

PASSWORD = open("/run/secrets/db_password").read().strip()


def query(sql, *values):
    with psycopg2.connect(host="db", user="app", dbname="postgres", password=PASSWORD) as db, db.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


class Blog(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer("the blog: " + ", ".join(text for (text,) in query("select text from posts order by id")))

    def do_POST(self):
        query("insert into posts (text) values (%s)", self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer("added")

    def answer(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


query("create table if not exists posts (id serial, text text)")
ThreadingHTTPServer(("", 80), Blog).serve_forever()
