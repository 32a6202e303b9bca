package io.github.taplab.internal.placement;

/**
 * A lab that looks for room.
 *
 * @param request what it shall be
 * @param size what it takes
 */
record Demand(LabRequest request, LabSize size) {

    static Demand of(LabRequest request) {
        return new Demand(request, LabSize.of(request.spec()));
    }
}
