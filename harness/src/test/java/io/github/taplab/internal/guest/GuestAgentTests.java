package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.machine.Machine;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class GuestAgentTests {

    private static GuestAgent agentThatAnswers(String error) {
        Machine machine = (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(error);
                });
        return new GuestAgent("guest", machine);
    }

    /** What QEMU's qapi/qmp-dispatch.c says, behind libvirt's words. */
    @Test
    void anAgentThatMayNotRunCommandsIsSaidToNeedTheConsole() {
        String error = "internal error: unable to execute QEMU agent command 'guest-exec':"
                + " Command guest-exec has been disabled: the command is not allowed";

        assertThatIllegalStateException()
                .isThrownBy(() -> agentThatAnswers(error).run("true"))
                .withMessage("The agent of guest may not do guest-exec, its system's configuration says so;"
                        + " shell = CONSOLE works without it: " + error);
    }

    @Test
    void itsOtherErrorsAreToldAsTheyAre() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> agentThatAnswers("Guest agent is not responding").run("true"))
                .withMessage("Guest agent is not responding");
    }
}
