package io.github.taplab.samples.soak;

/**
 * How much a measure may grow while runs come and go, and still count as flat.
 *
 * @param once whatever the number of runs: pools fill up, and a garbage collector takes what it is given
 * @param perRun for each run; what is lost with every run is more than that
 */
record Bound(double once, double perRun) {

    double of(int runs) {
        return once + perRun * runs;
    }
}
