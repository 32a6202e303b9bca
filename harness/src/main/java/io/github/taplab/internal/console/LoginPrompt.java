package io.github.taplab.internal.console;

import java.util.List;
import java.util.regex.Pattern;

/** What a console asks for, as far as its last lines tell. */
enum LoginPrompt {
    /** A user name. */
    LOGIN("^(?!Last )(\\S+ )?[Ll]ogin: ?(\\[ *\\d.*)?$"),
    PASSWORD("^([^:]{0,60} )?[Pp]ass(word|wort|phrase)[^:]{0,40}: ?(\\[ *\\d.*)?$"),
    /** Some key. */
    ENTER("press (Enter|any key)"),
    /** A command: there is a shell that has been taken over before. */
    COMMAND("@taplab:[0-9a-f]{8}:0:idle:$"),
    /**
     * What is asked for is not known, but somebody waits: a line is not finished. It may be a shell's prompt. A line of
     * the kernel's log is none: on a busy machine half of one has been seen to stand there for longer than a pause.
     */
    SOMETHING("^(?!\\[ *\\d+\\.\\d+] ).*\\S"),
    NOTHING("(?!)");

    // A getty, login and PAM; they speak English on a console, where nobody has chosen a language yet.
    private static final Pattern REFUSAL = Pattern.compile("Login incorrect|Authentication failure|Permission denied"
            + "|Maximum number of tries|is currently not available");

    private final Pattern pattern;

    LoginPrompt(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /**
     * What is asked for.
     *
     * @param text what the console has said since a key was pressed last
     */
    static LoginPrompt in(String text) {
        List<String> lines = TerminalLines.of(text);
        for (int i = lines.size() - 1; i >= 0; i--) {
            for (LoginPrompt known : List.of(LOGIN, PASSWORD, ENTER, COMMAND)) {
                if (known.pattern.matcher(lines.get(i)).find()) {
                    return known;
                }
            }
        }
        boolean unfinished = !text.endsWith("\n")
                && !lines.isEmpty()
                && SOMETHING.pattern.matcher(lines.get(lines.size() - 1)).find();
        return unfinished ? SOMETHING : NOTHING;
    }

    /** Whether a user name or a password was not taken. */
    static boolean refuses(String text) {
        return REFUSAL.matcher(text).find();
    }
}
