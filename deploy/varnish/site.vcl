# How the cache treats every site of an installation. Included by one-machine.vcl or several-nodes.vcl, which name
# the backends and, in the acl `purgers`, who may ban.
#
# - A page is kept compressed for at most 50 s and shown for at most 10 s more while a new one is fetched. A ban from
#   the application ends that at once; without one nothing is older than a minute.
# - While the application or its database is away, what is kept is shown for a day.
# - One key for everybody: host, address, known parameters. Whoever has logged in is never served from here.

import std;

sub vcl_recv {
    if (req.restarts == 0) {
        # Our own marks come from nobody else.
        unset req.http.X-Kept;
        unset req.http.X-Full-Url;
        unset req.http.X-Old-Address;
        unset req.http.X-Any-Age;
    }
    # The proxy's mark of who takes brotli; only static files lie there in that form, too.
    if (req.url !~ "^/static/") {
        unset req.http.X-Brotli;
    }
    # What could make the site answer one person with another's address (A5).
    unset req.http.X-Forwarded-Host;
    unset req.http.X-Forwarded-Server;
    unset req.http.X-Forwarded-Port;
    unset req.http.X-Forwarded-Prefix;
    unset req.http.X-Original-Url;
    unset req.http.X-Original-Host;
    unset req.http.X-Rewrite-Url;
    unset req.http.X-Host;
    unset req.http.X-Http-Method-Override;
    unset req.http.Forwarded;
    unset req.http.Proxy;

    if (req.method == "BAN") {
        call recv_ban;
    }
    if (req.http.X-Forwarded-Proto != "https") {
        set req.http.X-Forwarded-Proto = "http";
    }
    if (req.method !~ "^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$") {
        return (synth(405));
    }
    if (req.http.X-Old-Address) {
        # Old sites had addresses such as /index.php?id=7: only the application knows where they lead now.
        set req.url = req.http.X-Full-Url;
        return (pass);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/(admin(/|\?|$)|healthz)") {
        return (pass);
    }
    if (req.http.Cookie ~ "(^|;\s*)(__Host-|__Secure-)?sessionid=") {
        return (pass);
    }
    if (req.url ~ "^/documents/" && req.http.Range) {
        return (pass);
    }
    unset req.http.Cookie;
    unset req.http.Accept-Language;
    call recv_key;
    set req.http.X-Kept = "may be";

    # A visitor waits for a fresh page rather than see an old one, save when there is no fresh one to be had.
    if (std.healthy(req.backend_hint) && !req.http.X-Any-Age) {
        set req.grace = 10s;
    } else {
        set req.grace = 24h;
    }
}

# One ban for a whole host, which Varnish's lurker can work off in the background.
sub recv_ban {
    # The proxy in front marks all that comes from outside.
    if (client.ip !~ purgers || req.http.X-Forwarded-Proto) {
        return (synth(405));
    }
    set req.http.X-Ban-Host = regsub(std.tolower(req.http.X-Ban-Host), "\.?(:[0-9]+)?$", "");
    if (req.http.X-Ban-Host !~ "^[a-z0-9.-]+$") {
        return (synth(400));
    }
    if (!std.ban("obj.http.X-Kept-Host == " + req.http.X-Ban-Host)) {
        return (synth(500));
    }
    return (synth(200, "Banned"));
}

# The key: host in lower case without a port, so that no ban misses; known parameters in one order (A4).
sub recv_key {
    set req.http.Host = regsub(std.tolower(req.http.Host), "\.?(:[0-9]+)?$", "");
    if (req.url ~ "\?") {
        set req.http.X-Full-Url = req.url;
        set req.url = regsuball(req.url, "(?<=[?&])(?!(q|page|doslownie|od|rodzaj|kiedy|dataod|datado|miesiac|tydzien|widok|miejsce|wiek|cel|bezplatne|wolne|dostepnosc|dzien|po|ile)(=|&|$))[^&]*", "");
        set req.url = regsuball(req.url, "&&+", "&");
        set req.url = regsub(req.url, "\?&+", "?");
        set req.url = regsub(req.url, "[?&]+$", "");
        if (req.url == req.http.X-Full-Url) {
            unset req.http.X-Full-Url;
        }
        set req.url = std.querysort(req.url);
    }
}

sub vcl_hash {
    # A redirect to https must not be the answer over https.
    hash_data(req.http.X-Forwarded-Proto);
    if (req.http.X-Brotli) {
        hash_data("br");
    }
}

sub vcl_backend_fetch {
    # Varnish by itself asks for gzip only.
    if (bereq.http.X-Brotli) {
        set bereq.http.Accept-Encoding = "br";
        unset bereq.http.X-Brotli;
    }
    # As long as the address that somebody made up: too long for the application.
    unset bereq.http.X-Full-Url;
}

sub vcl_backend_response {
    if (beresp.http.Content-Type ~ "^text/html") {
        # A worker that dies in the middle must leave no half page behind (P1).
        set beresp.do_stream = false;
    }
    if (beresp.status >= 500) {
        # First see whether something older is kept: vcl_synth asks again without regard to its age.
        if (bereq.is_bgfetch || (!bereq.uncacheable && !bereq.http.X-Any-Age)) {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 1s;
        return (deliver);
    }
    set beresp.http.X-Kept-Host = bereq.http.Host;
    if (!beresp.http.Cache-Control || std.integer(beresp.http.Content-Length, 0) > 10485760) {
        set beresp.uncacheable = true;
        set beresp.ttl = 60s;
        return (deliver);
    }
    if (bereq.url !~ "^/(static|media|motyw)/" && beresp.ttl > 50s) {
        set beresp.ttl = 50s;
    }
    set beresp.grace = 24h;
    # An answer for many outlives the request whose name it has: whoever looked for that in the log would be misled.
    if (!bereq.uncacheable) {
        unset beresp.http.X-Request-ID;
    }
    if (beresp.http.Content-Type ~ "^(text/|image/svg|application/(json|javascript|xml|[a-z]+\+(xml|json)))") {
        set beresp.do_gzip = true;
    }
}

sub vcl_backend_error {
    if (bereq.retries == 0 && (bereq.method == "GET" || bereq.method == "HEAD")) {
        # Another worker, or another node, may do.
        return (retry);
    }
    if (bereq.is_bgfetch || (!bereq.uncacheable && !bereq.http.X-Any-Age)) {
        return (abandon);
    }
    set beresp.status = 503;
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "30";
    set beresp.http.Content-Security-Policy = "default-src 'none'; style-src 'self'";
    set beresp.http.X-Content-Type-Options = "nosniff";
    set beresp.body = {"<!doctype html>
<html lang="pl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Strona chwilowo nie odpowiada</title>
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/base.css">
<main class="frame band">
<h1>Strona chwilowo nie odpowiada</h1>
<p>To nie Twoja wina. Jeśli wysyłasz formularz, wróć do niego przyciskiem „Wstecz” w przeglądarce i wyślij go jeszcze
raz za kilka minut: to samo zgłoszenie wysłane dwa razy liczy się raz. Jeśli sprawa jest pilna, zadzwoń do ośrodka.</p>
<p><a href="/">Strona główna</a></p>
</main>
</html>
"};
    return (deliver);
}

sub vcl_synth {
    if (resp.status == 503 && req.restarts == 0 && req.http.X-Kept) {
        set req.http.X-Any-Age = "yes";
        return (restart);
    }
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    set resp.http.X-Content-Type-Options = "nosniff";
    set resp.body = "" + resp.status + " " + resp.reason + {"
"};
    return (deliver);
}

sub vcl_deliver {
    if (resp.status == 404 && req.restarts == 0 && req.http.X-Full-Url) {
        set req.http.X-Old-Address = "perhaps";
        return (restart);
    }
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
    unset resp.http.X-Kept-Host;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
