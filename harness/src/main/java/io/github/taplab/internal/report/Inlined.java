package io.github.taplab.internal.report;

import io.github.taplab.internal.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report as data in its own page, from which it can be read again. The bytes of attachments, which hardly compress,
 * are in the page once: as the link to download them. In the data their digest stands for them.
 */
final class Inlined {

    private static final String OPENING = "<script type=\"application/x-taplab-report\">";
    private static final String CLOSING = "</script>";
    private static final String END = "</body>";
    private static final String REFERENCE = "sha256:";
    // Possessive: the JDK's matcher would go down its stack once a character.
    private static final Pattern LINK =
            Pattern.compile("data-digest=\"([0-9a-f]{64})\"[^>]*?;base64,([A-Za-z0-9+/=]*+)\"");

    private Inlined() {}

    static String withModel(String html, RunReport report) {
        String data = data(report);
        int end = html.lastIndexOf(END);
        return html.substring(0, end) + OPENING + data + CLOSING + "\n" + html.substring(end);
    }

    private static String data(RunReport report) {
        try {
            return ReportJson.write(Attachments.changed(report, Inlined::toReference));
        } catch (IOException e) {
            throw new UncheckedIOException("A report that can't be written", e);
        }
    }

    /**
     * The report of a page.
     *
     * @throws IOException if this is no page of Taplab's, or a damaged one
     */
    static RunReport read(String html) throws IOException {
        // The last one: text that looks like it can only be before, and escaped.
        int begin = html.lastIndexOf(OPENING);
        int end = html.indexOf(CLOSING, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            throw new IOException("it is no page of Taplab's, or its end is missing");
        }
        RunReport report;
        try {
            report = ReportJson.read(html.substring(begin + OPENING.length(), end));
        } catch (IOException e) {
            throw new IOException("what it says of its run is damaged", e);
        }
        Map<String, String> links = links(html.substring(0, begin));
        return Attachments.changed(report, reference -> toBytes(reference, links));
    }

    private static Map<String, String> links(String html) {
        Map<String, String> links = new HashMap<>();
        Matcher link = LINK.matcher(html);
        while (link.find()) {
            links.put(link.group(1), link.group(2));
        }
        return links;
    }

    private static Attachment toReference(Attachment attachment) {
        return attachment.base64().isEmpty() ? attachment : attachment.inside(REFERENCE + digest(attachment.base64()));
    }

    private static Attachment toBytes(Attachment attachment, Map<String, String> links) throws IOException {
        if (!attachment.base64().startsWith(REFERENCE)) {
            return attachment;
        }
        String digest = attachment.base64().substring(REFERENCE.length());
        String bytes = links.get(digest);
        if (bytes == null || !digest(bytes).equals(digest)) {
            throw new IOException("its file %s is damaged".formatted(attachment.name()));
        }
        return attachment.inside(bytes);
    }

    static String digest(String base64) {
        return HexFormat.of().formatHex(Sha256.of(base64));
    }
}
