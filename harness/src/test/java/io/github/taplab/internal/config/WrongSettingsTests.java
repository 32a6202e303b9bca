package io.github.taplab.internal.config;

import static io.github.taplab.WrongUse.wrongUse;

import io.github.taplab.WrongUse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings with values that mean nothing, and all that is answered. */
class WrongSettingsTests {

    static Stream<WrongUse> settings() {
        return Stream.of(
                wrong("taplab.required", "yes", "taplab.required is true or false, found \"yes\""),
                wrong("taplab.required", "1", "taplab.required is true or false, found \"1\""),
                wrong("taplab.required", "true\nfalse", "taplab.required is true or false, found \"true\\nfalse\""),
                wrong("taplab.story", "yes", "taplab.story is true or false, found \"yes\""),
                wrong("taplab.story", "on", "taplab.story is true or false, found \"on\""),
                wrong("taplab.rings", "true", "taplab.rings is on or off, found \"true\""),
                wrong("taplab.isolation", "on", "taplab.isolation is auto, required or off, found \"on\""),
                wrong("taplab.attachments", "MACVTAP", attachments("MACVTAP")),
                wrong("taplab.attachments", "DIRECT;QEMU", attachments("DIRECT;QEMU")),
                wrong("taplab.attachments", "DIRECT,", attachments("DIRECT,")),
                wrong("taplab.acceleration", "hvf", "taplab.acceleration is auto, kvm or tcg, found \"hvf\""),
                wrong("taplab.acceleration", "kvm,tcg", "taplab.acceleration is auto, kvm or tcg, found \"kvm,tcg\""),
                wrong("taplab.cache.size", "plenty", size("plenty")),
                wrong("taplab.cache.size", "-1G", size("-1G")),
                wrong("taplab.cache.size", "1.5G", size("1.5G")),
                wrong("taplab.cache.size", "20 GB each", size("20 GB each")),
                wrong("taplab.cache.size", "99999999999T", size("99999999999T")),
                wrong("taplab.boot.silence", "soon", silence("soon")),
                wrong("taplab.boot.silence", "0", silence("0")),
                wrong("taplab.boot.silence", "-3", silence("-3")),
                wrong("taplab.boot.silence", "1.5", silence("1.5")),
                wrong("taplab.boot.silence", "3m", silence("3m")),
                wrong("taplab.boot.silence", "99999999999", silence("99999999999")),
                wrong("taplab.hold", "true", "taplab.hold is never, failure or always, found \"true\""),
                wrong("taplab.hold", "failure 60", "taplab.hold is never, failure or always, found \"failure 60\""),
                wrong(
                        "taplab.hold.deadline",
                        "0",
                        "taplab.hold.deadline is a number of seconds such as 1800, found \"0\""),
                wrong(
                        "taplab.hold.deadline",
                        "30m",
                        "taplab.hold.deadline is a number of seconds such as 1800, found \"30m\""),
                wrong("taplab.image", "taplab/lab:1", published("\"taplab/lab:1\"")),
                wrong("taplab.image", "taplab/lab@sha256:0a1b", published("\"taplab/lab@sha256:0a1b\"")),
                wrong("taplab.image", "sha256:" + "0a".repeat(32), published("\"sha256:" + "0a".repeat(32) + "\"")),
                wrong("taplab.base.image", "--privileged", image("\"--privileged\"")),
                wrong("taplab.base.image", "debian trixie", image("\"debian trixie\"")),
                wrong("taplab.base.image", "debian\nRUN id", image("\"debian\\nRUN id\"")),
                wrong("taplab.debian.mirror", "deb.debian.org", mirror("\"deb.debian.org\"")),
                wrong("taplab.debian.mirror", "http://a/ $(id)", mirror("\"http://a/ $(id)\"")),
                wrong("taplab.debian.mirror", "http://a/\"", mirror("\"http://a/\"\"")),
                wrong(
                        "taplab.cache",
                        "/var/\0cache",
                        "taplab.cache is a folder such as /var/cache/taplab, found \"/var/\\u0000cache\":"
                                + " Nul character not allowed"),
                wrong(
                        "taplab.report",
                        "a\0b",
                        "taplab.report is auto, off or a folder such as target/taplab, found \"a\\u0000b\":"
                                + " Nul character not allowed"),
                wrongUse("size: a word", () -> ByteSize.parse("20 parsecs"), "\"20 parsecs\" is no size such as 20G"),
                wrongUse("size: nothing", () -> ByteSize.parse(""), "\"\" is no size such as 20G"),
                wrongUse("size: two lines", () -> ByteSize.parse("1\n2"), "\"1\\n2\" is no size such as 20G"),
                wrongUse(
                        "size: beyond all disks",
                        () -> ByteSize.parse("9000000T"),
                        "\"9000000T\" is more than a disk can hold"),
                wrongUse("size: negative", () -> new ByteSize(-1), "A size is not negative, found -1"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isRefused(WrongUse use) {
        use.check();
    }

    private static WrongUse wrong(String key, String value, String message) {
        Map<String, String> properties = Map.of("user.home", "/home/dev", key, value);
        return wrongUse(
                key + "=" + value,
                () -> Settings.read(new SettingSource(unused -> Optional.empty(), properties::get, unused -> null)),
                message);
    }

    private static String size(String found) {
        return "taplab.cache.size is a size such as 20G or 500M, found \"" + found + "\"";
    }

    private static String silence(String found) {
        return "taplab.boot.silence is a number of seconds such as 180, found \"" + found + "\"";
    }

    private static String attachments(String found) {
        return "taplab.attachments is one or more of DIRECT, PRE_CREATED, QEMU, BRIDGE, with commas between, found \""
                + found + "\"";
    }

    private static String published(String found) {
        return "taplab.image is a published lab image by its digest, such as registry.example/taplab/lab@sha256: and 64"
                + " hexadecimal digits, found " + found;
    }

    private static String image(String found) {
        return "taplab.base.image is the name of a Docker image such as debian:trixie-slim, found " + found;
    }

    private static String mirror(String found) {
        return "taplab.debian.mirror is a URL such as http://deb.debian.org/debian, found " + found;
    }
}
