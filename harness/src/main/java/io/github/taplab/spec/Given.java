package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether everything is there that a value is made of: a null would be heard of where nobody knows its name. */
final class Given {

    private Given() {}

    /**
     * Checks parts, lists with what is in them.
     *
     * @param of whose parts
     * @param parts name and value in turn
     * @throws InvalidSpecException with every part that is null
     */
    static void check(String of, @Nullable Object... parts) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < parts.length; i += 2) {
            if (parts[i + 1] == null) {
                problems.add("%s = null: %s must have one, which may be its default".formatted(parts[i], of));
            } else if (parts[i + 1] instanceof List<?> list) {
                int place = list.stream().map(each -> each == null).toList().indexOf(true);
                if (place >= 0) {
                    problems.add("%s has a null at place %d".formatted(parts[i], place + 1));
                }
            }
        }
        InvalidSpecException.throwIfAny(problems);
    }
}
