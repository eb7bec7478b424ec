package org.quorate.rgmanager.core.central;

import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;

/** What the event master decides about. */
public sealed interface CentralEvent {
    /** For the log. */
    String line();

    /**
     * A member's manager came or went. One that went is known to run nothing any more, or its node is a member still.
     *
     * @param node node id
     * @param name of the node
     * @param up   whether it came
     */
    record Node(int node, String name, boolean up) implements CentralEvent {
        @Override
        public String line() {
            return "node " + name + (up ? " up" : " down");
        }
    }

    /**
     * A service came into another state.
     *
     * @param record   what was written of it then
     * @param exceeded whether it is not to be restarted where it ran, though its policy is to restart it
     */
    record Service(ServiceRecord record, boolean exceeded) implements CentralEvent {
        @Override
        public String line() {
            return record.name() + " is " + record.state().text();
        }

        boolean is(ServiceState state) {
            return record.is(state);
        }
    }

    /** Another configuration is in use on the master. */
    record Configuration(int version) implements CentralEvent {
        @Override
        public String line() {
            return "configuration version " + version;
        }
    }

    /**
     * Somebody asks for something by clusvcadm(8).
     *
     * @param target node id of the member asked for, 0 for none
     * @param domain whether the failover domain is to choose the member
     */
    record User(ServiceRequest request, ServiceName service, int target, boolean domain) implements CentralEvent {
        @Override
        public String line() {
            return "clusvcadm asks for " + request.words() + " of " + service;
        }
    }

    /** Everything that nobody runs is to be looked at again. */
    record Review(String why) implements CentralEvent {
        @Override
        public String line() {
            return why;
        }
    }

    /** What was going on with a service while another event was decided about is over. */
    record Settled(ServiceName service) implements CentralEvent {
        @Override
        public String line() {
            return service + " has settled";
        }
    }
}
