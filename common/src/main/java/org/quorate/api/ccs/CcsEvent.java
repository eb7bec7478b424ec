package org.quorate.api.ccs;

/** What ccsd tells those who subscribed. */
public sealed interface CcsEvent {
    /**
     * Another version is in force on this node.
     *
     * @param version config_version
     */
    record Changed(int version) implements CcsEvent {}
}
