"""The switch of a request that nobody takes back."""

from __future__ import annotations


class Never:
    """Nothing is taken back."""

    def cancelled(self) -> bool:
        return False

    def stopped(self, draft: int) -> bool:
        return False
