def read_sheets(path, *, format="", has_header=None, crs=""):
    from geodata.importers.files.text import read_text

    return [read_text(path.read_bytes(), path.name)]


FORMATS = ("text",)
