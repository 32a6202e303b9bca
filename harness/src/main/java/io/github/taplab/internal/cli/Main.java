package io.github.taplab.internal.cli;

/**
 * The command of the jar. It needs nothing but the JDK itself: the jar that tests depend on has no dependencies inside,
 * and then says where they are.
 */
public final class Main {

    static final int WRONG_USE = 2;

    private Main() {}

    /** Ends with 0, with 1 if what was asked for is not so or could not be done, and with 2 if it is used wrongly. */
    public static void main(String... arguments) {
        // Nothing binds the log here, and the library that says so prints it before what was asked for.
        System.setProperty("slf4j.internal.verbosity", System.getProperty("slf4j.internal.verbosity", "ERROR"));
        int code;
        try {
            code = new CommandLine(System.out, System.err).run(arguments);
        } catch (NoClassDefFoundError e) {
            System.err.println("taplab: this jar has no dependencies inside (" + e.getMessage()
                    + "): use the one whose name ends in -standalone.jar, or run the main class "
                    + Main.class.getName() + " with Taplab's dependencies on the class path");
            code = WRONG_USE;
        }
        // Who was given up as silent may still have a thread.
        System.exit(code);
    }
}
