package io.github.taplab.internal.iproute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.text.Visible;

/** The JSON of iproute2's programs; what is in it stays with whoever asks for it. */
public final class IprouteJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private IprouteJson() {}

    /**
     * Reads what {@code ip -j} printed: its entries.
     *
     * @throws IllegalStateException if it is no JSON
     */
    public static JsonNode ip(String printed) {
        return read("ip", printed);
    }

    /**
     * Reads what {@code tc -j} printed: its entries.
     *
     * @throws IllegalStateException if it is no JSON
     */
    public static JsonNode tc(String printed) {
        return read("tc", printed);
    }

    private static JsonNode read(String program, String printed) {
        try {
            return MAPPER.readTree(printed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s -j printed no JSON: %s".formatted(program, Visible.lines(printed)), e);
        }
    }

    /** Whether a link has a flag, such as {@code UP}. */
    public static boolean hasFlag(JsonNode link, String flag) {
        for (JsonNode entry : link.path("flags")) {
            if (entry.asText().equals(flag)) {
                return true;
            }
        }
        return false;
    }
}
