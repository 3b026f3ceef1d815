"""Who an article speaks of: mentions, coreference, the actor registry, entities."""
