package org.quorate.cman.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
    @ParameterizedTest(name = "{7}")
    @CsvSource(delimiter = '|', textBlock = """
        # expected | present | agreed | two_node | members | needed | quorate | because
          3        | 3       | 0      | false    | 3       | 2      | true    | two of three are more than half
          3        | 2       | 2      | false    | 2       | 2      | true    | two of three may go on
          3        | 1       | 2      | false    | 1       | 2      | false   | one of three may not
          5        | 3       | 0      | false    | 3       | 3      | true    | three of five
          4        | 2       | 0      | false    | 2       | 3      | false   | half is not more than half
          4        | 3       | 0      | false    | 3       | 3      | true    | three of four
          1        | 1       | 0      | false    | 1       | 1      | true    | a cluster of one
          2        | 2       | 0      | false    | 2       | 2      | true    | without two-node mode both are needed
          2        | 1       | 2      | false    | 1       | 2      | false   | and one of them alone does nothing
          1        | 1       | 0      | true     | 1       | 1      | true    | both halves race to fence
          1        | 2       | 0      | true     | 2       | 1      | true    | two-node mode with both
          1        | 1       | 2      | true     | 1       | 1      | true    | two-node mode beats what was agreed
          1        | 3       | 0      | true     | 3       | 2      | true    | three members: the usual formula
          3        | 3       | 2      | false    | 2       | 2      | true    | two nodes and a quorum disk
          3        | 2       | 2      | false    | 1       | 2      | true    | one node and the quorum disk
          3        | 5       | 2      | false    | 5       | 3      | true    | more present than expected raise it
          3        | 2       | 3      | false    | 2       | 3      | false   | what was agreed does not sink by itself
          4        | 4       | 3      | false    | 4       | 3      | true    | an ordinary leave of five keeps it
          9        | 5       | 0      | false    | 2       | 5      | true    | votes count and not nodes
          0        | 0       | 0      | false    | 1       | 1      | false   | a node without votes does nothing alone
        """)
    void aPartitionIsQuorate(int expected, int present, int agreed, boolean twoNode, int members, int needed,
            boolean quorate, String because) {
        var quorum = Quorum.of(expected, present, agreed, twoNode, members);
        assertThat(quorum.needed()).as(because).isEqualTo(needed);
        assertThat(quorum.reached()).as(because).isEqualTo(quorate);
    }

    @ParameterizedTest(name = "expected {0} with {1} votes present: {2}")
    @CsvSource({"3, 3, true", "1, 3, true", "5, 3, true", "6, 3, false", "7, 3, false", "9, 5, true", "10, 5, false"})
    void anAdministratorMayAskForWhatCanBeReached(int expected, int present, boolean sane) {
        assertThat(Quorum.of(expected, present, 0, false, 3).sane()).isEqualTo(sane);
    }
}
