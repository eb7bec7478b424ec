package org.quorate.ccsd.core;

/**
 * What must be known of a configuration to decide about it.
 *
 * @param cluster the name of the cluster that it is for
 * @param version config_version
 * @param digest  tells two documents of one version apart
 */
public record Candidate(String cluster, int version, String digest) {
    /** As many of the digest's characters as a person compares. */
    static final int SHOWN = 12;

    /** The digest as it is shown to people. */
    public String checksum() {
        return shown(digest);
    }

    static String shown(String digest) {
        return digest.length() <= SHOWN ? digest : digest.substring(0, SHOWN);
    }
}
