package org.quorate.rgmanager.core.tree;

import java.util.List;
import java.util.Optional;

/**
 * A resource type: what its agent's meta-data says.
 *
 * @param type            the agent's name for it; types are told apart ignoring case
 * @param agent           file name of the agent in the folder of agents, or its full path
 * @param parameters      the primary one in front
 * @param actions         in the meta-data's order
 * @param children        in the meta-data's order
 * @param maxInstances    how often one resource may be used in the whole tree; 0 is without limit
 * @param initOnAdd       whether a new root of this type is stopped everywhere before its first start
 * @param destroyOnDelete whether a root of this type is stopped when it leaves the configuration
 * @param api             how the agent is spoken to
 * @param refusal         why no resource of this type is started, if so
 */
public record ResourceRule(String type, String agent, List<ParameterRule> parameters, List<ActionRule> actions,
        List<ChildRule> children, int maxInstances, boolean initOnAdd, boolean destroyOnDelete,
        AgentApi api, Optional<String> refusal) {

    public ResourceRule {
        parameters = List.copyOf(parameters);
        actions = List.copyOf(actions);
        children = List.copyOf(children);
    }

    /** Whether children of a type have a level, be it of their start or of their stop. */
    boolean givesLevel(String childType) {
        return children.stream().anyMatch(c -> c.type().equals(childType) && c.levelled());
    }

    ResourceRule withParameters(List<ParameterRule> replaced) {
        return new ResourceRule(type, agent, replaced, actions, children, maxInstances, initOnAdd,
                destroyOnDelete, api, refusal);
    }
}
