"""Files as they lie on a disk: texts, workbooks, layers of GIS files; opened without trusting them."""
