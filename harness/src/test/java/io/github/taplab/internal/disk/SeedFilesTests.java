package io.github.taplab.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.spec.GuestFileSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicSpec;
import io.github.taplab.spec.SeedSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON is YAML; cloud-init wants the first line of user-data to say what it is. */
class SeedFilesTests {

    private static final String HEAD = "#cloud-config\n";
    private static final NicConfig NIC =
            new NicConfig(NicSpec.DEFAULT, 0, MacAddress.of("02:9e:12:09:00:05"), "eth0", "mvtap5", false);

    @Test
    void aGuestThatIsToldNothingHasANameAndNicsWithoutDhcp() throws Exception {
        Map<String, String> files = SeedFiles.of("left", SeedSpec.DEFAULT, List.of(NIC));

        assertThat(files).containsOnlyKeys("meta-data", "user-data", "network-config");
        assertThat(read(String.valueOf(files.get("meta-data"))))
                .isEqualTo(read("{'instance-id': 'taplab-left', 'local-hostname': 'left'}"));
        assertThat(userData(files))
                .isEqualTo(read("{'disable_root': false, 'users': ['default'], 'write_files': [], 'runcmd': []}"));
        assertThat(read(String.valueOf(files.get("network-config"))))
                .isEqualTo(read("{'version': 2, 'ethernets': {'nic0': {'match': {'macaddress': '02:9e:12:09:00:05'},"
                        + " 'dhcp4': false, 'dhcp6': false, 'accept-ra': false}}}"));
    }

    @Test
    void everythingThatASeedCanSay() throws Exception {
        SeedSpec seed = SeedSpec.builder()
                .user("alice")
                .password("pass: {word} #1")
                .keys(List.of("ssh-ed25519 AAAA one"))
                .networkConfig("network: {config: disabled}")
                .files(List.of(GuestFileSpec.builder("/etc/motd", "first\nsecond: #x\n")
                        .mode("0600")
                        .build()))
                .commands(List.of("echo 'a: b' >/tmp/c"))
                .build();
        Map<String, String> files = SeedFiles.of("left", seed, List.of(NIC));

        assertThat(userData(files))
                .isEqualTo(read("{'disable_root': false, 'users': ['default', {'name': 'alice', 'shell': '/bin/bash',"
                        + " 'lock_passwd': false, 'sudo': 'ALL=(ALL) NOPASSWD:ALL',"
                        + " 'ssh_authorized_keys': ['ssh-ed25519 AAAA one']}],"
                        + " 'chpasswd': {'expire': false, 'users': [{'name': 'alice',"
                        + " 'password': 'pass: {word} #1', 'type': 'text'}]},"
                        + " 'write_files': [{'path': '/etc/motd', 'content': 'first\\nsecond: #x\\n',"
                        + " 'permissions': '0600'}], 'runcmd': [\"echo 'a: b' >/tmp/c\"]}"));
        assertThat(files).containsEntry("network-config", "network: {config: disabled}");
    }

    @Test
    void withoutAUserPasswordAndKeysAreRoots() throws Exception {
        SeedSpec seed = SeedSpec.builder()
                .password("secret")
                .keys(List.of("ssh-ed25519 AAAA one"))
                .build();
        JsonNode data = userData(SeedFiles.of("left", seed, List.of(NIC)));

        assertThat(data.at("/users/1/name").asText()).isEqualTo("root");
        assertThat(data.at("/users/1/ssh_authorized_keys/0").asText()).isEqualTo("ssh-ed25519 AAAA one");
        assertThat(data.at("/chpasswd/users/0/name").asText()).isEqualTo("root");
    }

    private static JsonNode userData(Map<String, String> files) throws Exception {
        String text = String.valueOf(files.get("user-data"));
        assertThat(text).startsWith(HEAD);
        return read(text.substring(HEAD.length()));
    }

    private static JsonNode read(String json) throws Exception {
        return JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                .build()
                .readTree(json);
    }
}
