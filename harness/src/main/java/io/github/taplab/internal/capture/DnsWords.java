package io.github.taplab.internal.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a DNS message asks or answers (RFC 1035, 4.1): its first question, and how it ended. */
final class DnsWords {

    private static final int HEADER = 12;
    private static final int LONGEST_LABEL = 63;

    private DnsWords() {}

    /** Empty where that can't be read. */
    static Optional<String> of(ByteBuffer message) {
        if (message.remaining() < HEADER || message.getShort(4) == 0) {
            return Optional.empty();
        }
        boolean answer = message.getShort(2) < 0;
        int code = message.get(3) & 0xf;
        int answers = Short.toUnsignedInt(message.getShort(6));
        ByteBuffer question = message.slice(HEADER, message.limit() - HEADER);
        return name(question)
                .filter(name -> question.remaining() >= Short.BYTES)
                .map(name -> "DNS %s %s%s".formatted(type(question), name, answer ? ": " + end(code, answers) : "?"));
    }

    private static Optional<String> name(ByteBuffer question) {
        StringBuilder name = new StringBuilder();
        while (question.hasRemaining()) {
            int length = Byte.toUnsignedInt(question.get());
            if (length == 0) {
                return Optional.of(name.isEmpty() ? "." : name.toString());
            }
            // A longer one is a reference to a name before it, and there is none.
            if (length > LONGEST_LABEL || length > question.remaining()) {
                return Optional.empty();
            }
            byte[] label = new byte[length];
            question.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    private static String type(ByteBuffer afterName) {
        int type = Short.toUnsignedInt(afterName.getShort());
        return switch (type) {
            case 1 -> "A";
            case 5 -> "CNAME";
            case 12 -> "PTR";
            case 15 -> "MX";
            case 16 -> "TXT";
            case 28 -> "AAAA";
            case 33 -> "SRV";
            case 255 -> "ANY";
            default -> "TYPE" + type;
        };
    }

    private static String end(int code, int answers) {
        return switch (code) {
            case 0 ->
                switch (answers) {
                    case 0 -> "nothing";
                    case 1 -> "1 answer";
                    default -> answers + " answers";
                };
            case 2 -> "server failure";
            case 3 -> "no such name";
            case 5 -> "refused";
            default -> "error " + code;
        };
    }
}
