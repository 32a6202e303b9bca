package io.github.taplab.internal.timeline;

import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Event.TestEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The events of one lab, in the order in which they ended. */
public final class Timeline {

    // A test that asks in a loop has been seen to ask a few hundred times.
    private static final int MOST_EVENTS = 10_000;

    private final List<Event> events = new ArrayList<>();
    private int leftOut;

    /** Adds what has just happened. */
    public synchronized void add(Event event) {
        if (events.size() < MOST_EVENTS || !(event instanceof Step)) {
            events.add(event);
        } else {
            leftOut++;
        }
    }

    /** Adds a part of the lab's start that ends now. */
    public void phase(String what, Duration took) {
        add(new Event.Phase(Instant.now().minus(took), took, what));
    }

    /** All events so far. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * What a test has asked and done so far, in order; none if it has no lab here. What is done within a dynamic test
     * is that one's, and not its factory's.
     */
    public synchronized List<Step> steps(String test) {
        List<Step> steps = new ArrayList<>();
        Deque<String> running = new ArrayDeque<>();
        for (Event event : events) {
            if (event instanceof TestBegan began) {
                running.push(began.id());
            } else if (event instanceof TestEnded ended) {
                running.remove(ended.id());
            } else if (test.equals(running.peek()) && event instanceof Step step) {
                steps.add(step);
            }
        }
        return List.copyOf(steps);
    }

    /** How many steps are not among them, since there were too many. */
    public synchronized int leftOut() {
        return leftOut;
    }
}
