package io.github.taplab.internal.text;

/** Which letters of a text a reader would not see. */
public final class Letters {

    private static final int DELETE = 0x7f;

    private Letters() {}

    /** Whether it is one of the 33 that a terminal takes for orders, and that have names, such as {@code ESC}. */
    public static boolean isOrder(int letter) {
        return letter < ' ' || letter == DELETE;
    }

    /**
     * Whether it has no sign of its own: orders to terminals, what turns the writing direction round or takes no room,
     * half a character, and what no font has, since nobody knows what it is.
     */
    public static boolean isHidden(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
