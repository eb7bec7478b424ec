package org.quorate.rgmanager;

import java.io.Closeable;
import org.quorate.api.rgmanager.ServiceName;

/** The locks of services, as the loop needs them. Answers come as events. */
interface ServiceLocks extends Closeable {
    /** Begins to wait for a lock; {@code number} comes back with the answer. */
    void take(ServiceName service, long number);

    /** Gives a lock up, granted or waited for. */
    void drop(ServiceName service);
}
