package io.github.taplab.internal.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.spec.GuestFileSpec;
import io.github.taplab.spec.SeedSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a seed volume (cloud-init, data source NoCloud): pure functions from a spec to text. They are written as
 * JSON, which is YAML too, so that no value can be taken for something else.
 */
final class SeedFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SeedFiles() {}

    /** The files by their names. */
    static Map<String, String> of(String guest, SeedSpec seed, List<NicConfig> nics) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("meta-data", metaData(guest));
        files.put("user-data", userData(seed));
        files.put("network-config", seed.networkConfig().orElseGet(() -> networkConfig(nics)));
        return files;
    }

    private static String metaData(String guest) {
        ObjectNode data = MAPPER.createObjectNode();
        // cloud-init does its work once for each instance; each guest is a new one.
        data.put("instance-id", "taplab-" + guest);
        data.put("local-hostname", guest);
        return text(data);
    }

    private static String userData(SeedSpec seed) {
        ObjectNode data = MAPPER.createObjectNode();
        // Root may log in where it has a key, instead of being told to log in as somebody else.
        data.put("disable_root", false);
        ArrayNode users = data.putArray("users").add("default");
        seed.user().ifPresent(name -> {
            ObjectNode user = users.addObject();
            user.put("name", name);
            user.put("shell", "/bin/bash");
            user.put("lock_passwd", seed.password().isEmpty());
            user.put("sudo", "ALL=(ALL) NOPASSWD:ALL");
        });
        if (!seed.keys().isEmpty()) {
            ObjectNode user = seed.user().isPresent()
                    ? (ObjectNode) users.get(1)
                    : users.addObject().put("name", "root");
            seed.keys().forEach(user.putArray("ssh_authorized_keys")::add);
        }
        seed.password().ifPresent(password -> {
            ObjectNode change = data.putObject("chpasswd");
            change.put("expire", false);
            change.putArray("users")
                    .addObject()
                    .put("name", seed.login())
                    .put("password", password)
                    .put("type", "text");
        });
        ArrayNode files = data.putArray("write_files");
        for (GuestFileSpec file : seed.files()) {
            files.addObject()
                    .put("path", file.path())
                    .put("content", file.content())
                    .put("permissions", file.mode());
        }
        seed.commands().forEach(data.putArray("runcmd")::add);
        return "#cloud-config\n" + text(data);
    }

    private static String networkConfig(List<NicConfig> nics) {
        ObjectNode config = MAPPER.createObjectNode();
        config.put("version", 2);
        ObjectNode ethernets = config.putObject("ethernets");
        for (NicConfig nic : nics) {
            ObjectNode ethernet = ethernets.putObject("nic" + nic.index());
            ethernet.putObject("match").put("macaddress", nic.mac().toString());
            ethernet.put("dhcp4", false);
            ethernet.put("dhcp6", false);
            ethernet.put("accept-ra", false);
        }
        return text(config);
    }

    private static String text(ObjectNode data) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(data) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Writing JSON to memory failed", e);
        }
    }
}
