package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.taplab.capture.Frame;
import io.github.taplab.spec.MacAddress;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTests {

    private static final int MAGIC = 0xa1b2c3d4;
    private static final int ETHERNET = 1;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000123Z");

    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");

    private static final byte[] ARP_REQUEST =
            hex("ffffffffffff 02c112090004 0806" + "0001 0800 06 04 0001 02c112090004 c6120904 000000000000 c6120905");
    private static final byte[] ICMP = hex(
            "029e12090005 02c112090004 0800" + "45 00 001c 0000 4000 40 01 0000 c6120904 c6120905 0800f7ff00000000");

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void readsWhatEitherByteOrderWrote(String order) throws IOException {
        PcapReader pcap = reader(file(order(order), MAGIC, ETHERNET, ARP_REQUEST, ICMP));

        Frame first = pcap.next();
        assertThat(first.at()).isEqualTo(AT);
        assertThat(first).hasToString(CLIENT + " > ff:ff:ff:ff:ff:ff ARP who has 198.18.9.5? tell 198.18.9.4");
        assertThat(pcap.next()).hasToString(CLIENT + " > " + GUEST + " IPv4 198.18.9.4 > 198.18.9.5 ICMP echo request");
        assertThatExceptionOfType(EOFException.class).isThrownBy(pcap::next);
    }

    @Test
    void passesOverWhatHasNoEthernetHeader() throws IOException {
        PcapReader pcap = reader(
                file(ByteOrder.LITTLE_ENDIAN, MAGIC, ETHERNET, Arrays.copyOf(ICMP, 13), new byte[0], ARP_REQUEST));

        assertThat(pcap.next().arp()).isPresent();
        assertThatExceptionOfType(EOFException.class).isThrownBy(pcap::next);
    }

    @Test
    void passesOverWhatIsHidden() throws IOException {
        byte[] file = file(ByteOrder.LITTLE_ENDIAN, MAGIC, ETHERNET, ICMP, ARP_REQUEST);
        PcapReader pcap =
                new PcapReader(new DataInputStream(new ByteArrayInputStream(file)), octets -> octets.get(0) == ICMP[0]);

        assertThat(pcap.next().arp()).isPresent();
        assertThatExceptionOfType(EOFException.class).isThrownBy(pcap::next);
    }

    @Test
    void streamThatEndsInsideAPacketIsAnEnd() throws IOException {
        byte[] file = file(ByteOrder.LITTLE_ENDIAN, MAGIC, ETHERNET, ARP_REQUEST, ICMP);
        PcapReader pcap = reader(Arrays.copyOf(file, file.length - 1));

        assertThat(pcap.next().arp()).isPresent();
        assertThatExceptionOfType(EOFException.class).isThrownBy(pcap::next);
    }

    @Test
    void streamWithoutAFileHeaderIsAnEnd() {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> reader(new byte[23]));
    }

    @Test
    void refusesAnotherFormat() {
        assertThatIOException()
                .isThrownBy(() -> reader(file(ByteOrder.LITTLE_ENDIAN, 0x0a0d0d0a, ETHERNET)))
                .withMessage("Not a capture of Ethernet frames: magic 0x0a0d0d0a, link type 1");
    }

    @Test
    void refusesAnotherLinkType() {
        assertThatIOException()
                .isThrownBy(() -> reader(file(ByteOrder.BIG_ENDIAN, MAGIC, 113)))
                .withMessage("Not a capture of Ethernet frames: magic 0xa1b2c3d4, link type 113");
    }

    private static PcapReader reader(byte[] bytes) throws IOException {
        return new PcapReader(new DataInputStream(new ByteArrayInputStream(bytes)), octets -> false);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE})
    void refusesALengthThatNoPacketHas(int length) throws IOException {
        ByteBuffer damaged = ByteBuffer.wrap(file(ByteOrder.BIG_ENDIAN, MAGIC, ETHERNET, ICMP));
        damaged.putInt(24 + 8, length);
        PcapReader pcap = reader(damaged.array());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(pcap::next)
                .withMessage("A packet of %d bytes: the stream is no capture any more", length);
    }

    private static byte[] file(ByteOrder order, int magic, int linkType, byte[]... frames) {
        ByteBuffer file = ByteBuffer.allocate(1024).order(order);
        file.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(256)
                .putInt(linkType);
        for (byte[] frame : frames) {
            file.putInt((int) AT.getEpochSecond()).putInt(AT.getNano() / 1000);
            // Captured are these bytes; the frame itself may have been longer.
            file.putInt(frame.length).putInt(1500).put(frame);
        }
        return Arrays.copyOf(file.array(), file.position());
    }

    private static ByteOrder order(String name) {
        return name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
