package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTests {

    @ParameterizedTest
    @CsvSource({
        "700, 700",
        "1K, 1024",
        "512M, 536870912",
        "20G, 21474836480",
        "20 GiB, 21474836480",
        "20gb, 21474836480",
        "2T, 2199023255552"
    })
    void unitsArePowersOf1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1023, 1023 bytes",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "10400, 10 KiB",
        "340983808, 325 MiB",
        "21474836480, 20 GiB",
        "2199023255552, 2 TiB"
    })
    void isReadByPeople(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }
}
