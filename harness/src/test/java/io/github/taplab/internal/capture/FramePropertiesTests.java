package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Ports;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes a network brings: a frame, or an end of the stream, and nothing else. */
class FramePropertiesTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:05");
    private static final List<EthernetFrame> FRAMES = List.of(
            EthernetFrame.gratuitousArp(MAC, InterfaceIp.ip("198.18.9.5")),
            EthernetFrame.neighbourAdvertisement(MAC, InterfaceIp.ip("fd00::5")),
            EthernetFrame.probe(MAC, MacAddress.BROADCAST).withVlan(7),
            EthernetFrame.udp(
                    MAC, InterfaceIp.ip("198.18.9.5"), MAC, InterfaceIp.ip("198.18.9.2"), new Ports(1, 2), (byte) 3),
            EthernetFrame.udp(
                    MAC, InterfaceIp.ip("fd00::5"), MAC, InterfaceIp.ip("fd00::2"), new Ports(1, 2), (byte) 3));

    @Property(tries = 1_000)
    void ofAnyBytes(@ForAll byte[] bytes) {
        assertThat(FrameParser.parse(Instant.EPOCH, ByteBuffer.wrap(bytes)).isPresent())
                .isEqualTo(bytes.length >= 14);
    }

    @Property(tries = 2_000)
    void ofAFrameThatWasChangedAndCut(
            @ForAll @IntRange(min = 0, max = 4) int which,
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 100) Integer> places,
            @ForAll byte value,
            @ForAll @IntRange(min = 14, max = 100) int length) {
        byte[] bytes = FRAMES.get(which).bytes();
        places.stream().filter(place -> place < bytes.length).forEach(place -> bytes[place] = value);

        assertThat(FrameParser.parse(
                        Instant.EPOCH,
                        ByteBuffer.wrap(bytes, 0, Math.min(length, bytes.length))
                                .slice()))
                .hasValueSatisfying(frame -> assertThat(frame.toString()).isNotBlank());
    }

    @Property
    void ofAStreamThatIsNoCapture(@ForAll byte[] bytes) {
        assertThat(catchThrowable(() -> readAll(bytes))).isInstanceOf(IOException.class);
    }

    @Property
    void ofACaptureThatGoesOnAsSomethingElse(@ForAll byte[] bytes) {
        ByteBuffer file = ByteBuffer.allocate(24 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0xa1b2c3d4).putInt(20, 1).put(24, bytes);

        assertThat(catchThrowable(() -> readAll(file.array()))).isInstanceOf(IOException.class);
    }

    private static void readAll(byte[] bytes) throws IOException {
        PcapReader reader = new PcapReader(new DataInputStream(new ByteArrayInputStream(bytes)), octets -> false);
        while (true) {
            assertThat(reader.next().toString()).isNotBlank();
        }
    }
}
