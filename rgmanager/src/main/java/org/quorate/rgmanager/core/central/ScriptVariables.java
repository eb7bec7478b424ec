package org.quorate.rgmanager.core.central;

import java.util.SortedMap;
import java.util.TreeMap;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;

/** What an event script finds in its environment: the variables and constants of RHCS's event scripts. */
public final class ScriptVariables {
    private static final int EVENT_NONE = 0;
    private static final int EVENT_CONFIG = 1;
    private static final int EVENT_NODE = 2;
    private static final int EVENT_SERVICE = 3;
    private static final int EVENT_USER = 4;

    private ScriptVariables() {}

    /**
     * The variables of an event.
     *
     * @param self node id of the event master
     */
    public static SortedMap<String, String> of(CentralEvent event, int self) {
        var variables = new TreeMap<String, String>();
        constants(variables);
        put(variables, "node_self", self);
        switch (event) {
            case CentralEvent.Node(int node, var name, boolean up) -> {
                put(variables, "event_type", EVENT_NODE);
                put(variables, "node_id", node);
                variables.put("node_name", name);
                put(variables, "node_state", up ? 1 : 0);
                // Nothing is decided about a failed node before it is fenced.
                put(variables, "node_clean", 1);
            }
            case CentralEvent.Service(var record, boolean exceeded) -> {
                put(variables, "event_type", EVENT_SERVICE);
                service(variables, record, exceeded);
            }
            case CentralEvent.Configuration _ -> put(variables, "event_type", EVENT_CONFIG);
            case CentralEvent.User user -> {
                put(variables, "event_type", EVENT_USER);
                put(variables, "user_request", user.request().number());
                variables.put("user_service", user.service().text());
                variables.put("service_name", user.service().text());
                put(variables, "user_target", user.target());
                put(variables, "user_arg1", user.target());
                put(variables, "user_arg2", user.domain() ? 1 : 0);
            }
            case CentralEvent.Review _ -> put(variables, "event_type", EVENT_NONE);
            case CentralEvent.Settled(var service) -> {
                put(variables, "event_type", EVENT_NONE);
                variables.put("service_name", service.text());
            }
        }
        return variables;
    }

    private static void service(SortedMap<String, String> variables, ServiceRecord record, boolean exceeded) {
        int owner = Overview.ownerOf(record);
        variables.put("service_name", record.name().text());
        variables.put("service_state", record.state().text());
        put(variables, "service_owner", owner == 0 ? -1 : owner);
        put(variables, "service_last_owner", record.lastOwner());
        put(variables, "service_restarts_exceeded", exceeded ? 1 : 0);
    }

    private static void constants(SortedMap<String, String> variables) {
        put(variables, "EVENT_NONE", EVENT_NONE);
        put(variables, "EVENT_CONFIG", EVENT_CONFIG);
        put(variables, "EVENT_NODE", EVENT_NODE);
        put(variables, "EVENT_SERVICE", EVENT_SERVICE);
        put(variables, "EVENT_USER", EVENT_USER);
        put(variables, "NODE_ONLINE", 1);
        put(variables, "NODE_OFFLINE", 0);
        put(variables, "USER_ENABLE", ServiceRequest.ENABLE.number());
        put(variables, "USER_DISABLE", ServiceRequest.DISABLE.number());
        put(variables, "USER_STOP", ServiceRequest.STOP_USER.number());
        put(variables, "USER_RELOCATE", ServiceRequest.RELOCATE.number());
        put(variables, "USER_RESTART", ServiceRequest.RESTART.number());
        put(variables, "USER_MIGRATE", ServiceRequest.MIGRATE.number());
        put(variables, "USER_FREEZE", ServiceRequest.FREEZE.number());
        put(variables, "USER_UNFREEZE", ServiceRequest.UNFREEZE.number());
        put(variables, "USER_CONVALESCE", ServiceRequest.CONVALESCE.number());
        put(variables, "SUCCESS", Codes.SUCCESS);
        put(variables, "FAIL", Codes.FAIL);
        put(variables, "ERR_ABORT", Codes.ERR_ABORT);
        put(variables, "ERR_INVALID", Codes.ERR_INVALID);
        put(variables, "ERR_DEPEND", Codes.ERR_DEPEND);
        put(variables, "ERR_DOMAIN", Codes.ERR_DOMAIN);
        put(variables, "ERR_RUNNING", Codes.ERR_RUNNING);
    }

    private static void put(SortedMap<String, String> variables, String name, int value) {
        variables.put(name, String.valueOf(value));
    }
}
