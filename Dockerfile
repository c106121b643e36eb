# The reference server in a container:  docker build -t eigen-reference . && docker run --rm -p 127.0.0.1:8080:8080 eigen-reference
# docs/test-your-program-offline.md says what it does. Its key is `test-key`; it serves no TLS and sends nothing out.

# 3.13, because pocketsphinx 5.1.1 has wheels of it for x86-64 and for ARM: nothing is compiled.
FROM python:3.13.9-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/eigen && /opt/eigen/bin/pip install --no-cache-dir "pip==25.3"
# The versions that the tape of recorded answers was made with. The judge's own packages are left out: the server needs
# none, and they would double the image.
COPY pyproject.toml ./
RUN /opt/eigen/bin/pip install --no-cache-dir --only-binary :all: --group reference
COPY openapi.yaml ./
COPY contract_tests contract_tests
RUN /opt/eigen/bin/pip install --no-cache-dir --no-deps ./contract_tests

FROM python:3.13.9-slim-trixie
COPY --from=build /opt/eigen /opt/eigen
RUN useradd --uid 10001 --no-create-home --home-dir /data eigen && install -d -o eigen /data
USER 10001
ENV PATH=/opt/eigen/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --start-interval=1s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/ready', timeout=2)"]
ENTRYPOINT ["python", "-m", "eigen_reference", "--host", "0.0.0.0", "--port", "8080"]
# Arguments after the image's name take the place of these, such as --allow-faults.
CMD ["--data", "/data"]
