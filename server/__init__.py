"""The web application: the vendor's surfaces over an embedded platform."""
