"""The starting data: services and places as files, and the script that makes the gazetteer."""
