package io.github.taplab.internal.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Map;

/** An engine's volumes. */
public final class Volumes {

    private final AskedEngine engine;

    Volumes(AskedEngine engine) {
        this.engine = engine;
    }

    /** Sees to it that there is a volume of this name; it is empty if there was none. */
    public void ensure(String name, Map<String, String> labels) {
        engine.tell(
                "create volume " + name,
                asked -> asked.createVolumeCmd()
                        .withName(name)
                        .withLabels(labels)
                        .exec());
    }

    /** Removes a volume; one that is gone already is no error. */
    public void remove(String name) {
        try {
            engine.clean(
                    "remove volume " + name,
                    asked -> asked.removeVolumeCmd(name).exec());
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }
}
