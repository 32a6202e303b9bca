package io.github.taplab.internal.report;

import io.github.taplab.internal.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * What a page has of its own: how it looks, what it does, and the policy that forbids a browser everything else.
 *
 * @param style CSS
 * @param script JavaScript
 */
public record PageAssets(String style, String script) {

    static PageAssets read() {
        return new PageAssets(read("page.css"), read("page.js"));
    }

    /** The Content-Security-Policy: nothing from anywhere, and of the page itself this style and this script. */
    public String policy() {
        return "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(hash(style), hash(script));
    }

    private static String hash(String content) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(content));
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(PageAssets.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be read from the jar", e);
        }
    }
}
