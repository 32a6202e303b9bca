package io.github.taplab.internal.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTests {

    @Test
    void aShardIsANumberOfACount() {
        assertThat(Shard.parse("2/5")).isEqualTo(new Shard(2, 5));
        assertThat(Shard.parse("1/1")).isEqualTo(new Shard(1, 1));
        assertThat(Shard.parse("300/300")).isEqualTo(new Shard(300, 300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6/5", "0/5", "1/0", "2", "2/", "/5", "-1/5", "2 / 5", "02/5", "2/5/7", "two/5", "1/99999"})
    void whatIsNoneIsToldInASentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shard.parse(text))
                .withMessage("taplab.shard is a share of a run such as 2/5, the second of five, found \"%s\"", text);
    }
}
