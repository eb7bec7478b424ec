package org.quorate.ccsd.core;

/**
 * What must be known of a configuration to decide about it.
 *
 * @param cluster the name of the cluster that it is for
 * @param version config_version
 * @param digest  tells two documents of one version apart
 */
public record Candidate(String cluster, int version, String digest) {}
