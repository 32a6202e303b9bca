package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;

/** Streams of processes that no engine runs. */
final class ProcessStreams {

    private ProcessStreams() {}

    /** Those of one that has begun. */
    static ByteStream begun() {
        ByteStream stream = new ByteStream();
        stream.receiver().onStart(() -> {});
        return stream;
    }

    /** The process writes to its standard output. */
    static void writes(ByteStream process, byte[] bytes) {
        process.receiver().onNext(new Frame(StreamType.STDOUT, bytes));
    }
}
