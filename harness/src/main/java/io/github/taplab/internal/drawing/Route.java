package io.github.taplab.internal.drawing;

import io.github.taplab.internal.drawing.Passage.Sighting;
import io.github.taplab.spec.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The arrow of a frame, by the numbers of its lanes.
 *
 * @param start where it was first seen
 * @param way of the arrow from lane to lane; of a frame for a group, from its leftmost to its rightmost
 * @param heads where it arrived
 * @param passed where it was seen on its way
 * @param elsewhere whether it comes from where nobody looks
 * @param end what became of it
 * @param right on which side of the last lane it should have gone on
 * @param note what to say of it; empty where it arrived
 */
record Route(
        int start,
        List<Integer> way,
        List<Integer> heads,
        List<Integer> passed,
        boolean elsewhere,
        End end,
        boolean right,
        String note) {

    /** What becomes of a frame. */
    enum End {
        /** Somebody for whom it is has it. */
        ARRIVED,
        /** It should have been seen further on. */
        LOST,
        /** It went where nobody looks, or nobody else is there. */
        LEFT
    }

    /**
     * Finds the arrow.
     *
     * @param owners title of the lane, or of a station without one, that has a MAC address
     */
    static Route of(Passage passage, List<Lane> lanes, Map<MacAddress, String> owners) {
        return passage.destination().isMulticast()
                ? toGroup(passage, lanes)
                : toOne(passage, lanes, Optional.ofNullable(owners.get(passage.destination())));
    }

    private static Route toGroup(Passage passage, List<Lane> lanes) {
        Sighting first = passage.first();
        TreeSet<Integer> heads = new TreeSet<>();
        TreeSet<Integer> passed = new TreeSet<>();
        for (Sighting sighting : passage.sightings()) {
            (sighting.outgoing() ? passed : heads).add(sighting.lane());
        }
        passed.remove(first.lane());
        if (!first.outgoing() || !heads.isEmpty()) {
            TreeSet<Integer> all = new TreeSet<>(heads);
            all.add(first.lane());
            return new Route(
                    first.lane(),
                    List.of(all.first(), all.last()),
                    List.copyOf(heads),
                    List.copyOf(passed),
                    !first.outgoing(),
                    End.ARRIVED,
                    true,
                    "");
        }
        List<Integer> way = way(passage.sightings());
        Lane last = lanes.get(way.get(way.size() - 1));
        boolean othersAreThere = lanes.stream().anyMatch(lane -> !lane.node().equals(last.node()));
        return new Route(
                first.lane(),
                way,
                List.of(),
                between(way),
                false,
                othersAreThere ? End.LOST : End.LEFT,
                goesRight(way, lanes),
                othersAreThere ? "lost after " + last.port() : "");
    }

    private static Route toOne(Passage passage, List<Lane> lanes, Optional<String> owner) {
        Sighting first = passage.first();
        Optional<Lane> target = lanes.stream()
                .filter(lane -> owner.equals(Optional.of(lane.title())))
                .findFirst();
        List<Sighting> seen = passage.sightings();
        int arrival = -1;
        for (int i = 0; i < seen.size() && arrival < 0; i++) {
            if (!seen.get(i).outgoing()
                    && target.equals(Optional.of(lanes.get(seen.get(i).lane())))) {
                arrival = i;
            }
        }
        int last = arrival >= 0 ? arrival : lastOnTheWay(seen, lanes, target);
        String from = lanes.get(first.lane()).node();
        String to = lanes.get(seen.get(last).lane()).node();
        // A bridge that does not know yet where a station is hands its frames to all.
        List<Integer> way = way(seen.subList(0, last + 1).stream()
                .filter(sighting ->
                        List.of(from, to).contains(lanes.get(sighting.lane()).node()))
                .toList());
        if (arrival >= 0) {
            return new Route(
                    first.lane(),
                    way,
                    List.of(way.get(way.size() - 1)),
                    between(way),
                    !first.outgoing(),
                    End.ARRIVED,
                    true,
                    "");
        }
        boolean outside = owner.isPresent() && target.isEmpty();
        return new Route(
                first.lane(),
                way,
                List.of(),
                between(way),
                !first.outgoing(),
                outside ? End.LEFT : End.LOST,
                target.map(lane -> lanes.indexOf(lane) > way.get(way.size() - 1))
                        .orElse(goesRight(way, lanes)),
                outside
                        ? "to " + owner.get()
                        : "lost after " + lanes.get(seen.get(last).lane()).port());
    }

    /** The last sighting at the node that it is for, or of all where it did not come so far. */
    private static int lastOnTheWay(List<Sighting> seen, List<Lane> lanes, Optional<Lane> target) {
        for (int i = seen.size() - 1; i >= 0; i--) {
            String node = lanes.get(seen.get(i).lane()).node();
            if (target.filter(lane -> lane.node().equals(node)).isPresent()) {
                return i;
            }
        }
        return seen.size() - 1;
    }

    private static List<Integer> way(List<Sighting> sightings) {
        List<Integer> way = new ArrayList<>();
        for (Sighting sighting : sightings) {
            if (way.isEmpty() || way.get(way.size() - 1) != sighting.lane()) {
                way.add(sighting.lane());
            }
        }
        return way;
    }

    private static boolean goesRight(List<Integer> way, List<Lane> lanes) {
        int last = way.get(way.size() - 1);
        return way.size() > 1 ? last > way.get(way.size() - 2) : last < lanes.size() - 1;
    }

    private static List<Integer> between(List<Integer> way) {
        return way.size() < 3 ? List.of() : List.copyOf(way.subList(1, way.size() - 1));
    }

    int lastLane() {
        return way.get(way.size() - 1);
    }
}
