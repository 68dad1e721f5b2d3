"""The OpenAPI description: what spectacular cannot know of this API from its code alone."""
