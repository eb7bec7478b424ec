package org.quorate.dlm.core;

import java.util.Collection;
import org.quorate.api.cman.NodeId;
import org.quorate.api.dlm.LockResource;

/**
 * Which node keeps the directory entry of a resource: the one with the highest score for it. A node that comes or goes
 * moves only the entries that it gets or had.
 */
final class Rendezvous {
    private Rendezvous() {}

    /** The directory node among these, at least one, in the order of their ids. */
    static NodeId directoryOf(LockResource resource, Collection<NodeId> nodes) {
        long seed = hash(resource);
        NodeId best = null;
        long highest = 0;
        for (var node : nodes) {
            long score = mix(seed ^ mix(node.number()));
            if (best == null || Long.compareUnsigned(score, highest) > 0) {
                best = node;
                highest = score;
            }
        }
        assert best != null : "a directory among no nodes";
        return best;
    }

    private static long hash(LockResource resource) {
        return hash(hash(0xcbf29ce484222325L, resource.lockspace()) * 31, resource.name());
    }

    /** FNV-1a over characters. */
    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of splitmix64: every bit of the result depends on every bit given. */
    private static long mix(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
