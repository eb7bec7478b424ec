package org.quorate.api.dlm;

/** What dlmd tells a client unasked. */
public sealed interface DlmEvent {
    /**
     * Somebody waits for what this client holds.
     *
     * @param lock the client's number of its lock
     * @param mode what is waited for
     */
    record Blocking(int lock, LockMode mode) implements DlmEvent {}
}
