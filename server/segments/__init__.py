"""The segment API: audiences, and collections of content, as the vendor's API shows them."""
