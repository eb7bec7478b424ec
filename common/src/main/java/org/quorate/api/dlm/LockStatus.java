package org.quorate.api.dlm;

/** How an operation on a lock ended. The numbers are what libdlm puts into {@code sb_status}. */
public enum LockStatus {
    /** Granted, or done. */
    GRANTED(0),
    /** There is no such lock, lockspace or orphan. */
    ENOENT(2),
    /** Not without waiting, and waiting was not wanted. */
    EAGAIN(11),
    /** The lock has an operation under way. */
    EBUSY(16),
    /** The request makes no sense. */
    EINVAL(22),
    /** Two conversions would wait for each other for ever. */
    EDEADLK(35),
    /** Not granted in the time given. */
    ETIMEDOUT(110),
    /** Cancelled. */
    ECANCEL(0x10001),
    /** Unlocked; the lock is no more. */
    EUNLOCK(0x10002),
    /** Under way still. */
    EINPROG(0x10003);

    private final int number;

    LockStatus(int number) {
        this.number = number;
    }

    /** The number in a status block. */
    public int number() {
        return number;
    }

    /**
     * The status with this number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LockStatus of(int number) {
        for (var status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        throw new IllegalArgumentException("no status has the number " + number);
    }

    /** Whether what was asked for is so now. */
    public boolean isSuccess() {
        return this == GRANTED || this == EUNLOCK;
    }
}
