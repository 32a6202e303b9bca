package io.github.taplab.internal.libvirt;

import java.io.StringReader;
import java.util.concurrent.CompletableFuture;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.xml.sax.InputSource;

/** A running domain. */
public final class LibvirtDomain {

    private final String name;
    private final Domain domain;
    private final DomainEvents events;

    LibvirtDomain(String name, Domain domain, DomainEvents events) {
        this.name = name;
        this.domain = domain;
        this.events = events;
    }

    /** Completes when the guest has opened the agent's port, or fails when the domain stops before. */
    public CompletableFuture<Void> agentConnected() {
        return events.agent();
    }

    /**
     * Sends one command to the guest agent.
     *
     * @param json the command
     * @param timeoutSeconds until libvirt gives the answer up
     * @return the agent's answer, JSON too
     * @throws IllegalStateException with libvirt's or the agent's own words
     */
    public String agentCommand(String json, int timeoutSeconds) {
        try {
            return domain.qemuAgentCommand(json, timeoutSeconds, 0);
        } catch (LibvirtException e) {
            throw new IllegalStateException("The agent of %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Name of the macvtap that libvirt made for the only NIC. */
    public String macvtap() {
        try {
            return XPathFactory.newInstance()
                    .newXPath()
                    .evaluate("/domain/devices/interface/target/@dev", new InputSource(new StringReader(xml())));
        } catch (XPathExpressionException e) {
            throw new IllegalStateException("libvirt's XML of " + name + " can't be read", e);
        }
    }

    /** The live XML. */
    public String xml() {
        try {
            return domain.getXMLDesc(0);
        } catch (LibvirtException e) {
            throw new IllegalStateException("No XML of %s: %s".formatted(name, e.getMessage()), e);
        }
    }
}
