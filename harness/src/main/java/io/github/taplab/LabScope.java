package io.github.taplab;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How long a lab lives. */
@API(status = Status.STABLE, since = "0.1.0")
public enum LabScope {
    /** One lab for all tests of a class; they see what the earlier ones changed. */
    CLASS,
    /** A new lab for each test; slower, and without what earlier tests left behind. */
    METHOD
}
