# The cache in front of a site whose application runs on the same machine. Rules: site.vcl beside this file.
#
#     varnishd -a 127.0.0.1:6081 -f /etc/varnish/one-machine.vcl -s malloc,256m
vcl 4.1;

# A host name that the site always allows, and which belongs to no centre outside.
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

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 1s;
    .first_byte_timeout = 35s;
    .between_bytes_timeout = 15s;
    .probe = healthz;
}

# Who may say that what is kept is no longer true.
acl purgers {
    "127.0.0.1";
    "::1";
}

include "./site.vcl";
