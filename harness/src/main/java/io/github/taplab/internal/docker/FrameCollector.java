package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a command wrote, its two streams apart. */
final class FrameCollector extends ResultCallback.Adapter<Frame> {

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public void onNext(Frame frame) {
        byte[] payload = frame.getPayload();
        ByteArrayOutputStream target = frame.getStreamType() == StreamType.STDERR ? stderr : stdout;
        target.write(payload, 0, payload.length);
    }

    String stdout() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    String stderr() {
        return stderr.toString(StandardCharsets.UTF_8);
    }
}
