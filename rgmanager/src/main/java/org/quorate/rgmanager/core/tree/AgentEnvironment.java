package org.quorate.rgmanager.core.tree;

import java.util.LinkedHashMap;
import java.util.Map;

/** All that an agent is told besides its arguments: the variables of its call. Nothing is inherited. */
final class AgentEnvironment {
    /** Told to the suite's own agents as {@code OCF_ROOT}, wherever they were read from. */
    private static final String ROOT = "/usr/share/cluster";
    private static final String BELOW_ROOT = "/resource.d/";

    private AgentEnvironment() {}

    static Map<String, String> of(TreeNode node, ActionRule action) {
        Map<String, String> environment = new LinkedHashMap<>();
        return switch (node.resource().rule().api()) {
            case RGMANAGER -> own(node, action, environment);
            case OCF -> ocf(node, action, environment);
        };
    }

    private static Map<String, String> own(TreeNode node, ActionRule action, Map<String, String> environment) {
        Resource resource = node.resource();
        resource.attributes().forEach(a -> node.value(a)
                .ifPresent(value -> environment.put("OCF_RESKEY_" + a.name(), value)));
        environment.put("OCF_RA_VERSION_MAJOR", "1");
        environment.put("OCF_RA_VERSION_MINOR", "0");
        environment.put("OCF_ROOT", ROOT);
        environment.put("OCF_RESOURCE_INSTANCE", resource.fullName());
        environment.put("OCF_RESOURCE_TYPE", resource.type());
        environment.put("OCF_CHECK_LEVEL", Integer.toString(action.depth()));
        environment.put("OCF_RESKEY_RGMANAGER_meta_refcnt", Long.toString(node.otherUses()));
        environment.put("OCF_RESKEY_RGMANAGER_meta_timeout",
                Long.toString(node.enforceTimeouts() ? 0 : action.timeout().toSeconds()));
        return environment;
    }

    /** As the agents know it from Pacemaker, whose variables many of them read. */
    private static Map<String, String> ocf(TreeNode node, ActionRule action, Map<String, String> environment) {
        Resource resource = node.resource();
        String provider = resource.property(OcfRule.PROVIDER).orElse("");
        String type = resource.property(OcfRule.VARIANT).orElse("");
        resource.attributes().stream()
                .filter(a -> !a.name().equals(OcfRule.PROVIDER) && !a.name().equals(OcfRule.VARIANT))
                .forEach(a -> environment.put("OCF_RESKEY_" + a.name(), a.value()));
        String agent = resource.rule().agent();
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LC_ALL", "C");
        environment.put("OCF_ROOT", agent.substring(0, Math.max(agent.lastIndexOf(BELOW_ROOT), 0)));
        environment.put("OCF_RA_VERSION_MAJOR", "1");
        environment.put("OCF_RA_VERSION_MINOR", "1");
        environment.put("OCF_RESOURCE_INSTANCE", resource.name());
        environment.put("OCF_RESOURCE_PROVIDER", provider);
        environment.put("OCF_RESOURCE_TYPE", type);
        environment.put("OCF_CHECK_LEVEL", Integer.toString(action.depth()));
        environment.put("OCF_RESKEY_CRM_meta_name", resource.rule().api().word(action.name()));
        environment.put("OCF_RESKEY_CRM_meta_timeout", Long.toString(action.timeout().toMillis()));
        // A monitor without an interval is a probe to them: is it there, wherever it came from?
        environment.put("OCF_RESKEY_CRM_meta_interval", Long.toString(action.interval().toMillis()));
        environment.put("HA_RSCTMP", "/run/resource-agents");
        environment.put("HA_debug", "0");
        return environment;
    }
}
