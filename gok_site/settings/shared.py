"""What several nodes share: a cache and a place for media. A single node has both for itself."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def caches(env):
    """The default cache, which costs time and nothing else when it is gone, and the one that counts attempts."""
    default = env.cache("CACHE_URL", default="locmemcache://")
    if default["BACKEND"].endswith(".RedisCache"):
        default["BACKEND"] = "gok_site.shared_cache.SharedCache"
    # Attempts are counted where all processes of all nodes see them, and a cache that is gone forgets none.
    limits = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "gok_site_limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
    return {"default": default, "limits": limits}


def media(env):
    """Where media lie: a bucket, or without MEDIA_STORAGE_URL the folder `media`."""
    address = env.str("MEDIA_STORAGE_URL", default="")
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    if parts.scheme not in ("s3", "s3+http") or not (parts.hostname and parts.password and bucket) or "/" in bucket:
        raise ImproperlyConfigured("MEDIA_STORAGE_URL must be like s3://KEY:SECRET@store.example.org/bucket")
    return {
        "BACKEND": "gok_site.object_storage.ObjectStorage",
        "OPTIONS": {
            "bucket": bucket,
            "endpoint": f"{'http' if parts.scheme == 's3+http' else 'https'}://{parts.netloc.rpartition('@')[2]}",
            "access_key_id": unquote(parts.username),
            "secret_access_key": unquote(parts.password),
            "region": parse_qs(parts.query).get("region", ["us-east-1"])[0],
        },
    }
