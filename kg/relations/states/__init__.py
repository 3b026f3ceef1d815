"""States: what titles, appositions, possessives, parties and places say that holds."""

from kg.relations.states.rules import RULES, state_drafts

__all__ = ["RULES", "state_drafts"]
