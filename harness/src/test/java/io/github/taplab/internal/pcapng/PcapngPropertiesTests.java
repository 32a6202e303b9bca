package io.github.taplab.internal.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import io.github.taplab.internal.ring.RingFrame;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the frames and comments, the file is one; and of whatever file, who reads it is told what is wrong. */
class PcapngPropertiesTests {

    private static final byte[] WHOLE = PcapngFile.of(
            "Taplab", OnePing.FRAMES, List.of(OnePing.comment(0, "first"), OnePing.comment(5_000_000, "last")));

    @Property(tries = 300)
    void everyFrameIsThereAndEveryBlockIsWhole(
            @ForAll("frames") List<RingFrame> frames, @ForAll("comments") List<Comment> comments) {
        ReadPcapng file = ReadPcapng.of(PcapngFile.of("Taplab", frames, comments));

        assertThat(file.packets()).hasSameSizeAs(frames);
        assertThat(file.blocks())
                .hasSize(1 + file.interfaces().size() + file.packets().size());
        assertThat(file.packets())
                .allSatisfy(packet -> assertThat(packet.fields().getInt(0))
                        .isBetween(0, file.interfaces().size() - 1));
        assertThat(file.interfaces()).doesNotHaveDuplicates();
        long placed = file.comments().values().stream().mapToLong(List::size).sum()
                + file.section().texts(1).size();
        assertThat(placed).isEqualTo(comments.size());
    }

    @Property
    void aFileThatEndsAnywhere(@ForAll @IntRange(min = 0, max = 2000) int length) {
        assertReadOrRefused(Arrays.copyOf(WHOLE, Math.min(length, WHOLE.length - 1)));
    }

    @Property
    void aFileThatWasChanged(@ForAll @IntRange(min = 0, max = 2000) int at, @ForAll byte value) {
        byte[] changed = WHOLE.clone();
        changed[at % changed.length] = value;

        assertReadOrRefused(changed);
    }

    @Property
    void anyBytes(@ForAll byte[] bytes) {
        assertReadOrRefused(bytes);
    }

    private static void assertReadOrRefused(byte[] file) {
        Throwable refused = catchThrowable(() -> ReadPcapng.of(file));
        if (refused != null) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class);
            assertThat(refused.getMessage()).matches("There is no section header|The block at \\d+ (has|ends) .*");
        }
    }

    @Provide
    static Arbitrary<List<RingFrame>> frames() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
        Arbitrary<String> name = Arbitraries.oneOf(Arbitraries.of("client", "launcher", "eth0"), Garbage.text());
        return Combinators.combine(
                        Arbitraries.longs().between(-10, 4_000_000_000L),
                        name,
                        name,
                        Arbitraries.of(true, false),
                        bytes,
                        Arbitraries.integers())
                .as((at, node, link, outgoing, octets, length) ->
                        new RingFrame(Instant.ofEpochSecond(at), node, link, outgoing, octets, length))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    static Arbitrary<List<Comment>> comments() {
        return Combinators.combine(Arbitraries.longs().between(-10, 4_000_000_000L), Garbage.text())
                .as((at, text) -> new Comment(Instant.ofEpochSecond(at), text))
                .list()
                .ofMaxSize(20);
    }
}
