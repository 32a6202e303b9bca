package io.github.taplab.labtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a container may, by what the engine says of it: all that is otherwise than in a container for which nothing was
 * asked. So what nobody has thought of is a difference too.
 */
final class CreatedContainer {

    // What decides what it may do to its host: all of HostConfig, and these. The rest of Config is what runs in it.
    private static final List<String> BESIDE_HOST_CONFIG = List.of(
            "AppArmorProfile",
            "MountLabel",
            "ProcessLabel",
            "Config.ExposedPorts",
            "Config.User",
            "Config.Volumes",
            "NetworkSettings.Ports");

    private CreatedContainer() {}

    /**
     * The differences, a line each, in the order of their names.
     *
     * @param container what the engine says of it
     * @param plain what it says of one for which nothing was asked
     */
    static String beyond(Map<String, Object> plain, Map<String, Object> container) {
        Map<String, String> differences = new TreeMap<>();
        Map<String, Object> expected = map(plain.get("HostConfig"));
        Map<String, Object> found = map(container.get("HostConfig"));
        List<String> names = new ArrayList<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            note(differences, name, expected.get(name), found.get(name));
        }
        for (String path : BESIDE_HOST_CONFIG) {
            note(differences, path, at(plain, path), at(container, path));
        }
        return differences.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static void note(
            Map<String, String> differences, String name, @Nullable Object plain, @Nullable Object own) {
        if (!(isNothing(plain) && isNothing(own)) && !Objects.equals(plain, own)) {
            differences.put(name, text(own));
        }
    }

    // The engine writes what was not asked for in several ways.
    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || value.equals("")
                || value.equals(0)
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CreatedContainer::text).sorted().collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .filter(each -> !isNothing(each.getValue()))
                    .map(each -> "%s=%s".formatted(each.getKey(), text(each.getValue())))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return String.valueOf(value);
    }

    private static @Nullable Object at(Map<String, Object> container, String path) {
        Object value = container;
        for (String name : path.split("\\.", -1)) {
            value = map(value).get(name);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // JSON's objects have text for keys.
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
