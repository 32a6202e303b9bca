package io.github.taplab.internal.pcapng;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The blocks of a file, read by the words of the draft and not by the writer's code. */
record ReadPcapng(List<Part> blocks) {

    /** A block: its type, what its fields hold, and its options in their order. */
    record Part(int type, ByteBuffer fields, List<Option> options) {

        List<String> texts(int code) {
            return options.stream()
                    .filter(option -> option.code() == code)
                    .map(Option::text)
                    .toList();
        }
    }

    record Option(int code, String text) {}

    // How many octets of fields a block has before its options, a packet's data not counted.
    private static final Map<Integer, Integer> FIELDS = Map.of(0x0a0d0d0a, 16, 1, 8, 6, 20);

    /**
     * Reads a whole file.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong and where
     */
    static ReadPcapng of(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Part> blocks = new ArrayList<>();
        while (in.hasRemaining()) {
            int at = in.position();
            try {
                blocks.add(block(in));
            } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("The block at %d ends before its fields do".formatted(at), e);
            }
        }
        if (blocks.isEmpty() || blocks.get(0).type() != 0x0a0d0d0a) {
            throw new IllegalArgumentException("There is no section header");
        }
        return new ReadPcapng(blocks);
    }

    private static Part block(ByteBuffer in) {
        int at = in.position();
        int type = in.getInt(at);
        int length = in.getInt(at + 4);
        check(length >= 12 && length % 4 == 0 && length <= in.remaining(), "length %d", length, at);
        check(in.getInt(at + length - 4) == length, "another length at its end than %d", length, at);
        ByteBuffer body = in.slice(at + 8, length - 12).order(ByteOrder.LITTLE_ENDIAN);
        in.position(at + length);
        int fields = FIELDS.getOrDefault(type, -1);
        check(fields >= 0, "type 0x%08x", type, at);
        int data = type == 6 ? body.getInt(12) : 0;
        check(data >= 0 && data <= body.remaining(), "%d octets of data", data, at);
        int end = fields + (data + 3) / 4 * 4;
        check(end <= body.remaining(), "%d octets of fields", end, at);
        return new Part(
                type,
                body.slice(0, end).order(ByteOrder.LITTLE_ENDIAN),
                options(body.slice(end, body.limit() - end).order(ByteOrder.LITTLE_ENDIAN), at));
    }

    private static List<Option> options(ByteBuffer in, int at) {
        List<Option> options = new ArrayList<>();
        while (in.hasRemaining()) {
            int code = in.getShort();
            int length = Short.toUnsignedInt(in.getShort());
            if (code == 0) {
                check(length == 0 && !in.hasRemaining(), "%d octets after its options", in.remaining(), at);
                return options;
            }
            byte[] value = new byte[length];
            in.get(value);
            for (int i = length; i % 4 != 0; i++) {
                check(in.get() == 0, "padding that is not zero in option %d", code, at);
            }
            options.add(new Option(code, new String(value, StandardCharsets.UTF_8)));
        }
        check(options.isEmpty(), "no end of its %d options", options.size(), at);
        return options;
    }

    private static void check(boolean holds, String what, int value, int at) {
        if (!holds) {
            throw new IllegalArgumentException("The block at %d has %s".formatted(at, what.formatted(value)));
        }
    }

    Part section() {
        return blocks.get(0);
    }

    List<String> interfaces() {
        return ofType(1).stream().flatMap(block -> block.texts(2).stream()).toList();
    }

    List<Part> packets() {
        return ofType(6);
    }

    List<Part> ofType(int type) {
        return blocks.stream().filter(block -> block.type() == type).toList();
    }

    /** The comments of each packet that has some, by its number. */
    Map<Integer, List<String>> comments() {
        Map<Integer, List<String>> comments = new TreeMap<>();
        List<Part> packets = packets();
        for (int i = 0; i < packets.size(); i++) {
            List<String> texts = packets.get(i).texts(1);
            if (!texts.isEmpty()) {
                comments.put(i, texts);
            }
        }
        return comments;
    }
}
