package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTests {

    private static final String NOBODY_TO_NOBODY = "02746d61726b 000000000000 88b5";

    private static ByteBuffer frame(String header, String payload) {
        return ByteBuffer.wrap(HexFormat.of()
                .parseHex(header.replace(" ", "")
                        + HexFormat.of().formatHex(payload.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void eachIsKnownAgainAndNoOther() {
        Marker marker = Marker.fresh();

        assertThat(Marker.in(frame(NOBODY_TO_NOBODY, marker.text()))).hasValue(marker);
        assertThat(Marker.fresh()).isNotEqualTo(marker);
    }

    @Test
    void itIsNoLongerThanWhatIsRecorded() {
        assertThat(Marker.fresh().text()).hasSizeLessThan(256 - 14).matches("taplab marker [0-9a-f-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02746d61726b 02c112090004 88b5",
                "02746d61726b 000000000000 88b6",
                "000000000000 02c112090004 0806"
            })
    void aFrameOfSomebodyIsNone(String header) {
        assertThat(Marker.in(frame(header, "taplab marker 1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "taplab probe", "a taplab marker"})
    void anotherPayloadIsNone(String payload) {
        assertThat(Marker.in(frame(NOBODY_TO_NOBODY, payload))).isEmpty();
    }

    @Test
    void aTornFrameIsNone() {
        assertThat(Marker.in(ByteBuffer.wrap(new byte[13]))).isEmpty();
        assertThat(Marker.in(ByteBuffer.wrap(new byte[0]))).isEmpty();
    }
}
