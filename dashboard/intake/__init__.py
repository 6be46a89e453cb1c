"""Files that readers add on the page: taken in, understood or asked about, opened, and put back."""
