package io.github.taplab.internal.shard;

import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.spec.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which share of a run this is.
 *
 * @param number from 1
 * @param count of all shares
 */
record Shard(int number, int count) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})/([1-9][0-9]{0,3})");

    /**
     * Reads such as {@code 2/5}.
     *
     * @throws IllegalArgumentException if it is none, with what it may be
     */
    static Shard parse(String text) {
        Matcher found = FORM.matcher(text);
        if (found.matches()) {
            Shard shard = new Shard(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
            if (shard.number <= shard.count) {
                return shard;
            }
        }
        throw new IllegalArgumentException("%s is a share of a run such as 2/5, the second of five, found %s"
                .formatted(SettingNames.SHARD, Quoted.of(text)));
    }
}
