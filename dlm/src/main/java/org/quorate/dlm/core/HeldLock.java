package org.quorate.dlm.core;

import org.quorate.api.dlm.LockFlags;
import org.quorate.api.dlm.LockMode;
import org.quorate.api.dlm.LockResource;

/**
 * A lock as its holder tells it to the resource's master at a new epoch.
 *
 * @param number    the holder's number of it
 * @param turn      number of the last operation that the holder began on it
 * @param resource  what it is on
 * @param granted   what the holder believes to have; less, if it has asked for less already
 * @param requested what it is known to queue for, IV if for nothing
 * @param flags     of the last operation
 * @param awaiting  whether the holder has not heard yet how its last operation ended
 * @param value     the value block as the holder knows it
 * @param ticket    its place in the queue
 * @param usesValue whether its holder has ever used the value block
 * @param masterLost whether the resource has lost its master, and the receiver is to master it
 */
public record HeldLock(
        long number,
        int turn,
        LockResource resource,
        LockMode granted,
        LockMode requested,
        LockFlags flags,
        boolean awaiting,
        StoredValue value,
        long ticket,
        boolean usesValue,
        boolean masterLost) {}
