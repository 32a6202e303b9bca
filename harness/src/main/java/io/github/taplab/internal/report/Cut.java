package io.github.taplab.internal.report;

/** Text that is too long for where it goes. */
final class Cut {

    private Cut() {}

    /** The text, or its beginning and how much longer it was. */
    static String after(int characters, String text) {
        if (text.length() <= characters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return "%s\n… and %d characters more".formatted(text.substring(0, end), text.length() - end);
    }
}
