package io.github.taplab.internal.guest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes from a guest's command port. Until a session has begun that is at most the rest of an answer to others,
 * and a line for each start of what answers; a guest that is no more than a stream of such lines would have as many
 * sessions asked for, and keep the JVM busy.
 */
final class FirstAnswers extends FilterInputStream {

    // Some times what the port, QEMU and the streams between keep.
    private static final int MOST = 1 << 20;

    private int came;
    private volatile boolean begun;

    FirstAnswers(InputStream answers) {
        super(answers);
    }

    /** The session has begun: from now on what comes has a length of its own. */
    void begun() {
        begun = true;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (!begun && count > 0) {
            came += count;
            if (came > MOST) {
                throw new IOException("it sent more than %d KiB and began no session".formatted(MOST >> 10));
            }
        }
        return count;
    }
}
