"""How bodies are written that Schemathesis does not know: as the bytes they are."""

import schemathesis

schemathesis.serializer.alias("application/gzip", "application/octet-stream")
