package io.github.taplab.internal.config;

import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Tells people what takes long. It prints, and does not log: most test projects have no log binding, and a minute of
 * silence looks like a hang.
 */
public final class Progress implements Consumer<String> {

    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void accept(String line) {
        out.println("taplab: " + line);
        out.flush();
    }
}
