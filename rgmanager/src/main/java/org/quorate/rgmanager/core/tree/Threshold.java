package org.quorate.rgmanager.core.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.quorate.time.Moment;

/** Counts to a limit and forgets what is too old: "3 restarts in 300 s". */
public final class Threshold {
    private final int limit;
    private final Duration expiry;
    private final List<Moment> entries = new ArrayList<>();

    /**
     * Starts at none.
     *
     * @param limit  entries that exhaust it, at least 1
     * @param expiry after which an entry is forgotten; zero is never
     */
    public Threshold(int limit, Duration expiry) {
        if (limit < 1 || expiry.isNegative()) {
            throw new IllegalArgumentException("threshold of " + limit + " in " + expiry);
        }
        this.limit = limit;
        this.expiry = expiry;
    }

    /** Counts one. */
    public void add(Moment now) {
        forget(now);
        // More than the limit would tell nothing new, and would grow for ever where nothing expires.
        if (entries.size() == limit) {
            entries.removeFirst();
        }
        entries.add(now);
    }

    /** Whether as many as the limit are remembered. */
    public boolean exhausted(Moment now) {
        forget(now);
        return entries.size() >= limit;
    }

    /** How many are remembered. */
    public int count(Moment now) {
        forget(now);
        return entries.size();
    }

    /** Such as {@code 2 of 3 restarts within 60 s}. */
    public String words(Moment now) {
        return count(now) + " of " + limit + " restarts"
                + (expiry.isZero() ? "" : " within " + expiry.toSeconds() + " s");
    }

    /** Entries that exhaust it. */
    public int limit() {
        return limit;
    }

    /** After which an entry is forgotten; zero is never. */
    public Duration expiry() {
        return expiry;
    }

    /** Forgets everything. */
    public void clear() {
        entries.clear();
    }

    private void forget(Moment now) {
        entries.removeIf(e -> !expiry.isZero() && e.until(now).compareTo(expiry) >= 0);
    }
}
