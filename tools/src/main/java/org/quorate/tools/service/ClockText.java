package org.quorate.tools.service;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/** Times as ctime(3) writes them, without its newline. */
final class ClockText {
    private ClockText() {}

    static String of(long epochSeconds, ZoneId zone) {
        // ctime() pads the day with a blank, which no pattern of java.time does.
        var time = Instant.ofEpochSecond(epochSeconds).atZone(zone);
        return String.format(Locale.ROOT, "%ta %<tb %<te", time).length() == "Tue Mar 13".length()
                ? String.format(Locale.ROOT, "%ta %<tb %<te %<tT %<tY", time)
                : String.format(Locale.ROOT, "%ta %<tb  %<te %<tT %<tY", time);
    }
}
