package io.github.taplab.internal.wait;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting.Call;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A call on a thread of its own, which can be left behind. */
final class LeavableCall<T, X extends Exception> {

    private final String what;
    private final Consumer<T> tooLate;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Thread caller;

    LeavableCall(String what, Call<T, X> call, Consumer<T> tooLate) {
        this.what = what;
        this.tooLate = tooLate;
        caller = new Thread(() -> make(call), "taplab: " + what);
        caller.setDaemon(true);
    }

    private void make(Call<T, X> call) {
        try {
            T found = call.answer();
            if (!answer.complete(found)) {
                tooLate.accept(found);
            }
        } catch (Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Makes the call and waits for its answer. */
    T answerWithin(Duration deadline) throws X {
        caller.start();
        try {
            if (!Completion.isWithin(deadline.toNanos(), answer)) {
                DeadlineExceededException late = new DeadlineExceededException(
                        "%s: no answer within %d ms".formatted(what, deadline.toMillis()));
                // Else it has come in this moment.
                if (answer.completeExceptionally(late)) {
                    caller.interrupt();
                    throw late;
                }
            }
        } catch (InterruptedException e) {
            InterruptedWaitException interrupted = new InterruptedWaitException(what, e);
            if (answer.completeExceptionally(interrupted)) {
                caller.interrupt();
            } else if (!answer.isCompletedExceptionally()) {
                tooLate.accept(answer.join());
            }
            throw interrupted;
        }
        // The call declares what it throws, so nothing else comes out of it.
        return Completion.<T, X>answer(answer);
    }
}
