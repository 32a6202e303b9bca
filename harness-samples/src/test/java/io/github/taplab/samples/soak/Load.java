package io.github.taplab.samples.soak;

import java.util.ArrayList;
import java.util.List;

/** Threads that do nothing but count. */
final class Load implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Load(int cores) {
        for (int i = 0; i < cores; i++) {
            Thread thread = new Thread(this::count, "soak-load");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void count() {
        while (!over) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
