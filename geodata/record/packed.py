"""A table that takes much room and is read once, at the end: packed in memory until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa


class Packed:
    """A table of `pieces` (record batches of its `schema`), each of which is packed as soon as it comes."""

    def __init__(self, schema: pa.Schema, pieces: Iterable[pa.RecordBatch]) -> None:
        self._schema, self._rows = schema, 0
        self.nbytes = 0  # of the table
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            for piece in pieces:
                self._rows += len(piece)
                self.nbytes += piece.nbytes
                writer.write_batch(piece)
        self._content = sink.getvalue()

    def __len__(self) -> int:
        return self._rows

    def table(self) -> pa.Table:
        """The whole table."""
        return pa.ipc.open_stream(self._content).read_all()

    def chunks(self, column: str) -> Iterator[pa.Array]:
        """A column piece by piece, of which no more than one is there at a time."""
        only = pa.ipc.IpcReadOptions(included_fields=[self._schema.get_field_index(column)])
        with pa.ipc.open_stream(self._content, options=only) as reader:
            for piece in reader:
                yield piece.column(0)
