"""The numbers behind a chart, without a surface."""
