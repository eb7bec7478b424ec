package org.quorate.tools.service;

import java.util.Optional;

/**
 * What clustat(8) is to show.
 *
 * @param member  only this member
 * @param service only this service, with its type
 * @param details whether services are shown at length
 */
public record Wanted(Optional<String> member, Optional<String> service, boolean details) {
    /** Whether everything is to be shown. */
    public boolean all() {
        return member.isEmpty() && service.isEmpty();
    }

    /** Whether the members' part is to be shown. */
    public boolean members() {
        return all() || member.isPresent();
    }

    /** Whether the services' part is to be shown. */
    public boolean services() {
        return all() || service.isPresent();
    }
}
