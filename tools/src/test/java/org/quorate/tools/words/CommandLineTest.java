package org.quorate.tools.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.tools.words.CommandLine.Option;

class CommandLineTest {
    private static final String LETTERS = "wqt:r::n:s#";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # line               | options and words
          join               | join
          -w join            | -w join
          join -w            | -w join
          -t 60 -w join      | -t=60 -w join
          -t60 join          | -t=60 join
          -wt60 join         | -w -t=60 join
          -wqt 60 join       | -w -q -t=60 join
          version -r         | -r version
          version -r7        | -r=7 version
          version -r 7       | -r version 7
          -n a -n b kill     | -n=a -n=b kill
          -- -w              | -w-as-word
          kill -             | kill -
          -t -5 wait         | -t=-5 wait
          -s 5 wait          | -s=5 wait
          -s-1 wait          | -s=-1 wait
          -ws wait           | -w -s wait
          -sw wait           | -s -w wait
        """)
    void optionsAndWordsComeInAnyOrder(String line, String expected) throws Exception {
        var found = CommandLine.parse(LETTERS, List.of(line.split(" ")));
        String options = found.options().stream()
                .map(o -> "-" + o.letter() + o.argument().map(a -> "=" + a).orElse(""))
                .collect(Collectors.joining(" "));
        String words = found.words().stream()
                .map(w -> w.length() > 1 && w.startsWith("-") ? w + "-as-word" : w)
                .collect(Collectors.joining(" "));
        assertThat((options + " " + words).strip()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
          -z      | invalid option -- 'z'
          -wz     | invalid option -- 'z'
          join -t | option requires an argument -- 't'
          -:      | invalid option -- ':'
        """)
    void getoptComplains(String line, String message) {
        assertThatThrownBy(() -> CommandLine.parse(LETTERS, List.of(line.split(" "))))
                .isInstanceOf(CommandLine.Wrong.class)
                .hasMessage(message);
    }

    @Test
    void whatStandsBeforeAMistakeCanStillBeActedOn() {
        var line = CommandLine.read(LETTERS, List.of("-w", "join", "-q", "-z", "-t", "5"));
        assertThat(line.options()).extracting(Option::letter).containsExactly('w', 'q');
        assertThat(line.words()).containsExactly("join");
        assertThat(line.mistake()).contains("invalid option -- 'z'");
    }

    @Test
    void theLastOfSeveralArgumentsCounts() throws Exception {
        var line = CommandLine.parse(LETTERS, List.of("-t", "5", "-ww", "-t", "x", "-n", "7"));
        assertThat(line.value('t')).contains("x");
        assertThat(line.number('t', 1)).as("what is no number counts as 0").isZero();
        assertThat(line.number('n', 1)).isEqualTo(7);
        assertThat(line.number('r', 1)).isEqualTo(1);
        assertThat(line.count('w')).isEqualTo(2);
    }
}
