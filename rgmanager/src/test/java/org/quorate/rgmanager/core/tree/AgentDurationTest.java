package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentDurationTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        # text        | seconds   | because
          30          | 30        | no unit is seconds
          30s         | 30        | seconds
          5M          | 300       | any case
          1h30m15s    | 5415      | items add up
          2d          | 172800    | days
          1w          | 604800    | weeks
          1Y          | 31536000  | years of 365 days
          10q         | 0         | an unknown unit counts nothing
          10q5s       | 5         | the other items still count
          '30 s'      | 0         | a blank is an unknown unit
          x           | 0         | no number
          ''          | 0         | nothing
          99999999999 | 0         | more than an int of seconds
          100y        | 0         | more than an int of seconds
        """)
    void aTextIsADuration(String text, long seconds, String because) {
        assertThat(AgentDuration.parse(text).toSeconds()).as(because).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
          12abc          | 12
          ' -3'          | -3
          +4             | 4
          yes            | 0
          ''             | 0
          99999999999999 | 2147483647
        """)
    void aNumberIsWhatStandsAtTheFront(String text, int number) {
        assertThat(LeadingNumber.of(text)).isEqualTo(number);
    }
}
