# How Jupyter listens; it reads this file from /etc/jupyter.
import os

import notebook

c = get_config()  # noqa: F821 - Jupyter defines it

# Notebook 6 is a server of its own, from 7 on it runs inside jupyter_server.
if int(notebook.__version__.split(".")[0]) < 7:
    server = login = c.NotebookApp
else:
    server, login = c.ServerApp, c.IdentityProvider

# All interfaces of the *container*; Docker publishes the port on the host's 127.0.0.1 only.
server.ip = "0.0.0.0"
server.open_browser = False
server.allow_root = True  # start-notebook has already chosen the user

# No token unless JUPYTER_TOKEN sets one: whoever reaches the port may run code here. That is every
# user of this machine and every container on the same network, so set one where you share either.
login.token = os.environ.get("JUPYTER_TOKEN", "")

# Answer only to localhost and 127.0.0.1 as host names. Without this, a web page could reach the
# notebook through a name of its own that it points at 127.0.0.1 (DNS rebinding).
server.allow_remote_access = False
