package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SerialXmlTests {

    @Test
    void findsTheTerminalOfTheFirstSerialPort() {
        assertThat(SerialXml.terminal("""
                        <domain>
                          <devices>
                            <interface type='direct'><source dev='eth0' mode='bridge'/></interface>
                            <serial type='pty'>
                              <source path='/dev/pts/3'/>
                              <log file='/var/log/guest.log' append='off'/>
                            </serial>
                            <console type='pty' tty='/dev/pts/3'><source path='/dev/pts/3'/></console>
                          </devices>
                        </domain>
                        """)).isEqualTo("/dev/pts/3");
    }

    @Test
    void aDomainWithoutOneIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SerialXml.terminal("<domain><serial type='null'/></domain>"))
                .withMessage("The domain has no serial port with a terminal: <domain><serial type='null'/></domain>");
    }
}
