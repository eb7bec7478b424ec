package org.quorate.rgmanager.core.request;

import java.util.List;
import java.util.stream.Collectors;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;

/**
 * Why something is refused for a service, in one line each: what is in the way, where, and what to do.
 *
 * @param service which
 * @param around  what is looked at
 */
public record Reasons(ServiceName service, Surroundings around) {
    String frozen() {
        return service + " is frozen; clusvcadm -U " + service + " unfreezes it";
    }

    String failed(ServiceRecord record) {
        return service + " is failed: it could not be stopped"
                + (record.lastOwner() == 0 ? "" : " on " + around.nameOf(record.lastOwner())) + "; see that nothing of"
                + " it runs there, then clusvcadm -d " + service;
    }

    String disabled() {
        return service + " is disabled; clusvcadm -e " + service + " enables it";
    }

    /** What is being done with it, and where. */
    String isSo(ServiceRecord record) {
        return service + " is " + record.state().text()
                + (record.owner() == 0 ? "" : " on " + around.nameOf(record.owner()));
    }

    String underWay(ServiceRecord record) {
        return isSo(record) + "; try again when that is over";
    }

    String unattended(int owner) {
        return service + " may run on " + around.nameOf(owner) + ", a member whose rgmanager does not take part;"
                + " start rgmanager there";
    }

    public String locked() {
        return around.ending() ? "the manager on " + around.nameOf(around.self()) + " is ending"
                : "starts are locked on all members; clusvcadm -u unlocks them";
    }

    public String notFenced(int owner) {
        String node = around.nameOf(owner);
        return node + ", where " + service + " ran, failed and is not fenced yet; see fence_tool ls, and if " + node
                + " is off for certain, fence_ack_manual " + node;
    }

    /** A guest that nobody who is there was sent may be where nobody can be asked. */
    public String mayHaveBeenSent() {
        String silent = around.silent().stream().map(around::nameOf).collect(Collectors.joining(" or "));
        return silent.isEmpty() ? service + " may have been sent to another member, which has not looked yet"
                : service + " may have been sent to " + silent + " in a migration whose end is not known, and rgmanager"
                + " does not take part there; start it there";
    }

    String notReady(int target, Step.Answer ready) {
        return around.nameOf(target) + " is not ready for it"
                + because(ready.why().isEmpty() ? ready.result().text() : ready.why());
    }

    String mayNotRun(int node, List<Integer> online) {
        return around.nameOf(node) + " may not run " + service + ": " + around.scoreWhy(service, node, online);
    }

    public String dependency() {
        var other = around.policy(service).depend().orElseThrow();
        return service + " depends on " + other + ", which is " + around.record(other).state().text()
                + "; clusvcadm -e " + other + " first";
    }

    /** Why a node cannot be reached as a member that runs services. */
    public String away(int node) {
        return switch (around.presence(node)) {
            case ONLINE -> around.nameOf(node) + " is online";
            case SILENT -> "rgmanager does not take part on " + around.nameOf(node) + "; start it there";
            case VICTIM -> around.nameOf(node) + " failed and is not fenced yet";
            case GONE -> around.nameOf(node) + " is not a member of the cluster";
        };
    }

    String didNotStart(String why) {
        return "it did not start on " + around.nameOf(around.self()) + because(why);
    }

    String didNotStop(String why) {
        return service + " could not be stopped on " + around.nameOf(around.self()) + because(why)
                + "; see that nothing of it runs there, then clusvcadm -d " + service;
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : " (" + why + ")";
    }

    /** What is disabled could not be started here, and nobody else is asked. */
    String notPutElsewhere(List<String> refusals) {
        return refusals.contains(disabled()) ? disabled() : nowhere(refusals)
                + "; what is disabled is not put elsewhere by itself, choose a member with -m";
    }

    /** Two things that went wrong one after the other. */
    static String then(String first, String second) {
        return first.equals(second) ? first : first + "; " + second;
    }

    /** Who was looked at for a place in vain. */
    String nowhere(List<String> refusals) {
        return refusals.isEmpty() ? "no other member's rgmanager takes part"
                : refusals.stream().collect(Collectors.joining("; "));
    }
}
