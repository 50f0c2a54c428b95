"""The words every room shares: facts, decisions, money, moments. No room is known here."""
