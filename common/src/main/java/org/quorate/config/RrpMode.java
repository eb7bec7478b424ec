package org.quorate.config;

/** How two rings are used: {@code totem/@rrp_mode}. */
public enum RrpMode {
    /** One ring. */
    NONE,
    /** Both at once. */
    ACTIVE,
    /** By turns. */
    PASSIVE
}
