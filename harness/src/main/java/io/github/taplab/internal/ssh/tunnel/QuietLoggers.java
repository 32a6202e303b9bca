package io.github.taplab.internal.ssh.tunnel;

import net.schmizz.sshj.common.LoggerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** sshj logs refused log-ins and lost connections as errors; here they are results, or exceptions with a sentence. */
public enum QuietLoggers implements LoggerFactory {
    INSTANCE;

    @Override
    public Logger getLogger(String name) {
        return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return NOPLogger.NOP_LOGGER;
    }
}
