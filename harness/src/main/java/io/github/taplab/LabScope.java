package io.github.taplab;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How long a lab lives. A {@code @TestFactory} method is one test with all of its dynamic tests, between which JUnit
 * calls no extension: each of them sees what the earlier ones changed.
 */
@API(status = Status.STABLE, since = "0.1.0")
public enum LabScope {
    /** One lab for all tests of a class; they see what the earlier ones changed. */
    CLASS,
    /**
     * One lab for all tests of a class, which goes back before each of them to where it was before the first, when
     * {@code @BeforeAll} methods had run: memory and disks of the guests, NICs that were taken out, cables, and of all
     * other nodes what belongs to the network (interfaces, addresses, routes, neighbours, packet filter, queueing
     * disciplines). Guests go back in their running machines, which takes up to two seconds where they are emulated;
     * their clocks are set anew. Files and processes of containers stay as a test has left them. A lab that can't go
     * back, since a guest's machine has ended or a container has lost an interface, fails the test that it was for.
     */
    REWIND,
    /** A new lab for each test; slower, and without anything that earlier tests left behind. */
    METHOD
}
