# The service and the command line, without root. docs/operations.md says how to run it.
FROM python:3.12-slim AS build
COPY . /src
RUN python -m venv /opt/dwibhashi \
 && /opt/dwibhashi/bin/pip install --no-cache-dir '/src[pdf,postgresql]'

FROM python:3.12-slim
# What WeasyPrint draws with; their versions are those of the image.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 dwibhashi \
 && install --directory --owner dwibhashi /home/dwibhashi/.local/share/dwibhashi
COPY --from=build /opt/dwibhashi /opt/dwibhashi
ENV PATH=/opt/dwibhashi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DWIBHASHI_HOST=0.0.0.0
USER 10001
WORKDIR /home/dwibhashi
VOLUME /home/dwibhashi/.local/share/dwibhashi
EXPOSE 8000
HEALTHCHECK --start-period=30s --interval=30s --timeout=5s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
ENTRYPOINT ["dwibhashi"]
CMD ["serve"]
