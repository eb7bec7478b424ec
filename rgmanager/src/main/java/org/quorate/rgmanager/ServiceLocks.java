package org.quorate.rgmanager;

import java.io.Closeable;
import org.quorate.api.rgmanager.ServiceName;

/** The locks of services, as the loop needs them. Answers come as events. */
interface ServiceLocks extends Closeable {
    /** Begins to wait for a lock; {@code number} comes back with the answer. */
    void take(ServiceName service, long number);

    /** Gives a lock up, granted or waited for. */
    void drop(ServiceName service);

    /** Takes the second lock of a guest, unless another node tries it just now. */
    void takeArrival(ServiceName guest, long number);

    /** Gives the second lock of a guest up, granted or not. */
    void dropArrival(ServiceName guest);

    /** Looks whether any node holds the second lock of a guest. */
    void tryArrival(ServiceName guest, long number);
}
