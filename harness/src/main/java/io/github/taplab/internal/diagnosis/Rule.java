package io.github.taplab.internal.diagnosis;

import java.util.stream.Stream;

/** One way in which a lab's network can be otherwise than whoever asserts something may think. */
interface Rule {

    /**
     * What is so in this lab.
     *
     * @param failure the message of the assertion that failed
     * @return sentences with the nodes, addresses and MAC addresses that were seen
     */
    Stream<String> causes(LabTables lab, String failure);
}
