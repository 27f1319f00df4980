"""`web`: POST queues a job, GET lists those that are done. `worker`: does them, which is to write them in capitals."""
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2
import redis

queue = redis.Redis(host="redis")


def query(sql, *values):
    with psycopg2.connect(os.environ["DATABASE_URL"]) as db, db.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


class Jobs(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer("the queue: " + ", ".join(text for (text,) in query("select text from done order by id")))

    def do_POST(self):
        queue.rpush("jobs", self.rfile.read(int(self.headers["Content-Length"])))
        self.answer("queued")

    def answer(self, text):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


if sys.argv[1] == "web":
    query("create table if not exists done (id serial, text text)")
    ThreadingHTTPServer(("", 80), Jobs).serve_forever()

while True:
    _, job = queue.blpop("jobs")
    query("insert into done (text) values (%s)", job.decode().upper())
