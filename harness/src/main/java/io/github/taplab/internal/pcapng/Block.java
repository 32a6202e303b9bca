package io.github.taplab.internal.pcapng;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One block of a file, being written: its fields, its options, and around both its type and length. */
final class Block {

    static final int COMMENT = 1;

    private static final int END_OF_OPTIONS = 0;
    // The type, and the length before and after the rest.
    private static final int FRAME = 12;

    private final int type;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean hasOptions;

    Block(int type) {
        this.type = type;
    }

    Block number16(int number) {
        content.write(number);
        content.write(number >> 8);
        return this;
    }

    Block number32(int number) {
        return number16(number).number16(number >> 16);
    }

    /** The octets, and after them what is missing to a multiple of four. */
    Block octets(byte... octets) {
        content.writeBytes(octets);
        content.writeBytes(new byte[-octets.length & 3]);
        return this;
    }

    Block option(int code, byte... value) {
        hasOptions = true;
        return number16(code).number16(value.length).octets(value);
    }

    Block option(int code, String value) {
        return option(code, value.getBytes(StandardCharsets.UTF_8));
    }

    void writeTo(ByteArrayOutputStream file) {
        if (hasOptions) {
            number16(END_OF_OPTIONS).number16(0);
        }
        int length = FRAME + content.size();
        file.writeBytes(ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(length)
                .put(content.toByteArray())
                .putInt(length)
                .array());
    }
}
