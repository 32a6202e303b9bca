package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each spec comes out of its builder, so that a further attribute breaks nobody who has compiled without it. */
class SpecsTests {

    static Stream<Object> specs() {
        DiskSpec disk = DiskSpec.builder(ImageSource.of("debian-12", "")).build();
        return Stream.of(
                LabSpec.builder().build(),
                GuestSpec.builder("guest").disk(disk).build(),
                NicSpec.builder().build(),
                disk,
                SeedSpec.builder().build(),
                CustomizeSpec.builder().build(),
                GuestFileSpec.builder("/a", "b").build());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void nobodyElseMakesOne(Object spec) {
        assertThat(spec.getClass().isRecord()).isFalse();
        assertThat(spec.getClass().getDeclaredConstructors())
                .extracting(Constructor::getModifiers)
                .noneMatch(modifiers -> Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyAttributeCountsForEqualityAndCanBeSeen(Object spec) throws ReflectiveOperationException {
        Class<?> type = spec.getClass();
        List<String> attributes = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .toList();
        Method values = type.getDeclaredMethod("values");
        values.setAccessible(true);

        assertThat((List<?>) values.invoke(spec)).hasSameSizeAs(attributes);
        assertThat(attributes).allSatisfy(attribute -> {
            assertThat(type.getMethod(attribute)).isNotNull();
            assertThat(spec).asString().contains(attribute + "=");
        });
    }

    @Test
    void aBuilderMakesEqualSpecs() {
        assertThat(specs().toList()).isEqualTo(specs().toList());
        assertThat(specs().map(Object::hashCode).toList())
                .isEqualTo(specs().map(Object::hashCode).toList());
    }

    @Test
    void aBuilderTellsAllThatIsWrongAtOnce() {
        assertThat(catchThrowableOfType(
                                InvalidSpecException.class,
                                () -> NicSpec.builder().queues(9).mtu(1).build())
                        .problems())
                .containsExactly(
                        "mtu = 1, must be 68 to 1500 (bytes): the kernel refuses a macvtap above its parent's MTU",
                        "queues = 9, must be 1 to 8");
    }

    @Test
    void whatAGuestWithADiskNeedsIsItsUsualMemory() {
        DiskSpec disk = DiskSpec.of(ImageSource.of("debian-12", ""));

        assertThat(GuestSpec.builder("guest").build().memoryMib()).isEqualTo(128);
        assertThat(GuestSpec.builder("guest").disk(disk).build().memoryMib()).isEqualTo(768);
        assertThat(GuestSpec.builder("guest").memoryMib(256).disk(disk).build().memoryMib())
                .isEqualTo(256);
    }
}
