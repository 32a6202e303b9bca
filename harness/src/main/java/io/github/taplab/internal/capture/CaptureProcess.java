package io.github.taplab.internal.capture;

import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.StreamWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The process {@code capture.pl} in a container, which says how the two talk. It is an input stream of what tcpdump
 * writes; what else comes is told while that is read.
 */
final class CaptureProcess extends InputStream {

    private static final int LONGEST_LINE = 1000;

    /** What is told beside the packets, in the thread that reads them. */
    interface Listener {

        /** A marker has been sent. */
        void marked(boolean carrier);

        /** A marker could not be sent. */
        void unmarked(String reason);

        /** tcpdump wrote a line to its standard error. */
        void said(String line);

        /** tcpdump ended, and all that it wrote has been read. */
        void ended(String how);
    }

    private final ByteStream stream;
    private final DataInputStream in;
    private final Listener listener;
    private final StringBuilder line = new StringBuilder();
    // An interrupt closes a pipe that its thread writes to, so only a thread of its own writes.
    private final StreamWriter requests;
    private int left;
    private boolean ended;

    CaptureProcess(ByteStream stream, Listener listener) {
        this.stream = stream;
        this.listener = listener;
        in = new DataInputStream(new BufferedInputStream(stream.fromProcess()));
        requests = new StreamWriter("taplab-capture-requests", stream.toProcess());
    }

    /** The process, in any container that has Perl. */
    static List<String> command(String link, List<String> tcpdump) {
        try (InputStream script = CaptureProcess.class.getResourceAsStream("capture.pl")) {
            List<String> argv = new ArrayList<>(
                    List.of("perl", "-e", new String(script.readAllBytes(), StandardCharsets.UTF_8), "--", link));
            argv.addAll(tcpdump);
            return argv;
        } catch (IOException e) {
            throw new UncheckedIOException("capture.pl can't be read", e);
        }
    }

    void mark(Marker marker) {
        request("mark " + marker.text());
    }

    void count() {
        request("count");
    }

    void end() {
        request("end");
    }

    // That it has ended whoever reads is told.
    private void request(String line) {
        CompletableFuture<Void> unused = requests.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** What the process itself wrote to its standard error. */
    String lastWords() {
        return stream.stderr().strip();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (left == 0 && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The stream broke off within a packet");
        }
        left -= count;
        return count;
    }

    private void next() throws IOException {
        String[] words = line().split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "pcap" -> left = number(rest);
            case "said" -> said(new String(in.readNBytes(number(rest)), StandardCharsets.UTF_8));
            case "marked" -> listener.marked(rest.equals("1"));
            case "unmarked" -> listener.unmarked(rest);
            case "ended" -> {
                ended = true;
                listener.ended(rest);
            }
            default -> throw new IOException("What came from it is no answer: " + String.join(" ", words));
        }
    }

    // A line may come in pieces.
    private void said(String text) {
        line.append(text);
        for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
            listener.said(line.substring(0, end));
            line.delete(0, end + 1);
        }
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IOException("What came from it is no length: " + text, e);
        }
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte next = in.readByte(); next != '\n'; next = in.readByte()) {
            if (text.length() == LONGEST_LINE) {
                throw new IOException("What came from it is no answer: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Breaks the stream; for the thread that reads. */
    @Override
    public void close() {
        requests.close();
        stream.close();
    }
}
