# The cache in front of several application nodes. A node that does not answer gets no requests. Rules: site.vcl.
vcl 4.1;

import directors;

probe healthz {
    .request =
        "GET /healthz HTTP/1.1"
        "Host: localhost"
        "X-Forwarded-Proto: https"
        "Connection: close";
    .interval = 2s;
    .timeout = 5s;
    .window = 4;
    .threshold = 2;
    .initial = 2;
}

# One more node: one more backend here, one more line in vcl_init.
backend node_1 {
    .host = "node-1";
    .port = "8000";
    .connect_timeout = 1s;
    .first_byte_timeout = 35s;
    .between_bytes_timeout = 15s;
    .probe = healthz;
}

backend node_2 {
    .host = "node-2";
    .port = "8000";
    .connect_timeout = 1s;
    .first_byte_timeout = 35s;
    .between_bytes_timeout = 15s;
    .probe = healthz;
}

# The network of the nodes, on which nobody else can reach this cache directly.
acl purgers {
    "127.0.0.1";
    "::1";
    "10.0.0.0"/8;
    "172.16.0.0"/12;
    "192.168.0.0"/16;
}

sub vcl_init {
    new nodes = directors.shard();
    nodes.add_backend(node_1);
    nodes.add_backend(node_2);
    nodes.reconfigure();
}

sub vcl_recv {
    set req.backend_hint = nodes.backend();
}

sub vcl_backend_fetch {
    # What one node did not answer is asked of another one, not of the same again: it may have left just now (P12).
    set bereq.backend = nodes.backend(by=HASH, alt=bereq.retries);
}

include "./site.vcl";
