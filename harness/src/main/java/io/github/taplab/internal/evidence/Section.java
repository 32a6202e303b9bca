package io.github.taplab.internal.evidence;

/**
 * One thing that was looked at.
 *
 * @param title what and where
 * @param text what was seen
 */
public record Section(String title, String text) {

    private static final int MOST = 64 << 10;

    /** Of a long text the end, which is what was last. */
    public Section {
        if (text.length() > MOST) {
            int left = text.length() - MOST;
            text = "… %d characters before left out%n%s".formatted(left, text.substring(left));
        }
    }
}
