package io.github.taplab.internal.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A file that can be had from the page: it is in it, or beside it.
 *
 * @param name a file name, such as {@code lab.pcapng}
 * @param base64 its bytes; empty: they are beside the page
 * @param file where, seen from the page; empty: they are in it
 * @param size in bytes
 */
public record Attachment(String name, String mediaType, String base64, String file, long size) {

    /** One whose bytes are at hand. */
    public static Attachment of(String name, String mediaType, byte[] bytes) {
        return new Attachment(name, mediaType, Base64.getEncoder().encodeToString(bytes), "", bytes.length);
    }

    static Attachment ofText(String name, String mediaType, String text) {
        return of(name, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    public boolean isBeside() {
        return !file.isEmpty();
    }

    public boolean isImage() {
        return mediaType.equals("image/png") && !base64.isEmpty();
    }

    Attachment beside(String where) {
        return new Attachment(name, mediaType, "", where, size);
    }

    Attachment inside(String bytes) {
        return new Attachment(name, mediaType, bytes, "", size);
    }
}
