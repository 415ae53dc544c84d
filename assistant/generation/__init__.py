"""From a query and its guidance to streamed replies of a local GGUF model."""
