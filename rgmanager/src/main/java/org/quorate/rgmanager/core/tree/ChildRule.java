package org.quorate.rgmanager.core.tree;

/**
 * What a resource type says of a type of children.
 *
 * @param type   of the children
 * @param start  level in which they are started, 1 to 100; 0 is none
 * @param stop   level in which they are stopped, 1 to 100; 0 is none
 * @param forbid such children are left out of the tree without a word
 */
public record ChildRule(String type, int start, int stop, boolean forbid) {
    boolean levelled() {
        return start != 0 || stop != 0;
    }
}
