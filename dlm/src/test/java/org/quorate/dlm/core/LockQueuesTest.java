package org.quorate.dlm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.api.dlm.LockMode.CR;
import static org.quorate.api.dlm.LockMode.CW;
import static org.quorate.api.dlm.LockMode.EX;
import static org.quorate.api.dlm.LockMode.IV;
import static org.quorate.api.dlm.LockMode.NL;
import static org.quorate.api.dlm.LockMode.PR;
import static org.quorate.api.dlm.LockMode.PW;
import static org.quorate.api.dlm.LockStatus.EAGAIN;
import static org.quorate.api.dlm.LockStatus.ECANCEL;
import static org.quorate.api.dlm.LockStatus.EDEADLK;
import static org.quorate.api.dlm.LockStatus.EINPROG;
import static org.quorate.api.dlm.LockStatus.EUNLOCK;
import static org.quorate.api.dlm.LockStatus.GRANTED;

import org.junit.jupiter.api.Test;
import org.quorate.api.dlm.DlmReply.Completed;
import org.quorate.api.dlm.LockFlag;
import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockStatus;
import org.quorate.api.dlm.ValueBlock;
import org.quorate.dlm.core.GrantTablesTest.Recorded;

class LockQueuesTest {
    private final Recorded on = new Recorded();

    private void isSo(int lock, LockStatus status, LockMode mode) {
        assertThat(on.last(lock)).extracting(Verdict.Answered::status, Verdict.Answered::mode)
                .as("lock %s", lock).containsExactly(status, mode);
    }

    @Test
    void whoeverComesFirstIsGrantedFirst() {
        on.request(1, EX);
        on.request(2, PR);
        on.request(3, EX);
        on.request(4, PR);
        isSo(2, EINPROG, IV);
        on.unlock(1);
        isSo(1, EUNLOCK, IV);
        isSo(2, GRANTED, PR);
        isSo(4, EINPROG, IV);
        on.unlock(2);
        isSo(3, GRANTED, EX);
        on.unlock(3);
        isSo(4, GRANTED, PR);
    }

    @Test
    void nobodyOvertakesTheWaitingWithoutLeave() {
        on.request(1, PR);
        on.request(2, EX);
        on.request(3, PR);
        isSo(3, EINPROG, IV);
        on.request(4, PR, LockFlag.NOORDER);
        isSo(4, GRANTED, PR);
        on.request(5, NL);
        isSo(5, EINPROG, IV);
        on.request(6, NL, LockFlag.EXPEDITE);
        isSo(6, GRANTED, NL);
    }

    @Test
    void headqueWaitsFirst() {
        on.request(1, EX);
        on.request(2, PW);
        on.request(3, PW, LockFlag.HEADQUE);
        on.unlock(1);
        isSo(3, GRANTED, PW);
        isSo(2, EINPROG, IV);
    }

    @Test
    void conversionsOvertakeAndComeBeforeTheWaiting() {
        on.request(1, PR);
        on.request(2, PR);
        on.request(3, EX);
        on.convert(1, EX, "");
        isSo(1, EINPROG, PR);
        on.unlock(2);
        isSo(1, GRANTED, EX);
        isSo(3, EINPROG, IV);
    }

    @Test
    void quecvtWaitsBehindOtherConversionsButNotBehindNobody() {
        on.request(1, CR);
        on.request(2, NL);
        on.request(3, NL);
        on.convert(3, CW, "", LockFlag.QUECVT);
        isSo(3, GRANTED, CW);
        on.convert(1, PW, "");
        isSo(1, EINPROG, CR);
        on.convert(2, CR, "", LockFlag.QUECVT);
        isSo(2, EINPROG, NL);
        on.convert(3, NL, "");
        isSo(1, GRANTED, PW);
        isSo(2, GRANTED, CR);
    }

    @Test
    void noqueueRefusesAndTellsOnlyIfAsked() {
        on.request(1, PR);
        on.request(2, EX, LockFlag.NOQUEUE);
        isSo(2, EAGAIN, IV);
        assertThat(on.blocked(1)).isEmpty();
        on.request(3, EX, LockFlag.NOQUEUE, LockFlag.NOQUEUEBAST);
        assertThat(on.blocked(1)).containsExactly(EX);
        on.request(4, PR);
        on.convert(4, EX, "", LockFlag.NOQUEUE);
        isSo(4, EAGAIN, PR);
    }

    @Test
    void holdersAreToldOnceAModeAndAgainForAStrongerOne() {
        on.request(1, PR);
        on.request(2, CW);
        on.request(3, CW);
        on.request(4, EX);
        assertThat(on.blocked(1)).containsExactly(CW, EX);
        on.request(5, PW);
        assertThat(on.blocked(1)).containsExactly(CW, EX);
    }

    @Test
    void aHolderOfPrIsToldOfCwThoughPrIsTheHighestModeWaitedFor() {
        on.request(1, PR);
        on.request(2, CW);
        on.request(3, PR);
        on.convert(1, PR, "");
        assertThat(on.blocked(1)).containsExactly(CW, CW);
    }

    @Test
    void twoConversionsThatWaitForEachOtherAreADeadlock() {
        on.request(1, PR);
        on.request(2, PR);
        on.convert(1, EX, "");
        isSo(1, EINPROG, PR);
        on.convert(2, EX, "");
        isSo(2, EDEADLK, PR);
        on.unlock(2);
        isSo(1, GRANTED, EX);
    }

    @Test
    void convdeadlkGivesUpWhatIsHeld() {
        on.request(1, PR);
        on.request(2, PR);
        on.convert(1, EX, "");
        on.convert(2, EX, "", LockFlag.CONVDEADLK);
        isSo(1, GRANTED, EX);
        isSo(2, EINPROG, NL);
        on.unlock(1);
        isSo(2, GRANTED, EX);
        assertThat(on.last(2).flags() & Completed.DEMOTED).isEqualTo(Completed.DEMOTED);
    }

    @Test
    void nodlckwtWaitsInDeadlockUntilSomebodyGivesWay() {
        on.request(1, PR);
        on.request(2, PR);
        on.convert(1, EX, "");
        on.convert(2, EX, "", LockFlag.NODLCKWT);
        isSo(2, EINPROG, PR);
        on.cancel(1);
        isSo(1, ECANCEL, PR);
        on.unlock(1);
        isSo(2, GRANTED, EX);
    }

    @Test
    void theAlternativeModeIsTakenWhereTheOtherCannotBeHad() {
        on.request(1, PR);
        on.request(2, EX, LockFlag.ALTPR);
        isSo(2, GRANTED, PR);
        assertThat(on.last(2).flags() & Completed.ALTMODE).isEqualTo(Completed.ALTMODE);
        on.request(3, EX, LockFlag.ALTCW);
        isSo(3, EINPROG, IV);
    }

    @Test
    void aCancelledRequestIsNoMoreAndWhoWaitedBehindItIsGranted() {
        on.request(1, PR);
        on.request(2, EX);
        on.request(3, PR);
        on.cancel(2);
        isSo(2, ECANCEL, IV);
        isSo(3, GRANTED, PR);
        on.cancel(3);
        isSo(3, GRANTED, PR);
    }

    @Test
    void theValueIsWrittenByWhoHadTheRightAndReadByTheNext() {
        on.request(1, EX);
        on.convert(1, NL, "first", LockFlag.VALBLK);
        on.request(2, PR);
        assertThat(on.last(2).value().block()).isEqualTo(ValueBlock.of("first"));
        on.convert(2, CR, "not mine to write", LockFlag.VALBLK);
        assertThat(on.queues.value().block()).isEqualTo(ValueBlock.of("first"));
        on.convert(1, PW, "", LockFlag.VALBLK);
        on.convert(1, NL, "", LockFlag.IVVALBLK);
        on.request(3, NL);
        assertThat(on.last(3).flags() & Completed.VALNOTVALID).isEqualTo(Completed.VALNOTVALID);
        assertThat(on.last(3).value().block()).isEqualTo(ValueBlock.of("first"));
        on.convert(3, EX, "", LockFlag.NOQUEUE, LockFlag.VALBLK);
        isSo(3, EAGAIN, NL);
        on.unlock(2);
        on.convert(3, EX, "", LockFlag.VALBLK);
        on.convert(3, EX, "second", LockFlag.VALBLK);
        assertThat(on.last(3).flags()).isZero();
        assertThat(on.queues.value().block()).isEqualTo(ValueBlock.of("second"));
    }

    @Test
    void whoVanishesWithTheRightToWriteLeavesTheValueDoubtfulOthersDoNot() {
        on.request(1, NL);
        on.request(2, PR);
        on.queues.drop(id -> id.number() == 2, true);
        assertThat(on.queues.value().valid()).isTrue();
        on.request(3, PW);
        on.queues.drop(id -> id.number() == 3, true);
        assertThat(on.queues.value().valid()).isFalse();
    }

    @Test
    void whileClosedNothingIsGrantedAndGivingUpIsHeardAtOnce() {
        on.request(1, EX);
        on.queues.open(false);
        on.request(2, EX, LockFlag.NOQUEUE);
        on.request(3, NL, LockFlag.EXPEDITE);
        isSo(2, EINPROG, IV);
        isSo(3, EINPROG, IV);
        on.convert(1, CR, "", LockFlag.VALBLK);
        isSo(1, GRANTED, CR);
        on.convert(1, EX, "");
        isSo(1, EINPROG, CR);
        on.request(4, EX);
        on.cancel(4);
        isSo(4, ECANCEL, IV);
        on.queues.open(true);
        isSo(2, EAGAIN, IV);
        isSo(3, GRANTED, NL);
        isSo(1, GRANTED, EX);
    }

    @Test
    void anOperationThatComesTwiceIsAnsweredTwiceAndDoneOnce() {
        on.queues.request(Recorded.id(1), 1, EX, LockFlags.NONE);
        on.queues.convert(Recorded.id(1), 2, NL, LockFlags.of(LockFlag.VALBLK), ValueBlock.of("once"));
        on.queues.convert(Recorded.id(1), 2, NL, LockFlags.of(LockFlag.VALBLK), ValueBlock.of("twice"));
        isSo(1, GRANTED, NL);
        assertThat(on.queues.value().block()).isEqualTo(ValueBlock.of("once"));
        assertThat(on.said).hasSize(3);
    }
}
