package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.config.Settings.Acceleration;
import io.github.taplab.internal.config.Settings.Hold;
import io.github.taplab.spec.Attachment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What IDEs are told of the settings, in Spring Boot's format of configuration metadata as JUnit uses it, and what the
 * README says of them: both against the code.
 */
class SettingsMetadataTests {

    private static final String METADATA = "/META-INF/junit-platform-configuration-metadata.json";
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern ROW = Pattern.compile("\\| `(taplab[a-z.]*)`[^|]*\\|[^|]*\\| (.*) \\|");

    private final JsonNode metadata = metadata();

    static Stream<String> names() {
        return SettingNames.ALL.stream();
    }

    /** The list, and what is read: a setting of the one that the other does not know would be accepted here. */
    @ParameterizedTest
    @MethodSource("names")
    void whatMeansNothingIsRefusedForEverySetting(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(name, "\0!")))
                .withMessageStartingWith(name + " is ")
                .withMessageContaining(", found \"\\u0000!\"");
    }

    @Test
    void everySettingIsToldAndNoOther() {
        assertThat(properties())
                .extracting(property -> text(property, "name"))
                .containsExactlyElementsOf(SettingNames.ALL);
    }

    @Test
    void eachHasATypeAndASentenceAndWhereItIs() throws ClassNotFoundException {
        for (JsonNode property : properties()) {
            assertThat(property.fieldNames())
                    .toIterable()
                    .as(text(property, "name"))
                    .contains("name", "type", "description", "sourceType")
                    .isSubsetOf("name", "type", "description", "sourceType", "defaultValue");
            for (String type : text(property, "type").split("[<>]", -1)) {
                assertThat(type.isEmpty() || Class.forName(type) != null).isTrue();
            }
            assertThat(text(property, "description")).matches("[A-Z][^.].*\\.");
            assertThat(text(property, "sourceType")).isEqualTo(SettingNames.class.getName());
        }
    }

    @Test
    void theDefaultsAreThoseOfTheCode() {
        Map<String, String> defaults = defaults();

        assertThat(settings(defaults)).isEqualTo(settings(Map.of()));
        for (String without : List.of("taplab.image", "taplab.base.image", "taplab.debian.mirror", "taplab.cache")) {
            assertThat(defaults).doesNotContainKey(without);
        }
        assertThat(defaults).hasSize(SettingNames.ALL.size() - 4);
    }

    @Test
    void theValuesThatAreOfferedAreAllThatThereAre() {
        assertThat(hints("taplab.acceleration"))
                .isEqualTo(Stream.of(Acceleration.values())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(hints("taplab.attachments"))
                .isEqualTo(Stream.of(Attachment.values()).map(Attachment::name).toList());
        assertThat(hints("taplab.hold"))
                .isEqualTo(Stream.of(Hold.values())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(metadata.path("hints")).hasSize(3);
    }

    @Test
    void theReadmeHasTheSameSettingsAndDefaults() throws IOException {
        List<String> names = new ArrayList<>();
        Map<String, String> defaults = new HashMap<>();
        ROW.matcher(Files.readString(README)).results().forEach(row -> {
            names.add(row.group(1));
            defaults.put(row.group(1), row.group(2));
        });

        assertThat(names)
                .isEqualTo(Stream.of(SettingNames.ALL, SettingNames.OF_THE_JVM)
                        .flatMap(List::stream)
                        .toList());
        defaults()
                .forEach((name, value) -> assertThat(defaults.get(name))
                        .as(name)
                        .startsWith(name.equals("taplab.attachments") ? "all" : "`" + value + "`"));
    }

    private Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        for (JsonNode property : properties()) {
            JsonNode value = property.path("defaultValue");
            if (!value.isMissingNode()) {
                defaults.put(
                        text(property, "name"),
                        value.isArray()
                                ? Stream.of(elements(value))
                                        .map(JsonNode::asText)
                                        .collect(Collectors.joining(","))
                                : value.asText());
            }
        }
        return defaults;
    }

    private List<String> hints(String name) {
        return Stream.of(elements(metadata.path("hints")))
                .filter(hint -> text(hint, "name").equals(name))
                .flatMap(hint -> Stream.of(elements(hint.path("values"))))
                .map(value -> text(value, "value"))
                .toList();
    }

    private List<JsonNode> properties() {
        return List.of(elements(metadata.path("properties")));
    }

    private static JsonNode[] elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.toArray(JsonNode[]::new);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static JsonNode metadata() {
        try (InputStream json = Objects.requireNonNull(SettingsMetadataTests.class.getResourceAsStream(METADATA))) {
            return JsonMapper.builder().build().readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(METADATA + " can't be read", e);
        }
    }

    private static Settings settings(Map<String, String> given) {
        Map<String, String> properties = new HashMap<>(given);
        properties.put("user.home", "/home/dev");
        return Settings.read(new SettingSource(unused -> Optional.empty(), properties::get, unused -> null));
    }
}
