"""AWS on this machine's loopback: moto's services, and a CloudFormation that hides nothing. Prints the port, then serves until stdin ends.

    python server.py [account]
"""
import os
import sys
import threading

ACCOUNT = sys.argv[1] if len(sys.argv) > 1 else "111122223333"
os.environ.update({"MOTO_ACCOUNT_ID": ACCOUNT, "AWS_EC2_METADATA_DISABLED": "true", "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"})

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

import moto_repairs  # noqa: E402,F401
from api import CloudFormationApi  # noqa: E402
from cloudformation import Deployment  # noqa: E402


class Quiet(MotoRequestHandler):
    def log_request(self, *_):
        pass


def main():
    moto = DomainDispatcherApplication(create_backend_app)
    cloudformation = None

    def application(environ, start_response):
        scope = environ.get("HTTP_AUTHORIZATION", "").split("Credential=")[-1].split(",")[0].split("/")
        if len(scope) == 5 and scope[3] == "cloudformation":
            return cloudformation(environ, start_response, scope[2])
        return moto(environ, start_response)

    # 127.0.0.1 and no other interface: what is deployed is nobody else's to see.
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    cloudformation = CloudFormationApi(Deployment(f"http://127.0.0.1:{server.server_port}", ACCOUNT))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


main()
