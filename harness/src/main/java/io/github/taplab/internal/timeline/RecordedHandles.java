package io.github.taplab.internal.timeline;

import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.node.Undo;
import java.util.IdentityHashMap;

/** The handles of one lab as its tests have them: each notes what it is asked for, and is there once. */
public final class RecordedHandles {

    private final Timeline timeline;
    private final IdentityHashMap<Object, Object> proxies = new IdentityHashMap<>();

    /** Handles that write on a timeline. */
    public RecordedHandles(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The handle, and all that it hands out, with the timeline; what is no handle is returned as it is. */
    public Object of(Object value) {
        return of(value, "", "");
    }

    // An Undo is asked once, and there may be many.
    synchronized Object of(Object value, String node, String what) {
        Object known = proxies.get(value);
        if (known != null) {
            return known;
        }
        Object proxy = Recorded.proxy(this, value, node, what).orElse(value);
        if (proxy != value && !(value instanceof Undo)) {
            proxies.put(value, proxy);
        }
        return proxy;
    }

    void add(Step step) {
        timeline.add(step);
    }
}
