"""A newsroom in a terminal: short answers from news articles, every sentence quoted and dated."""

import os

# Nothing leaves the machine: onnxruntime, from 1.29 on, reports to its maker unless this is set
# before it is imported, whoever imports it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"
