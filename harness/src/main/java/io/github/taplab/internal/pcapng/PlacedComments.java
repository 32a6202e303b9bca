package io.github.taplab.internal.pcapng;

import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.text.Visible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which frame has which comments.
 *
 * @param byFrame by the frame's number
 * @param ofTheFile what has no frame
 */
record PlacedComments(Map<Integer, List<String>> byFrame, List<String> ofTheFile) {

    // In the packet list one is a line; the whole output of a command is not meant for it.
    private static final int MOST_BYTES = 300;
    // A test that asks in a loop can have thousands of steps between two frames.
    private static final int MOST_ON_A_FRAME = 50;
    private static final String AFTER = "after this frame: ";

    static PlacedComments of(List<Comment> comments, List<RingFrame> frames) {
        Map<Integer, List<String>> byFrame = new HashMap<>();
        List<String> ofTheFile = new ArrayList<>();
        int frame = 0;
        for (Comment comment :
                comments.stream().sorted(Comparator.comparing(Comment::at)).toList()) {
            while (frame < frames.size() && frames.get(frame).at().isBefore(comment.at())) {
                frame++;
            }
            if (frames.isEmpty()) {
                ofTheFile.add(shown("", comment));
            } else if (frame == frames.size()) {
                byFrame.computeIfAbsent(frame - 1, none -> new ArrayList<>()).add(shown(AFTER, comment));
            } else {
                byFrame.computeIfAbsent(frame, none -> new ArrayList<>()).add(shown("", comment));
            }
        }
        return new PlacedComments(byFrame, bounded(ofTheFile));
    }

    List<String> on(int frame) {
        return bounded(byFrame.getOrDefault(frame, List.of()));
    }

    private static String shown(String before, Comment comment) {
        String text = before + Visible.of(Visible.beginning(comment.text(), MOST_BYTES));
        int most = text.codePointCount(0, text.length());
        while (Visible.beginning(text, most).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            most = Math.min(most, MOST_BYTES + 1) - 1;
        }
        return Visible.beginning(text, most);
    }

    private static List<String> bounded(List<String> comments) {
        if (comments.size() <= MOST_ON_A_FRAME) {
            return List.copyOf(comments);
        }
        List<String> first = new ArrayList<>(comments.subList(0, MOST_ON_A_FRAME - 1));
        first.add("and %d more until this frame".formatted(comments.size() - first.size()));
        return List.copyOf(first);
    }
}
