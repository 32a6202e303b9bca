package io.github.taplab.spec;

import static io.github.taplab.WrongUse.nothing;

import io.github.taplab.WrongUse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said wrongly in a spec, and all that is answered. */
class WrongSpecsTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:01");
    private static final NicSpec NIC = NicSpec.DEFAULT;
    private static final GuestSpec GUEST = GuestSpec.named("left");
    private static final String SHA256 = "0123cdef".repeat(8);
    private static final Digest DIGEST = Digest.of(SHA256);
    private static final ImageSource IMAGE = ImageSource.of("debian-cloud", "");
    private static final String NAME_RULE = ", must start with a lower-case letter and have lower-case letters,"
            + " digits and hyphens only, at most 31";
    private static final String HOST_RULE = ", must be a host name in lower case with a dot, such as www.example.com";
    private static final String FORMS = "a known name such as debian-12, an https:// or file:/// URL with its checksum,"
            + " or a path with a slash";
    private static final String DIGEST_RULE = " is no digest: 64 hexadecimal digits (SHA-256) or 128 (SHA-512), found ";

    static Stream<WrongUse> addresses() {
        String macRule = " is not a MAC address: six hexadecimal octets such as 02:9e:12:09:00:01";
        String groupRule = " is no multicast group: 224.0.0.0/4 or ff00::/8";
        String noLength = " has no prefix length: an address such as 198.18.9.2/24";
        String noNumber = " has no number as prefix length: an address such as 198.18.9.2/24";
        return Stream.of(
                wrong("MAC: nothing", () -> MacAddress.of(""), "\"\"" + macRule),
                wrong("MAC: null", () -> MacAddress.of(nothing()), need("text", "a MAC address")),
                wrong("MAC: five octets", () -> MacAddress.of("02:9e:12:09:00"), "\"02:9e:12:09:00\"" + macRule),
                wrong(
                        "MAC: seven octets",
                        () -> MacAddress.of("02:9e:12:09:00:01:02"),
                        "\"02:9e:12:09:00:01:02\"" + macRule),
                wrong("MAC: single digits", () -> MacAddress.of("2:9e:12:9:0:1"), "\"2:9e:12:9:0:1\"" + macRule),
                wrong("MAC: as Cisco writes it", () -> MacAddress.of("029e.1209.0001"), "\"029e.1209.0001\"" + macRule),
                wrong("MAC: without separators", () -> MacAddress.of("029e12090001"), "\"029e12090001\"" + macRule),
                wrong("MAC: no digit", () -> MacAddress.of("02:9e:12:09:00:0g"), "\"02:9e:12:09:00:0g\"" + macRule),
                wrong("MAC: spaces", () -> MacAddress.of("02 9e 12 09 00 01"), "\"02 9e 12 09 00 01\"" + macRule),
                wrong(
                        "MAC: a line's end",
                        () -> MacAddress.of("02:9e:12:09:00:01\n"),
                        "\"02:9e:12:09:00:01\\n\"" + macRule),
                wrong(
                        "MAC: digits of another script",
                        () -> MacAddress.of("٠٢:9e:12:09:00:01"),
                        "\"٠٢:9e:12:09:00:01\"" + macRule),
                wrong(
                        "MAC: a whole file",
                        () -> MacAddress.of("x".repeat(5000)),
                        "\"" + "x".repeat(80) + "\"… (5000 characters)" + macRule),
                wrong(
                        "MAC: too many bits",
                        () -> new MacAddress(1L << 48),
                        "A MAC address has 48 bits, found 0x1000000000000"),
                wrong(
                        "MAC: a negative number",
                        () -> new MacAddress(-1),
                        "A MAC address has 48 bits, found 0xffffffffffffffff"),
                wrong(
                        "MAC: five numbers",
                        () -> MacAddress.ofOctets(2, 0, 0, 0, 1),
                        "A MAC address has 6 octets, found 5"),
                wrong(
                        "MAC: an octet of nine bits",
                        () -> MacAddress.ofOctets(2, 0, 0, 0, 0, 256),
                        "An octet is 0 to 255, found 256"),
                wrong(
                        "MAC: a negative octet",
                        () -> MacAddress.ofOctets(2, 0, 0, -1, 0, 0),
                        "An octet is 0 to 255, found -1"),
                wrong(
                        "group: a station",
                        () -> MacAddress.ofGroup(InterfaceIp.ip("198.18.9.2")),
                        "198.18.9.2" + groupRule),
                wrong(
                        "group: the broadcast address",
                        () -> MacAddress.ofGroup(InterfaceIp.ip("255.255.255.255")),
                        "255.255.255.255" + groupRule),
                wrong(
                        "group: an IPv6 station",
                        () -> MacAddress.ofGroup(InterfaceIp.ip("fd00::1")),
                        "fd00::1" + groupRule),
                wrong("IP: nothing", () -> InterfaceIp.ip(""), "\"\" is not an IP address"),
                wrong("IP: null", () -> InterfaceIp.ip(nothing()), need("text", "an IP address")),
                wrong("IP: a blank", () -> InterfaceIp.ip(" "), "\" \" is not an IP address"),
                wrong("IP: a number", () -> InterfaceIp.ip("1"), "\"1\" is not an IP address"),
                wrong("IP: three parts", () -> InterfaceIp.ip("198.18.9"), "\"198.18.9\" is not an IP address"),
                wrong("IP: octal", () -> InterfaceIp.ip("010.0.0.1"), "\"010.0.0.1\" is not an IP address"),
                wrong(
                        "IP: a part of nine bits",
                        () -> InterfaceIp.ip("198.18.9.256"),
                        "\"198.18.9.256\" is not an IP address"),
                wrong(
                        "IP: with a length",
                        () -> InterfaceIp.ip("198.18.9.2/24"),
                        "\"198.18.9.2/24\" is not an IP address"),
                wrong("IP: with a zone", () -> InterfaceIp.ip("fe80::1%eth0"), "\"fe80::1%eth0\" is not an IP address"),
                wrong("IP: a host name", () -> InterfaceIp.ip("localhost"), "\"localhost\" is not an IP address"),
                wrong("IP: a node", () -> InterfaceIp.ip("gateway"), "\"gateway\" is not an IP address"),
                wrong("IP: all", () -> InterfaceIp.ip("*"), "\"*\" is not an IP address"),
                wrong(
                        "IP: all of a network",
                        () -> InterfaceIp.ip("198.18.9.*"),
                        "\"198.18.9.*\" is not an IP address"),
                wrong("IP: a range", () -> InterfaceIp.ip("198.18.9.2-4"), "\"198.18.9.2-4\" is not an IP address"),
                wrong(
                        "IP: two lines",
                        () -> InterfaceIp.ip("198.18.9.2\n::1"),
                        "\"198.18.9.2\\n::1\" is not an IP address"),
                wrong(
                        "interface IP: null",
                        () -> InterfaceIp.of(nothing()),
                        need("text", "an address of an interface")),
                wrong("interface IP: no length", () -> InterfaceIp.of("198.18.9.2"), "\"198.18.9.2\"" + noLength),
                wrong(
                        "interface IP: nothing as length",
                        () -> InterfaceIp.of("198.18.9.2/"),
                        "\"198.18.9.2/\"" + noNumber),
                wrong(
                        "interface IP: a letter as length",
                        () -> InterfaceIp.of("198.18.9.2/x"),
                        "\"198.18.9.2/x\"" + noNumber),
                wrong(
                        "interface IP: two lengths",
                        () -> InterfaceIp.of("198.18.9.2/24/24"),
                        "\"198.18.9.2/24/24\"" + noNumber),
                wrong(
                        "interface IP: a mask",
                        () -> InterfaceIp.of("198.18.9.2/255.255.255.0"),
                        "\"198.18.9.2/255.255.255.0\"" + noNumber),
                wrong(
                        "interface IP: a length that no int holds",
                        () -> InterfaceIp.of("198.18.9.2/99999999999"),
                        "\"198.18.9.2/99999999999\"" + noNumber),
                wrong(
                        "interface IP: too long for IPv4",
                        () -> InterfaceIp.of("198.18.9.2/33"),
                        "The prefix length of 198.18.9.2 is 0 to 32, found 33"),
                wrong(
                        "interface IP: a negative length",
                        () -> new InterfaceIp(InterfaceIp.ip("198.18.9.2"), -1),
                        "The prefix length of 198.18.9.2 is 0 to 32, found -1"),
                wrong(
                        "interface IP: too long for IPv6",
                        () -> new InterfaceIp(InterfaceIp.ip("fd00::2"), 129),
                        "The prefix length of fd00::2 is 0 to 128, found 129"),
                wrong(
                        "interface IP: past the network's end",
                        () -> InterfaceIp.of("198.18.9.2/24").plus(254),
                        "198.18.9.2/24 plus 254 is outside of its network"),
                wrong(
                        "interface IP: before its beginning",
                        () -> InterfaceIp.of("198.18.9.2/24").plus(-3),
                        "198.18.9.2/24 plus -3 is outside of its network"),
                wrong(
                        "interface IP: past the last address of all",
                        () -> InterfaceIp.of("255.255.255.255/32").plus(1),
                        "255.255.255.255/32 plus 1 is outside of its network"),
                wrong(
                        "interface IP: before the first",
                        () -> InterfaceIp.of("::/127").plus(-1),
                        "::/127 plus -1 is outside of its network"),
                wrong(
                        "interface IP: a network of one",
                        () -> InterfaceIp.of("fd00::1/128").plus(1),
                        "fd00::1/128 plus 1 is outside of its network"),
                wrong("subnet: no length", () -> Subnet.of("198.18.9.0"), "\"198.18.9.0\"" + noLength),
                wrong("subnet: a name", () -> Subnet.of("lab/24"), "\"lab\" is not an IP address"),
                wrong(
                        "subnet: host bits",
                        () -> Subnet.of("198.18.9.7/24"),
                        "198.18.9.7/24 has host bits set, the network is 198.18.9.0/24"),
                wrong(
                        "subnet: too long a length",
                        () -> Subnet.of("198.18.9.0/33"),
                        "The prefix length of 198.18.9.0 is 0 to 32, found 33"),
                wrong("subnet: IPv6", () -> Subnet.of("fd00:0:0:9::/64"), "A lab's subnet is IPv4, found fd00:0:0:9::"),
                wrong("subnet: host -1", () -> Subnet.of("198.18.9.0/24").host(-1), hosts(-1)),
                wrong(
                        "subnet: the network as a host",
                        () -> Subnet.of("198.18.9.0/24").host(0),
                        hosts(0)),
                wrong(
                        "subnet: the broadcast address as a host",
                        () -> Subnet.of("198.18.9.0/24").host(255),
                        hosts(255)),
                wrong(
                        "subnet: a host behind it",
                        () -> Subnet.of("198.18.9.0/24").host(256),
                        hosts(256)),
                wrong("subnet: part past the end", () -> Subnet.LAB_RANGE.part(24, 512), part(24, 512)),
                wrong("subnet: part -1", () -> Subnet.LAB_RANGE.part(24, -1), part(24, -1)),
                wrong("subnet: part that is larger", () -> Subnet.LAB_RANGE.part(14, 0), part(14, 0)),
                wrong("subnet: part that is too small", () -> Subnet.LAB_RANGE.part(33, 0), part(33, 0)));
    }

    static Stream<WrongUse> nics() {
        String mtuRule = ", must be 68 to 1500 (bytes): the kernel refuses a macvtap above its parent's MTU";
        return Stream.of(
                wrong(
                        "NIC: multicast MAC",
                        () -> NIC.withMac(MacAddress.of("01:00:5e:00:00:01")),
                        "mac = \"01:00:5e:00:00:01\" is a multicast address, an interface needs a unicast one:"
                                + " clear the lowest bit of the first octet"),
                wrong(
                        "NIC: nobody's MAC",
                        () -> NIC.withMac(new MacAddress(0)),
                        "mac = \"00:00:00:00:00:00\" is no station's address"),
                wrong("NIC: MAC null", () -> NIC.withMac(nothing()), need("mac", "a NIC")),
                wrong("NIC: IP null", () -> NIC.withIp(nothing()), need("ip", "a NIC")),
                wrong("NIC: mode null", () -> NIC.withMode(nothing()), need("mode", "a NIC")),
                wrong("NIC: model null", () -> NIC.withModel(nothing()), need("model", "a NIC")),
                wrong("NIC: backend null", () -> NIC.withBackend(nothing()), need("backend", "a NIC")),
                wrong(
                        "NIC: an address of choice that is taken over",
                        () -> NIC.withAddress(GuestAddress.TAKE_OVER).withIp(InterfaceIp.ip("198.18.9.77")),
                        "ip = \"198.18.9.77\" with address = TAKE_OVER: an address of your choice goes with OWN"),
                wrong(
                        "NIC: an IPv6 address of choice",
                        () -> NIC.withIp(InterfaceIp.ip("fd00::1")),
                        "ip = \"fd00::1\" is IPv6, a lab chooses those itself"),
                wrong("NIC: MTU below IPv4's least", () -> NIC.withMtu(67), "mtu = 67" + mtuRule),
                wrong("NIC: MTU above the parent's", () -> NIC.withMtu(1501), "mtu = 1501" + mtuRule),
                wrong("NIC: negative MTU", () -> NIC.withMtu(-1), "mtu = -1" + mtuRule),
                wrong("NIC: no queue", () -> NIC.withQueues(0), "queues = 0, must be 1 to 8"),
                wrong("NIC: nine queues", () -> NIC.withQueues(9), "queues = 9, must be 1 to 8"),
                wrong(
                        "NIC: queues of a model without",
                        () -> NIC.withModel(NicModel.E1000E).withQueues(2),
                        "queues = 2 with model = E1000E: only VIRTIO has several"),
                wrong(
                        "NIC: vhost for a model without",
                        () -> NIC.withModel(NicModel.E1000E).withBackend(NicBackend.VHOST),
                        "backend = VHOST with model = E1000E: vhost-net serves only VIRTIO"));
    }

    static Stream<WrongUse> guests() {
        return Stream.of(
                wrong("guest: name null", () -> GuestSpec.named(nothing()), need("name", "a guest")),
                wrong("guest: no name", () -> GuestSpec.named(""), "name = \"\"" + NAME_RULE),
                wrong("guest: capital", () -> GuestSpec.named("Guest"), "name = \"Guest\"" + NAME_RULE),
                wrong("guest: digit first", () -> GuestSpec.named("2nd"), "name = \"2nd\"" + NAME_RULE),
                wrong("guest: like an option", () -> GuestSpec.named("-a"), "name = \"-a\"" + NAME_RULE),
                wrong("guest: like a long option", () -> GuestSpec.named("--help"), "name = \"--help\"" + NAME_RULE),
                wrong("guest: underscore", () -> GuestSpec.named("a_b"), "name = \"a_b\"" + NAME_RULE),
                wrong("guest: dot", () -> GuestSpec.named("a.b"), "name = \"a.b\"" + NAME_RULE),
                wrong("guest: XML", () -> GuestSpec.named("<a&b>"), "name = \"<a&b>\"" + NAME_RULE),
                wrong("guest: QEMU's comma", () -> GuestSpec.named("a,debug=on"), "name = \"a,debug=on\"" + NAME_RULE),
                wrong("guest: a path", () -> GuestSpec.named("../a"), "name = \"../a\"" + NAME_RULE),
                wrong("guest: umlaut", () -> GuestSpec.named("gäst"), "name = \"gäst\"" + NAME_RULE),
                wrong("guest: a line's end", () -> GuestSpec.named("guest\n"), "name = \"guest\\n\"" + NAME_RULE),
                wrong("guest: NUL", () -> GuestSpec.named("a\0b"), "name = \"a\\u0000b\"" + NAME_RULE),
                wrong(
                        "guest: text that runs backwards",
                        () -> GuestSpec.named("a\u202eb"),
                        "name = \"a\\u202eb\"" + NAME_RULE),
                wrong(
                        "guest: 32 characters",
                        () -> GuestSpec.named("abcdefghijklmnopqrstuvwxyz-12345"),
                        "name = \"abcdefghijklmnopqrstuvwxyz-12345\"" + NAME_RULE),
                wrong(
                        "guest: nine NICs",
                        () -> GUEST.withNics(Collections.nCopies(9, NIC)),
                        "a guest has 1 to 8 NICs, found 9"),
                wrong("guest: no NIC", () -> GUEST.withNics(List.of()), "a guest has 1 to 8 NICs, found 0"),
                wrong("guest: NICs null", () -> GUEST.withNics(nothing()), need("nics", "a guest")),
                wrong("guest: NIC null", () -> GUEST.withNic(nothing()), need("nic", "a guest")),
                wrong(
                        "guest: a null among the NICs",
                        () -> GUEST.withNics(Arrays.asList(NIC, nothing())),
                        "nics has a null at place 2"),
                wrong("guest: disk null", () -> GUEST.withDisk(nothing()), need("disk", "a guest")),
                wrong("guest: attachment null", () -> GUEST.withAttachment(nothing()), need("attachment", "a guest")),
                wrong("guest: shell null", () -> GUEST.withShell(nothing()), need("shell", "a guest")),
                wrong("guest: launcher null", () -> GUEST.withLauncher(nothing()), need("launcher", "a guest")),
                wrong(
                        "guest: trust without libvirt",
                        () -> GUEST.withNic(NIC.withTrustGuestRxFilters(true)).withAttachment(Attachment.QEMU),
                        "trustGuestRxFilters with attachment = QEMU: it is libvirt that moves the macvtap after the guest,"
                                + " and there is none"),
                wrong(
                        "guest: a mode of what is no macvtap",
                        () -> GUEST.withNic(NIC.withMode(MacvtapMode.VEPA)).withAttachment(Attachment.BRIDGE),
                        "mode = VEPA with attachment = BRIDGE: it is a macvtap that has modes, and there is none"),
                wrong(
                        "guest: trust without a macvtap",
                        () -> GUEST.withNic(NIC.withTrustGuestRxFilters(true)).withAttachment(Attachment.BRIDGE),
                        "trustGuestRxFilters with attachment = BRIDGE: it is a macvtap that libvirt moves after the"
                                + " guest, and there is none"),
                wrong(
                        "guest: one MAC twice on a bridge",
                        () -> GUEST.withNics(List.of(NIC.withMac(MAC), NIC.withMac(MAC)))
                                .withAttachment(Attachment.BRIDGE),
                        "mac = \"02:9e:12:09:00:01\" is given to two NICs of one guest: nobody could tell them apart"),
                wrong(
                        "guest: too little memory",
                        () -> GUEST.withMemoryMib(95),
                        "memoryMib = 95, must be 96 to 65536 (MiB)"),
                wrong(
                        "guest: too much memory",
                        () -> GUEST.withMemoryMib(65_537),
                        "memoryMib = 65537, must be 96 to 65536 (MiB)"),
                wrong(
                        "guest: negative memory",
                        () -> GUEST.withMemoryMib(-1),
                        "memoryMib = -1, must be 96 to 65536 (MiB)"),
                wrong("guest: no CPU", () -> GUEST.withCpus(0), "cpus = 0, must be 1 to 64"),
                wrong("guest: 65 CPUs", () -> GUEST.withCpus(65), "cpus = 65, must be 1 to 64"),
                wrong(
                        "guest: two things",
                        () -> new GuestSpec(
                                "left",
                                "launcher",
                                Attachment.DIRECT,
                                List.of(NIC),
                                1,
                                0,
                                ShellAccess.AGENT,
                                BootMode.EITHER,
                                Optional.empty()),
                        "memoryMib = 1, must be 96 to 65536 (MiB); cpus = 0, must be 1 to 64"),
                wrong(
                        "guest: warm and without a seed",
                        () -> GUEST.withDisk(DiskSpec.builder(new ImageSource.Known("debian-cloud"))
                                        .cloudInit(CloudInit.OFF)
                                        .build())
                                .withBoot(BootMode.WARM),
                        "boot = WARM: a guest with cloudInit = OFF can't go on from a snapshot, nothing says when it has"
                                + " booted; boot = EITHER takes that"),
                wrong(
                        "guest: warm and with a shell on the console",
                        () -> GUEST.withShell(ShellAccess.CONSOLE).withBoot(BootMode.WARM),
                        "boot = WARM: a guest with shell = CONSOLE can't go on from a snapshot, somebody would be logged"
                                + " in there; boot = EITHER takes that"),
                wrong(
                        "guest: warm and without a cable",
                        () -> GUEST.withNic(NIC.withLinkUp(false)).withBoot(BootMode.WARM),
                        "boot = WARM: a guest with linkUp = false can't go on from a snapshot, its NIC has had a carrier"
                                + " there; boot = EITHER takes that"));
    }

    static Stream<WrongUse> labs() {
        String taken = ": the name is taken, a lab already has ";
        return Stream.of(
                size(29, "small"),
                size(32, "small"),
                size(15, "large"),
                size(0, "large"),
                size(-1, "large"),
                size(Integer.MAX_VALUE, "small"),
                wrong(
                        "lab: fixed and too small",
                        () -> lab().subnet(Subnet.of("198.18.9.0/29")).build(),
                        "subnet = \"198.18.9.0/29\" is too small, must be /16 to /28"),
                wrong(
                        "lab: fixed and too large",
                        () -> lab().subnet(Subnet.of("198.18.0.0/15")).build(),
                        "subnet = \"198.18.0.0/15\" is too large, must be /16 to /28"),
                wrong(
                        "lab: somebody's network",
                        () -> lab().subnet(Subnet.of("192.168.1.0/24")).build(),
                        "subnet = \"192.168.1.0/24\" is outside 198.18.0.0/15:"
                                + " lab traffic stays in the range that is never routed"),
                wrong("lab: subnet null", () -> lab().subnet(nothing()), need("subnet", "a lab")),
                wrong("lab: gateway null", () -> lab().gateway(nothing()).build(), need("gateway", "a lab")),
                wrong("lab: guest null", () -> lab().guest(nothing()).build(), "guests has a null at place 1"),
                wrong(
                        "lab: client null",
                        () -> lab().clients("near", nothing()).build(),
                        "clients has a null at place 2"),
                wrong(
                        "lab: host name null",
                        () -> lab().internet(WrongUse.<String>nothing()).build(),
                        "internet has a null at place 1"),
                wrong(
                        "lab: one more than fits",
                        () -> {
                            LabSpec.Builder builder = lab().subnet(Subnet.of("198.18.9.16/28"));
                            for (int i = 0; i < 11; i++) {
                                builder.guest(GuestSpec.named("g" + i));
                            }
                            builder.build();
                        },
                        "a /28 has 14 addresses, this lab needs 15"),
                wrong(
                        "lab: one MAC twice",
                        () -> lab().guest(guest("left", NIC.withMac(MAC)))
                                .guest(guest("right", NIC.withMac(MAC)))
                                .build(),
                        "mac = \"02:9e:12:09:00:01\" is given to two NICs on one parent interface,"
                                + " the kernel refuses the second macvtap"),
                wrong(
                        "lab: a bridge's port that is a macvtap's parent too",
                        () -> lab().guest(guest("left", NIC))
                                .guest(guest("right", NIC).withAttachment(Attachment.BRIDGE))
                                .build(),
                        "attachment = BRIDGE beside others in \"launcher\": the port of a bridge can't be a macvtap's"
                                + " parent too"),
                wrong(
                        "lab: two take one address over",
                        () -> lab().guest(guest("left", NIC.withAddress(GuestAddress.TAKE_OVER)))
                                .guest(guest("right", NIC.withAddress(GuestAddress.TAKE_OVER)))
                                .build(),
                        "address = TAKE_OVER on more than one NIC: the launcher has only one address to give"),
                wrong(
                        "lab: passthru beside another",
                        () -> lab().guest(guest("alone", NIC.withMode(MacvtapMode.PASSTHRU)))
                                .guest(GuestSpec.named("other"))
                                .build(),
                        "mode = PASSTHRU with more than one NIC: such a macvtap has the parent interface for itself"),
                wrong(
                        "lab: launcher that is not there",
                        () -> lab().launchers("west", "east")
                                .guest(GUEST.withLauncher("north"))
                                .build(),
                        "launcher = \"north\" of left: the lab has no such launcher, it has [west, east]"),
                wrong("lab: no launcher", () -> lab().launchers().build(), "launchers = {}: a lab has at least one"),
                wrong(
                        "lab: address without a fixed subnet",
                        () -> lab().guest(guest("left", NIC.withIp(InterfaceIp.ip("198.18.9.77"))))
                                .build(),
                        "ip = \"198.18.9.77\" of left: the lab's subnet is not fixed, so give it one that has this"
                                + " address"),
                wrong(
                        "lab: address outside the subnet",
                        () -> lab().subnet(Subnet.of("198.18.10.0/24"))
                                .guest(guest("left", NIC.withIp(InterfaceIp.ip("198.18.9.77"))))
                                .build(),
                        "ip = \"198.18.9.77\" of left: it is outside the lab's subnet 198.18.10.0/24"),
                wrong(
                        "lab: guest named like a client",
                        () -> lab().guest(GuestSpec.named("client")).build(),
                        "name = \"client\"" + taken + "[gateway, launcher, client]"),
                wrong(
                        "lab: two guests of one name",
                        () -> lab().guest(GuestSpec.named("twin"))
                                .guest(GuestSpec.named("twin"))
                                .build(),
                        "name = \"twin\"" + taken + "[gateway, launcher, client, twin]"),
                wrong(
                        "lab: client named like the launcher",
                        () -> lab().clients("launcher").build(),
                        "clients = \"launcher\"" + taken + "[gateway, launcher]"),
                wrong(
                        "lab: client named like the gateway",
                        () -> lab().clients("gateway").build(),
                        "clients = \"gateway\"" + taken + "[gateway, launcher]"),
                wrong(
                        "lab: client named like the internet",
                        () -> lab().clients("webserver")
                                .internet("www.example.com")
                                .build(),
                        "clients = \"webserver\"" + taken + "[gateway, webserver, launcher]"),
                wrong(
                        "lab: client that is no host name",
                        () -> lab().clients("My client").build(),
                        "clients = \"My client\"" + NAME_RULE),
                wrong(
                        "lab: launcher like an option",
                        () -> lab().launchers("--rm").build(),
                        "launchers = \"--rm\"" + NAME_RULE),
                host(""),
                host("www"),
                host("WWW.example.com"),
                host("www.example.com."),
                host(".example.com"),
                host("www..com"),
                host("-www.example.com"),
                host("www-.example.com"),
                host("www_1.example.com"),
                host("*.example.com"),
                host("#"),
                host("/example.com/"),
                host("www.example.com,other.example.com"),
                host("203.0.113.9"),
                host("label-of-64-characters-0123456789-0123456789-0123456789-012345678.example"),
                wrong(
                        "internet: two lines",
                        () -> lab().internet("a.example\nserver=8.8.8.8").build(),
                        "internet = \"a.example\\nserver=8.8.8.8\"" + HOST_RULE),
                wrong(
                        "internet: 254 characters",
                        () -> lab().internet("aa." + "a.".repeat(122) + "example")
                                .build(),
                        "internet = \"aa." + "a.".repeat(38) + "a\"… (254 characters)" + HOST_RULE),
                wrong(
                        "internet: a whole zone",
                        () -> lab().internet("a.".repeat(50_000) + "example").build(),
                        "internet = \"" + "a.".repeat(40) + "\"… (100007 characters)" + HOST_RULE),
                wrong(
                        "internet: one name twice",
                        () -> lab().internet("www.example.com", "www.example.com")
                                .build(),
                        "internet = \"www.example.com\" is there twice"),
                wrong(
                        "internet: behind the Docker host",
                        () -> lab().gateway(GatewayPlace.DOCKER_HOST)
                                .internet("www.example.com")
                                .build(),
                        "internet with gateway = DOCKER_HOST: the way there is routed by a container,"
                                + " leave gateway out"));
    }

    static Stream<WrongUse> disks() {
        String pathRule = " of a file, must be absolute, without spaces and colons";
        String userRule = ", must be a lower-case letter or _, then letters, digits, _ and -, at most 32";
        String commandRule = ", must be a shell's line without NUL characters each";
        String password = "password: blank, or with control characters";
        return Stream.of(
                wrong(
                        "disk: a seed that nobody reads",
                        () -> new DiskSpec(
                                IMAGE, Firmware.BIOS, CloudInit.OFF, seed("alice", "secret"), CustomizeSpec.NOTHING),
                        "seed with cloudInit = OFF: nobody would read it; customize works without cloud-init"),
                wrong("disk: image null", () -> DiskSpec.of(nothing()), need("image", "a disk")),
                file("etc/motd", "0644", "path = \"etc/motd\"" + pathRule),
                file("/etc/a:b", "0644", "path = \"/etc/a:b\"" + pathRule),
                file("/etc/", "0644", "path = \"/etc/\"" + pathRule),
                file("", "0644", "path = \"\"" + pathRule),
                file("/etc/my file", "0644", "path = \"/etc/my file\"" + pathRule),
                file("/etc/a\0", "0644", "path = \"/etc/a\\u0000\"" + pathRule),
                file("/etc/a\u001b[2J", "0644", "path = \"/etc/a\\u001b[2J\"" + pathRule),
                wrong(
                        "file: a path that no kernel takes",
                        () -> new GuestFileSpec("/a".repeat(50_000), "", "0644"),
                        "path = \"" + "/a".repeat(40) + "\"… (100000 characters)" + pathRule),
                wrong(
                        "file: content null",
                        () -> new GuestFileSpec("/a", nothing(), "0644"),
                        need("content", "a file")),
                file("/etc/motd", "rw", "mode = \"rw\" of \"/etc/motd\", must be octal, such as 0644"),
                file("/etc/motd", "0999", "mode = \"0999\" of \"/etc/motd\", must be octal, such as 0644"),
                file("/etc/motd", "", "mode = \"\" of \"/etc/motd\", must be octal, such as 0644"),
                wrong(
                        "seed: a name and a surname",
                        () -> seed("Alice Smith", "x"),
                        "user = \"Alice Smith\"" + userRule),
                wrong("seed: user like an option", () -> seed("-alice", "x"), "user = \"-alice\"" + userRule),
                wrong("seed: two lines as user", () -> seed("a\nb", "x"), "user = \"a\\nb\"" + userRule),
                wrong("seed: two lines as password", () -> seed("alice", "two\nlines"), password),
                wrong("seed: a blank password", () -> seed("alice", " "), password),
                wrong(
                        "seed: two keys in one line",
                        () -> new SeedSpec(
                                Optional.empty(),
                                Optional.empty(),
                                List.of("ssh-ed25519 AAAA\nssh-ed25519 BBBB"),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        "keys has \"ssh-ed25519 AAAA\\nssh-ed25519 BBBB\", must be one line for authorized_keys each"),
                wrong(
                        "seed: an empty command",
                        () -> new SeedSpec(
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                List.of("")),
                        "commands has \"\"" + commandRule),
                wrong(
                        "seed: all null",
                        () -> new SeedSpec(nothing(), nothing(), nothing(), nothing(), nothing(), nothing()),
                        String.join(
                                "; ",
                                Stream.of("user", "password", "keys", "networkConfig", "files", "commands")
                                        .map(part -> need(part, "a seed"))
                                        .toList())),
                wrong(
                        "customize: two lines as password",
                        () -> new CustomizeSpec(Optional.of("a\nb"), List.of(), List.of()),
                        "rootPassword: blank, or with control characters"),
                wrong(
                        "customize: NUL in a command",
                        () -> new CustomizeSpec(Optional.empty(), List.of(), List.of("echo a\0b")),
                        "commands has \"echo a\\u0000b\"" + commandRule));
    }

    static Stream<WrongUse> images() {
        String https = ", must be https, or file for an image that is on this machine";
        String needsDigest = " is a URL and needs its checksum: what is there may change";
        return Stream.of(
                image("", "", "image = \"\" is empty, must be " + FORMS),
                image(" ", "", "image = \" \" is empty, must be " + FORMS),
                wrong("image: null", () -> ImageSource.of(nothing(), ""), need("image", "an image")),
                image(
                        "http://images.example/a.qcow2",
                        SHA256,
                        "image = \"http://images.example/a.qcow2\" is http" + https),
                image(
                        "ftp://images.example/a.qcow2",
                        SHA256,
                        "image = \"ftp://images.example/a.qcow2\" is ftp" + https),
                image("https://images.example/a.qcow2", "", "image = \"https://images.example/a.qcow2\"" + needsDigest),
                image("file:///images/a.qcow2", "", "image = \"file:///images/a.qcow2\"" + needsDigest),
                image(
                        "http://images.example/a.qcow2",
                        "latest",
                        "checksum = \"latest\"" + DIGEST_RULE + "something else between them;"
                                + " image = \"http://images.example/a.qcow2\" is http" + https),
                image(
                        "https://images.example/a b",
                        "",
                        "image = \"https://images.example/a b\"" + needsDigest
                                + "; image = \"https://images.example/a b\" is no URL:"
                                + " illegal character in path at position 25"),
                image(
                        "debian-12",
                        "abc",
                        "checksum = \"abc\"" + DIGEST_RULE + "3 of them; checksum with image = \"debian-12\":"
                                + " a known image brings its own, another one is given by its URL"),
                image("https:///a.qcow2", SHA256, "image = \"https:///a.qcow2\" names no host"),
                image(
                        "file://server/a.qcow2",
                        SHA256,
                        "image = \"file://server/a.qcow2\" is no file of this machine:"
                                + " must be file:/// and an absolute path"),
                image(
                        "~/debian.qcow2",
                        "",
                        "image = \"~/debian.qcow2\" starts with ~, which only a shell knows: write the whole path"),
                image("a/\0", "", "image = \"a/\\u0000\" is no path: Nul character not allowed"),
                image(
                        "https://images.example/a\nb",
                        SHA256,
                        "image = \"https://images.example/a\\nb\" is no URL: illegal character in path at position 25"),
                wrong(
                        "image: plain http by hand",
                        () -> new ImageSource.Remote(URI.create("http://images.example/a"), DIGEST),
                        "image = \"http://images.example/a\" is http" + https),
                wrong(
                        "image: no URL by hand",
                        () -> new ImageSource.Remote(URI.create("a"), DIGEST),
                        "image = \"a\" is no URL" + https),
                wrong(
                        "image: digest null",
                        () -> new ImageSource.Local(Path.of("a"), nothing()),
                        need("digest", "an image")),
                digest("abc", "3 of them"),
                digest("", "0 of them"),
                digest("latest", "something else between them"),
                digest(SHA256.substring(1) + "g", "something else between them"),
                digest(SHA256 + "0", "65 of them"),
                wrong(
                        "digest: of the other length",
                        () -> new Digest(Digest.Algorithm.SHA_512, SHA256),
                        "SHA-512 has 128 hexadecimal digits in lower case, found \"" + SHA256 + "\""));
    }

    static Stream<WrongUse> impairments() {
        Impairment all = new Impairment(10, Duration.ofMillis(100), 5, 1_000_000);
        return Stream.concat(
                Stream.of(-1, 100.1, 0.00001, Double.NaN, Double.POSITIVE_INFINITY)
                        .map(Number::doubleValue)
                        .flatMap(percent -> Stream.of(
                                wrong(
                                        "impairment: loss of " + percent,
                                        () -> Impairment.loss(percent),
                                        "loss = %s, must be 0, or 0.0001 to 100 (percent)".formatted(percent)),
                                wrong(
                                        "impairment: duplication of " + percent,
                                        () -> Impairment.duplication(percent),
                                        "duplication = %s, must be 0, or 0.0001 to 100 (percent)".formatted(percent)))),
                Stream.of(
                        wrong(
                                "impairment: before it is sent",
                                () -> Impairment.delay(Duration.ofSeconds(-1)),
                                "delay = PT-1S, must be PT1M at most"),
                        wrong(
                                "impairment: centuries",
                                () -> Impairment.delay(Duration.ofDays(400_000)),
                                "delay = PT9600000H, must be PT1M at most"),
                        wrong(
                                "impairment: nanoseconds",
                                () -> Impairment.delay(Duration.ofNanos(999)),
                                "delay = PT0.000000999S, must be a microsecond at least"),
                        wrong(
                                "impairment: delay null",
                                () -> Impairment.delay(nothing()),
                                need("delay", "an impairment")),
                        wrong("impairment: and null", () -> all.and(nothing()), need("other", "an impairment")),
                        wrong(
                                "impairment: rate too low",
                                () -> Impairment.rate(999),
                                "rate = 999, must be 1000 to 1000000000000 (bits per second)"),
                        wrong(
                                "impairment: rate negative",
                                () -> Impairment.rate(-1),
                                "rate = -1, must be 1000 to 1000000000000 (bits per second)"),
                        wrong(
                                "impairment: everything twice",
                                () -> all.and(all),
                                "loss is given twice; delay is given twice; duplication is given twice;"
                                        + " rate is given twice"),
                        wrong(
                                "impairment: everything wrong",
                                () -> new Impairment(101, Duration.ofHours(1), 101, 1),
                                "loss = 101.0, must be 0, or 0.0001 to 100 (percent);"
                                        + " duplication = 101.0, must be 0, or 0.0001 to 100 (percent);"
                                        + " delay = PT1H, must be PT1M at most;"
                                        + " rate = 1, must be 1000 to 1000000000000 (bits per second)"),
                        wrong(
                                "impairment: nothing",
                                () -> Impairment.loss(0),
                                "An impairment without loss, delay, duplication and rate impairs nothing")));
    }

    @ParameterizedTest
    @MethodSource({"addresses", "nics", "guests", "labs", "disks", "images", "impairments"})
    void isRefused(WrongUse use) {
        use.check();
    }

    private static WrongUse wrong(
            String title, org.assertj.core.api.ThrowableAssert.ThrowingCallable use, String message) {
        return WrongUse.wrongUse(title, use, message);
    }

    private static WrongUse size(int length, String wrong) {
        return wrong(
                "lab: /" + length,
                () -> lab().prefixLength(length).build(),
                "subnet = \"/%d\" is too %s, must be /16 to /28".formatted(length, wrong));
    }

    private static WrongUse host(String name) {
        return wrong(
                "internet: \"" + name + "\"",
                () -> lab().internet(name).build(),
                "internet = \"" + name + "\"" + HOST_RULE);
    }

    private static WrongUse file(String path, String mode, String message) {
        return wrong("file: " + path + " " + mode, () -> new GuestFileSpec(path, "", mode), message);
    }

    private static WrongUse image(String image, String checksum, String message) {
        return wrong("image: " + image, () -> ImageSource.of(image, checksum), message);
    }

    private static WrongUse digest(String text, String found) {
        return wrong("digest: " + text, () -> Digest.of(text), "\"" + text + "\"" + DIGEST_RULE + found);
    }

    private static SeedSpec seed(String user, String password) {
        return new SeedSpec(
                Optional.of(user), Optional.of(password), List.of(), Optional.empty(), List.of(), List.of());
    }

    private static LabSpec.Builder lab() {
        return LabSpec.builder();
    }

    private static GuestSpec guest(String name, NicSpec nic) {
        return GuestSpec.named(name).withNic(nic);
    }

    private static String need(String part, String of) {
        return "%s = null: %s must have one, which may be its default".formatted(part, of);
    }

    private static String hosts(int found) {
        return "198.18.9.0/24 has hosts 1 to 254, found " + found;
    }

    private static String part(int length, int index) {
        return "198.18.0.0/15 has no part %d of length /%d".formatted(index, length);
    }
}
