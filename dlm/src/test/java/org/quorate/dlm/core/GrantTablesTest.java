package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;

/** The tables of dlm_lock(3), cell by cell. */
class GrantTablesTest {
    private static final List<LockMode> MODES =
            List.of(LockMode.NL, LockMode.CR, LockMode.CW, LockMode.PR, LockMode.PW, LockMode.EX);

    @ParameterizedTest(name = "{0} held")
    @CsvSource(delimiter = '|', textBlock = """
        # held | NL | CR | CW | PR | PW | EX
          NL   | y  | y  | y  | y  | y  | y
          CR   | y  | y  | y  | y  | y  | n
          CW   | y  | y  | y  | n  | n  | n
          PR   | y  | y  | n  | y  | n  | n
          PW   | y  | y  | n  | n  | n  | n
          EX   | y  | n  | n  | n  | n  | n
        """)
    void twoModesAreHeldTogetherOrNot(LockMode held, char nl, char cr, char cw, char pr, char pw, char ex) {
        var cells = List.of(nl, cr, cw, pr, pw, ex);
        for (var asked : MODES) {
            boolean together = cells.get(asked.number()) == 'y';
            assertThat(held.isCompatibleWith(asked)).as("%s beside %s", asked, held).isEqualTo(together);
            var queues = new Recorded();
            queues.request(1, held);
            queues.request(2, asked, LockFlag.NOQUEUE);
            assertThat(queues.last(2).status()).as("%s beside %s", asked, held)
                    .isEqualTo(together ? LockStatus.GRANTED : LockStatus.EAGAIN);
        }
    }

    @ParameterizedTest(name = "from {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # from | NL | CR | CW | PR | PW | EX
          IV   | R  | R  | R  | R  | R  | R
          NL   | R  | R  | R  | R  | R  | R
          CR   | -  | R  | R  | R  | R  | R
          CW   | -  | -  | R  | R  | R  | R
          PR   | -  | -  | -  | R  | R  | R
          PW   | W  | W  | W  | W  | W  | R
          EX   | W  | W  | W  | W  | W  | W
        """)
    void aChangeOfModeReadsOrWritesTheValue(LockMode from, char nl, char cr, char cw, char pr, char pw, char ex) {
        var cells = List.of(nl, cr, cw, pr, pw, ex);
        for (var to : MODES) {
            char direction = cells.get(to.number());
            assertThat(StoredValue.writes(from, to)).as("%s to %s writes", from, to).isEqualTo(direction == 'W');
            assertThat(StoredValue.reads(from, to)).as("%s to %s reads", from, to).isEqualTo(direction == 'R');
        }
    }

    @ParameterizedTest(name = "from {0}")
    @CsvSource(delimiter = '|', textBlock = """
        # from | NL | CR | CW | PR | PW | EX
          NL   | n  | y  | y  | y  | y  | y
          CR   | n  | n  | y  | y  | y  | y
          CW   | n  | n  | n  | y  | y  | y
          PR   | n  | n  | y  | n  | y  | y
          PW   | n  | n  | n  | n  | n  | y
          EX   | n  | n  | n  | n  | n  | n
        """)
    void aConversionMayWaitBehindOthersOnlyForMore(LockMode from, char nl, char cr, char cw, char pr, char pw,
            char ex) {
        var cells = List.of(nl, cr, cw, pr, pw, ex);
        for (var to : MODES) {
            assertThat(Arguments.areSensible(from, to, LockFlags.of(LockFlag.QUECVT, LockFlag.CONVERT)))
                    .as("%s to %s", from, to).isEqualTo(cells.get(to.number()) == 'y');
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        # operation | mode | flags                | sensible | because
          lock      | NL   |                      | true     | nothing is wrong with it
          lock      | IV   |                      | false    | no mode
          lock      | PR   | CANCEL               | false    | only an unlock cancels
          lock      | PR   | CONVERT              | false    | a new lock does not convert
          lock      | PR   | QUECVT               | false    | only a conversion
          lock      | PR   | CONVDEADLK           | false    | only a conversion
          lock      | NL   | EXPEDITE             | true     | NL disturbs nobody
          lock      | CR   | EXPEDITE             | false    | only NL
          lock      | NL   | EXPEDITE NOQUEUE     | false    | it never waits anyway
          convert   | EX   | CONVDEADLK           | true     | resolved by giving up
          convert   | EX   | CONVDEADLK NOQUEUE   | false    | no deadlock without waiting
          convert   | NL   | EXPEDITE             | false    | only a new lock
          unlock    | IV   | VALBLK               | true     | writes
          unlock    | IV   | CANCEL FORCEUNLOCK   | false    | one or the other
          unlock    | IV   | NOQUEUE              | false    | an unlock does not wait
        """)
    void requestsMakeSenseOrNot(String operation, LockMode mode, String words, boolean sensible, String because) {
        var flags = LockFlags.NONE;
        for (var word : (words == null ? "" : words).split(" ")) {
            flags = word.isEmpty() ? flags : flags.with(LockFlag.valueOf(word));
        }
        assertThat(switch (operation) {
            case "lock" -> Arguments.areSensible(mode, flags);
            case "convert" -> Arguments.areSensible(LockMode.NL, mode, flags.with(LockFlag.CONVERT));
            default -> Arguments.areSensibleForUnlock(flags);
        }).as(because).isEqualTo(sensible);
    }

    @Test
    void theMeetOfTwoModesIsContainedInBoth() {
        for (var one : MODES) {
            for (var other : MODES) {
                var meet = one.meet(other);
                assertThat(meet.isAtMost(one) && meet.isAtMost(other)).as("%s of %s and %s", meet, one, other).isTrue();
                assertThat(meet).isEqualTo(other.meet(one));
            }
        }
    }

    /** One resource with locks 1, 2, 3, ... of one node, and what it says. */
    static final class Recorded {
        final List<Verdict> said = new ArrayList<>();
        final LockQueues queues = new LockQueues(said::add);
        private int turns;

        Recorded() {
            queues.open(true);
        }

        static LockId id(int number) {
            return new LockId(new NodeId(1), number);
        }

        void request(int lock, LockMode mode, LockFlag... flags) {
            queues.request(id(lock), ++turns, mode, LockFlags.of(flags));
        }

        void convert(int lock, LockMode mode, String value, LockFlag... flags) {
            queues.convert(id(lock), ++turns, mode, LockFlags.of(flags), ValueBlock.of(value));
        }

        void unlock(int lock, LockFlag... flags) {
            queues.unlock(id(lock), ++turns, LockFlags.of(flags), ValueBlock.ZERO);
        }

        void cancel(int lock) {
            queues.cancel(id(lock), last(lock).turn());
        }

        Verdict.Answered last(int lock) {
            return said.stream().filter(one -> one instanceof Verdict.Answered answered
                    && answered.lock().number() == lock).map(Verdict.Answered.class::cast).toList().getLast();
        }

        /** The modes that a holder was told of. */
        List<LockMode> blocked(int lock) {
            return said.stream().filter(one -> one instanceof Verdict.Blocks blocks
                    && blocks.lock().number() == lock).map(one -> ((Verdict.Blocks) one).mode()).toList();
        }
    }
}
