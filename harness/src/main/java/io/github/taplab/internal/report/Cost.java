package io.github.taplab.internal.report;

import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** How many bytes of a page something takes. */
final class Cost {

    // What is around it in HTML.
    private static final long FRAME = 300;

    private Cost() {}

    /** Of text: what is escaped in it grows, and it is in the page's data once more, compressed and in base64. */
    static long of(String text) {
        String visible = VisibleText.of(text);
        long escaped = visible.chars()
                .filter(each -> each == '<' || each == '>' || each == '&')
                .count();
        long plain = visible.getBytes(StandardCharsets.UTF_8).length;
        return FRAME + plain + 4 * escaped + compressed(text.getBytes(StandardCharsets.UTF_8)) * 4 / 3;
    }

    private static long compressed(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] away = new byte[16_384];
            while (!deflater.finished()) {
                deflater.deflate(away);
            }
            return deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    /** Of a file, which is there as its letters in base64. */
    static long ofFile(Attachment attachment) {
        return FRAME + attachment.base64().length();
    }
}
