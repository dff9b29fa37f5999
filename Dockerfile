# syntax=docker/dockerfile:1
# Two stages: the first has the tools that install, the second only what serves. Runs as an unprivileged account.

FROM python:3.11-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/gok_site
# `scaled` for several nodes that share Redis and a bucket.
ARG PACKAGES=runtime
COPY requirements/${PACKAGES}.txt requirements/packages.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes --requirement requirements/packages.txt
COPY . .
# Static files are hashed and compressed here, once; the secret serves this step alone and is in no layer's files.
RUN SECRET_KEY=only-for-building DATA_DIR=/tmp/build DJANGO_SETTINGS_MODULE=gok_site.settings.base \
    /opt/venv/bin/python manage.py collectstatic --no-input \
    && mv /tmp/build/static /srv/static \
    && /opt/venv/bin/python -m compileall -q /opt/venv accessibility gok_site mission programme

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 gok \
    && useradd --system --uid 10001 --gid gok --home-dir /data --no-create-home --shell /usr/sbin/nologin gok \
    && install --directory --owner gok --group gok /data /data/media
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=gok_site.settings.base \
    DATA_DIR=/data \
    BIND=0.0.0.0:8000
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/gok_site /srv/gok_site
COPY --from=build /srv/static /srv/static
WORKDIR /srv/gok_site
USER gok
# Pictures, documents and, without DATABASE_URL, the database.
VOLUME /data
EXPOSE 8000
# The volume hides what the image has under /data: the collected files are linked in at each start.
ENTRYPOINT ["/srv/gok_site/deploy/container.sh"]
CMD ["gunicorn", "--config", "deploy/gunicorn.py", "gok_site.wsgi"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
    CMD ["python", "deploy/healthy.py"]
