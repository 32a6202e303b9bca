package io.github.taplab.internal.junit;

import io.github.taplab.MacvtapVm;
import org.junit.jupiter.api.Test;

/** A fixture that is no nested class: the way out differs for those. */
@MacvtapVm
class GuestWithoutLabCase {

    @Test
    void test() {}
}
