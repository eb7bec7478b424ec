package org.quorate.config.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that cluster.conf may hold. */
public final class Schema {
    private static final ElementRule CLUSTER = ElementRule.of("cluster", Occurs.ONCE, "all", "the whole file", """
            name | text | - | required cluster | of the cluster, at most 15 bytes
            config_version | 1 to 2147483647 | - | required now | grows with every change
            alias | text | name | old never | display name of old tools
            """,
            MembershipSections.cman(), MembershipSections.uidgid(), MembershipSections.totem(),
            MembershipSections.quorumd(), ServiceSections.fenceDaemon(), ServiceSections.fenceXvmd(),
            ServiceSections.dlm(), ServiceSections.gfsControld(), ServiceSections.group(), ServiceSections.logging(),
            MembershipSections.clusternodes(), ServiceSections.fenceDevices(), ServiceSections.rm(),
            ServiceSections.clvmd());

    /** In the order of the page. */
    private static final List<ResourceType> TYPES =
            Stream.concat(SystemResources.all().stream(), ApplicationResources.all().stream()).toList();
    private static final Map<String, ResourceType> BY_NAME = byName();

    private static final List<AttributeRule> OF_ANY_RESOURCE = AttributeRule.table("""
            ref | text | - | - | uses the shared resource of that name; instead of all parameters
            __independent_subtree | word 0 1 2 yes non-critical | 0 | live | a failure restarts or stops it alone
            __enforce_timeouts | truth | 0 | live | an action over its time is a failure
            __max_failures | int | 0 | live | failures tolerated within __failure_expire_time
            __failure_expire_time | time | 0 | live | after which one is forgotten
            __max_restarts | int | 0 | live | restarts of an independent subtree within __restart_expire_time
            __restart_expire_time | time | 0 | live | after which one is forgotten
            """, Live.RESOURCE);

    private static final ElementRule ACTION = ElementRule.of("action", Occurs.ANY, "rgmanager",
            "other times for one action of a resource", """
            name | text | - | required now | start, stop, status, monitor, ...
            depth | number or * | 0 | now | which depth of it; * for all
            interval | time | of the agent | now | how often
            timeout | time | of the agent | now | how long it may take
            """);

    private Schema() {}

    /** The root element and all below it but resources. */
    public static ElementRule cluster() {
        return CLUSTER;
    }

    /** The resource types, the system's own first. */
    public static List<ResourceType> types() {
        return TYPES;
    }

    /** A resource type. */
    public static Optional<ResourceType> type(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names of all resource types. */
    public static Set<String> typeNames() {
        return BY_NAME.keySet();
    }

    /** What any resource may have besides its type's parameters. */
    public static List<AttributeRule> ofAnyResource() {
        return OF_ANY_RESOURCE;
    }

    /** One of them. */
    public static Optional<AttributeRule> ofAnyResource(String name) {
        return AttributeRule.named(name, OF_ANY_RESOURCE);
    }

    /** The element that changes the times of a resource's actions. */
    public static ElementRule action() {
        return ACTION;
    }

    private static Map<String, ResourceType> byName() {
        Map<String, ResourceType> byName = new TreeMap<>();
        TYPES.forEach(type -> byName.put(type.name(), type));
        return Collections.unmodifiableMap(byName);
    }
}
