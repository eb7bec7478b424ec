package org.quorate.tools.fence;

import java.io.IOException;
import java.time.Duration;

/** Asks again and again until something is so, and says from time to time that it still waits. */
public record Patience(Duration between, int sayEvery) {
    /** Soon enough not to hold up a node's start; they speak every ten seconds, as these commands always did. */
    public static final Patience USUAL = new Patience(Duration.ofMillis(100), 100);

    /** Something that may be so. */
    @FunctionalInterface
    public interface Question {
        /** Whether it is so now. */
        boolean isSo() throws IOException;
    }

    /**
     * Waits.
     *
     * @param seconds at most; 0 asks once, negative waits for ever
     * @param waiting called at the first vain attempt and then from time to time
     * @return whether it came to be so
     */
    public boolean until(int seconds, Question question, Runnable waiting) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(Math.max(seconds, 0)).toNanos();
        for (long vain = 0; !question.isSo(); vain++) {
            if (seconds >= 0 && System.nanoTime() >= end) {
                return false;
            }
            if (vain % sayEvery == 0) {
                waiting.run();
            }
            try {
                Thread.sleep(between);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }
        return true;
    }
}
