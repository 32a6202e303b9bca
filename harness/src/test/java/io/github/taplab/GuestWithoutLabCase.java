package io.github.taplab;

import org.junit.jupiter.api.Test;

/** A fixture that is no nested class: the way out differs for those. */
@MacvtapVm
class GuestWithoutLabCase {

    @Test
    void test() {}
}
