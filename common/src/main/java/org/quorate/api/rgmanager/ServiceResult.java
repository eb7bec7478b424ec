package org.quorate.api.rgmanager;

/** What came out of a request; clusvcadm(8) shows the text and exits with the low byte of the code. */
public enum ServiceResult {
    /** Done. */
    SUCCESS(0, "Success"),
    /** It did not work. */
    FAILURE(-1, "Failure"),
    /** It did not work and could not be undone. */
    ABORTED(-2, "Aborted; service failed"),
    /** Another member runs it; the request is forwarded there. */
    NOT_HERE(-3, "Service not mastered locally"),
    /** No such service. */
    NO_SERVICE(-4, "Service does not exist"),
    /** It is being moved already. */
    DEADLOCK(-5, "Operation would cause a deadlock"),
    /** Not now. */
    TRY_AGAIN(-6, "Temporary failure; try again"),
    /** What it depends on does not run, or it may not run beside what runs. */
    DEPENDENCY(-7, "Operation violates dependency rule"),
    /** Not with this service, or not in its state. */
    INVALID(-8, "Invalid operation for resource"),
    /** Not without quorum. */
    NO_QUORUM(-9, "Operation requires quorum"),
    /** It runs. */
    RUNNING(-10, "Service is already running"),
    /** It is frozen. */
    FROZEN(-11, "Failure: Service is frozen"),
    /** The member is not there. */
    NO_NODE(-12, "Target node dead / nonexistent"),
    /** Who ran it is not known to be off. */
    FENCING(-13, "Fencing operation pending; try again later"),
    /** An event script failed. */
    SCRIPT(-14, "S/Lang Script Error"),
    /** No member may run it. */
    DOMAIN(-15, "Service not runnable"),
    /** Something exclusive runs. */
    EXCLUSIVE(-16, "Service not runnable: cannot run exclusive"),
    /** It could not be moved and runs where it was. */
    ORIGINAL_OWNER(-17, "Failed; service running on original owner"),
    /** Only for root. */
    PERMISSION(-18, "Permission denied"),
    /** Done, but something went wrong with it. */
    WARNING(-19, "Warning; see system logs"),
    /** It is so. */
    YES(1, "Yes"),
    /** It is not so. */
    NO(2, "No");

    private final int code;
    private final String text;

    ServiceResult(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** RHCS's number of it. */
    public int code() {
        return code;
    }

    /** What clusvcadm(8) prints. */
    public String text() {
        return text;
    }

    /** What clusvcadm(8) exits with: 0 also where the service runs already. */
    public int exitStatus() {
        return this == RUNNING ? 0 : code & 0xff;
    }
}
