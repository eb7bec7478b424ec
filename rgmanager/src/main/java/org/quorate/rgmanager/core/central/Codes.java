package org.quorate.rgmanager.core.central;

import org.quorate.api.rgmanager.ServiceResult;

/** The numbers in which event scripts think: those of clusvcadm(8). What is above 0 is a node id. */
public final class Codes {
    static final int SUCCESS = ServiceResult.SUCCESS.code();
    static final int FAIL = ServiceResult.FAILURE.code();
    static final int ERR_ABORT = ServiceResult.ABORTED.code();
    static final int ERR_INVALID = ServiceResult.INVALID.code();
    static final int ERR_DEPEND = ServiceResult.DEPENDENCY.code();
    static final int ERR_DOMAIN = ServiceResult.DOMAIN.code();
    static final int ERR_RUNNING = ServiceResult.RUNNING.code();

    private Codes() {}

    /** Whether a member did what it was to do. */
    public static boolean isDone(ServiceResult result) {
        return result == ServiceResult.SUCCESS || result == ServiceResult.YES;
    }

    /** The result that a number stands for; what stands for none is a failure. */
    public static ServiceResult result(int code) {
        if (code > 0) {
            return ServiceResult.SUCCESS;
        }
        for (var result : ServiceResult.values()) {
            if (result.code() == code) {
                return result;
            }
        }
        return ServiceResult.FAILURE;
    }
}
