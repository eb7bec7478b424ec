package org.quorate.dist.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How a program ended, and what it said. */
record Ended(List<String> command, int status, String out, String err) {
    /** It did what it should, without a word of complaint. */
    Ended well() {
        assertThat(status).as("%s", this).isZero();
        assertThat(err).as("%s", this).isEmpty();
        return this;
    }

    /** It said in one line on standard error what is the matter, and no more. */
    Ended refused(int expected, String... parts) {
        return refusedInLines(1, expected, parts);
    }

    /** As {@link #refused}, in so many lines; empty ones, which RHCS had here and there, do not count. */
    Ended refusedInLines(int lines, int expected, String... parts) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        assertThat(err.lines().filter(line -> !line.isBlank())).as("%s", this).hasSize(lines);
        for (String part : parts) {
            assertThat(err).as("%s", this).contains(part);
        }
        return plain();
    }

    /** A user's mistake, or the world's, gives no stack trace and no name of a class. */
    Ended plain() {
        assertThat(err + out).as("%s", this).doesNotContain("\tat ", "Exception", "org.quorate", "java.");
        return this;
    }
}
