package io.fabricmirror.testkit.internal.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps rows on disk, so that a copy may be as large as it likes. Rows are only ever added. Thread-safe. */
final class RowFile implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final FileChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocate(BUFFER);
    private long written;

    /** Makes a file in a folder that somebody else deletes. */
    RowFile(Path folder) {
        try {
            this.folder = Files.createDirectories(folder);
            this.channel = FileChannel.open(
                    Files.createTempFile(folder, "rows", null), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a file for rows in " + folder, e);
        }
    }

    /** Adds a row; returns where it is. */
    synchronized long add(byte[] row) {
        long position = written + pending.position();
        try {
            if (pending.remaining() < Integer.BYTES + row.length) {
                flush();
                position = written;
            }
            if (pending.remaining() < Integer.BYTES + row.length) {
                ByteBuffer large = ByteBuffer.allocate(Integer.BYTES + row.length);
                written += write(large.putInt(row.length).put(row).flip());
            } else {
                pending.putInt(row.length).put(row);
            }
            return position;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep a row in " + folder, e);
        }
    }

    private void flush() throws IOException {
        pending.flip();
        written += write(pending);
        pending.clear();
    }

    private int write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        long position = written;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        return length;
    }

    /** Returns the row at a place. */
    synchronized byte[] get(long position) {
        try {
            if (position >= written) {
                flush();
            }
            byte[] row = new byte[read(position, Integer.BYTES).getInt()];
            read(position + Integer.BYTES, row.length).get(row);
            return row;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a row in " + folder, e);
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("The file of rows ends at " + position);
            }
        }
        return bytes.flip();
    }

    /** Returns memory that is a file, for an index that is too large for the heap. */
    MappedByteBuffer map(int bytes) {
        try (FileChannel index = FileChannel.open(
                Files.createTempFile(folder, "index", null), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return index.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot map an index in " + folder, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the file of rows in " + folder, e);
        }
    }
}
