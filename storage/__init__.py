"""Tables, migrations, views, the one door `Store`, the originals by sha256."""
