package io.github.taplab.internal.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** A command for the guest agent, for messages. */
public final class AgentQuestion {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AgentQuestion() {}

    /** What the agent is told to do: "guest-exec". */
    public static String name(String json) {
        try {
            return MAPPER.readTree(json).path("execute").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No command of the agent's protocol: " + json, e);
        }
    }
}
