"""What the site of documents takes from outside of docs/: the contract, of which git holds one copy."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the contract, which the reference of the endpoint shows."""
    files.append(File.generated(config, "openapi.yaml", abs_src_path="openapi.yaml"))
    return files
