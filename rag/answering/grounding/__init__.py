"""Whether references say what a claim says: decided by words and numbers, without a model."""

from rag.answering.grounding.check import Support, check_claim, contradicted

__all__ = ["Support", "check_claim", "contradicted"]
