package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NestedTestsTests {

    static class Outer {

        @Nested
        class Inner {}

        enum Choice {}

        record Pair(int one, int other) {}
    }

    @Test
    void onlyWhatJUnitRunsIsNested() {
        assertThat(NestedTests.in(Outer.class)).containsExactly(Outer.Inner.class);
    }

    /** The JDK's superclass of an enum has members that are their own superclass's members. */
    @Test
    void anEnumHasNone() {
        assertThat(NestedTests.in(Outer.Choice.class)).isEmpty();
    }
}
