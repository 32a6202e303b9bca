package io.github.taplab.samples.delivery;

import io.github.taplab.FromLab;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Two guests, left and right, with an address each in a VLAN of their own. */
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
abstract class GuestsInAVlan {

    static final int VLAN = 42;

    @FromLab("left")
    Guest left;

    @FromLab("right")
    Guest right;

    @FromLab
    Client client;

    InetAddress ipOfLeft;
    InetAddress ipOfRight;

    @BeforeAll
    static void joinTheVlan(@FromLab("left") Guest left, @FromLab("right") Guest right, Client client) {
        left.addVlan(VLAN, ofLeft(client));
        right.addVlan(VLAN, ofRight(client));
    }

    static InterfaceIp ofLeft(Client client) {
        return client.interfaceIp().plus(100);
    }

    static InterfaceIp ofRight(Client client) {
        return client.interfaceIp().plus(101);
    }

    @BeforeEach
    void nameTheAddresses() {
        ipOfLeft = ofLeft(client).ip();
        ipOfRight = ofRight(client).ip();
    }

    EthernetFrame questionFor(InetAddress wanted) {
        return EthernetFrame.arpRequest(client.mac(), client.ip(), wanted);
    }
}
