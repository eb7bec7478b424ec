package org.quorate.api.rgmanager;

/** What can be asked for a service, with RHCS's numbers and the words for log lines. */
public enum ServiceRequest {
    /** Start it if this member is the best for it. */
    START(2, "start"),
    /** Stop it if it runs here. */
    STOP(3, "stop"),
    /** Check what is due. */
    STATUS(4, "status"),
    /** Stop it for good. */
    DISABLE(5, "disable"),
    /** Stop it to start it again. */
    STOP_RECOVER(6, "stop (recovery)"),
    /** Start it after a failure. */
    START_RECOVER(7, "start (recovery)"),
    /** Stop it and start it where it is. */
    RESTART(8, "restart"),
    /** The member's manager ends. */
    EXITING(9, "exiting"),
    /** Stop all its resources, whatever is written of it. */
    INIT(10, "initialize"),
    /** Start it, disabled or not. */
    ENABLE(11, "enable"),
    /** Tell what is known of services. */
    STATUS_INQUIRY(12, "status inquiry"),
    /** Move it to another member. */
    RELOCATE(13, "relocate"),
    /** Stop what changed. */
    CONDITIONAL_STOP(14, "conditional stop"),
    /** Start what changed. */
    CONDITIONAL_START(15, "conditional start"),
    /** Start it on behalf of another member. */
    START_REMOTE(16, "remote start"),
    /** Stop it until something changes. */
    STOP_USER(17, "user stop"),
    /** Stop it since the member's manager ends. */
    STOP_EXITING(18, "stop (shutdown)"),
    /** Start nothing any more. */
    LOCK(19, "locking"),
    /** Start things again. */
    UNLOCK(20, "unlocking"),
    /** Tell whether starts are locked. */
    LOCK_QUERY(21, "lock status inquiry"),
    /** Move it while it runs. */
    MIGRATE(22, "migrate"),
    /** Leave it alone. */
    FREEZE(23, "freeze"),
    /** Look after it again. */
    UNFREEZE(24, "unfreeze"),
    /** Look whether it runs here, whoever owns it. */
    STATUS_ELSEWHERE(25, "out of band service status inquiry"),
    /** Start what is not critical and failed. */
    CONVALESCE(26, "convalesce"),
    /** Make ready for a guest that may be sent there at any moment. Not of RHCS. */
    EXPECT(101, "making ready for a guest"),
    /** Look whether a guest has arrived; whoever asks holds its lock, and sends it no more. Not of RHCS. */
    ARRIVED(102, "inquiry for an arrived guest");

    private final int number;
    private final String words;

    ServiceRequest(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** RHCS's number of it; above 100 there is none. */
    public int number() {
        return number;
    }

    /** For log lines. */
    public String words() {
        return words;
    }
}
