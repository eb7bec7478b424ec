package org.quorate.rgmanager.core.central;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines that scripts and the event master exchange: words with blanks between them. What a word cannot hold is
 * written as in an address of the web: {@code %20} is a blank, {@code %2C} a comma, {@code %25} a percent sign.
 */
final class Words {
    private Words() {}

    static List<String> of(String line) {
        return Stream.of(line.strip().split("[ \\t]+")).filter(w -> !w.isEmpty())
                .map(w -> w.replace("%20", " ").replace("%2C", ",").replace("%2c", ",").replace("%25", "%")).toList();
    }

    static String line(List<String> words) {
        return words.stream().map(Words::word).collect(Collectors.joining(" "));
    }

    private static String word(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replaceAll("\\s", "%20");
    }
}
