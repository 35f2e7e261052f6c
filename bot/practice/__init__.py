"""Practice in the sandbox: scripted visitors on phones of their own, who go through the whole bot as anybody does."""
