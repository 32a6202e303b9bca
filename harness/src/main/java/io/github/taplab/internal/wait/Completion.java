package io.github.taplab.internal.wait;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Something that will be done, for a thread that is just blocked until then. {@link CompletableFuture#get} and its like
 * tell a fork-join pool of it, which then starts a thread more: JUnit's pool would run more test classes at a time than
 * it was told to.
 */
final class Completion {

    private Completion() {}

    /** Waits until it is done, and returns whether it is. */
    static boolean isWithin(long nanos, CompletableFuture<?> event) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<?> unused = event.whenComplete((answer, failure) -> done.countDown());
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * What came of it, when it is done.
     *
     * @throws X what it failed with, whose kind the caller knows
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T, X extends Exception> T answer(CompletableFuture<T> done) throws X {
        try {
            return done.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw (X) cause;
        }
    }
}
