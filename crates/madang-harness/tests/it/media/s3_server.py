"""An S3 server on a free port, which is printed. Each line of standard input is an act, answered by a line of JSON:
`list BUCKET`, `make BUCKET`, `drop BUCKET` with all that is in it, `stop` and `start` of the server."""

import json
import sys

import boto3
from moto.server import ThreadedMotoServer


def begin(port):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    return server


server = begin(0)
_, port = server.get_host_and_port()
print(port, flush=True)


def client():
    return boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="madang",
        aws_secret_access_key="madang-secret",
    )


def keys(bucket):
    return [entry["Key"] for entry in client().list_objects_v2(Bucket=bucket).get("Contents", [])]


for line in sys.stdin:
    act, *bucket = line.split()
    answer = None
    if act == "list":
        answer = keys(*bucket)
    elif act == "make":
        client().create_bucket(Bucket=bucket[0])
    elif act == "drop":
        for key in keys(*bucket):
            client().delete_object(Bucket=bucket[0], Key=key)
        client().delete_bucket(Bucket=bucket[0])
    elif act == "stop":
        server.stop()
    elif act == "start":
        server = begin(port)
    print(json.dumps(answer), flush=True)
