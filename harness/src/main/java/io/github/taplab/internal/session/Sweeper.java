package io.github.taplab.internal.session;

import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LabelledContainer;
import io.github.taplab.internal.docker.LabelledNetwork;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the networks of sessions that died before they could. Containers need no sweeping: their lease ends them, and
 * Docker removes them. The exception is one that was made but not yet started when its session died: it has no lease.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    // Another machine's JVM can't be looked at. Its labs do not stay without a container for so long.
    private static final Duration STALE = Duration.ofHours(1);

    private final DockerEngine docker;
    private final Owner self;

    Sweeper(DockerEngine docker, Owner self) {
        this.docker = docker;
        this.self = self;
    }

    void sweep() {
        for (LabelledContainer container : docker.neverStarted(Owner.LABEL)) {
            Owner owner = Owner.of(container.labels());
            if (!owner.session().equals(self.session()) && isAbandoned(owner, container.created())) {
                docker.removeContainer(container.id());
                LOG.info("Removed a container of the dead session {}", owner.session());
            }
        }
        for (LabelledNetwork network : docker.networksWith(Owner.LABEL)) {
            Owner owner = Owner.of(network.labels());
            if (network.unused() && !owner.session().equals(self.session()) && isAbandoned(owner, network.created())) {
                try {
                    docker.removeNetwork(network.id());
                    LOG.info("Removed network {} of the dead session {}", network.name(), owner.session());
                } catch (RuntimeException e) {
                    // Another session may be sweeping too.
                    LOG.info("Network {} was not removed: {}", network.name(), e.getMessage());
                }
            }
        }
    }

    private static boolean isAbandoned(Owner owner, Instant created) {
        return owner.isOnThisHost() ? !owner.isAlive() : created.plus(STALE).isBefore(Instant.now());
    }
}
