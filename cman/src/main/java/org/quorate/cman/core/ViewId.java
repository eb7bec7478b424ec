package org.quorate.cman.core;

/**
 * Names a view; all peers that are told of one view are told the same name, and no other view has it.
 *
 * @param creator who made it
 * @param number  counted by the creator
 */
public record ViewId(String creator, long number) {
    @Override
    public String toString() {
        return creator + "/" + number;
    }
}
