package org.quorate.config;

/** How cluster messages travel: {@code cman/@transport}. */
public enum Transport {
    /** UDP multicast. */
    UDP,
    /** UDP broadcast. */
    UDPB,
    /** UDP to each listed node. */
    UDPU,
    /** Infiniband. */
    RDMA
}
