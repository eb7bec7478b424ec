/**
 * How a node is cut off: its methods, their devices, the agents. Used by fenced, and by fence_node, which must
 * work also where no fenced runs.
 *
 * <p>{@link org.quorate.fencing.MethodRun} takes one method through its devices in order;
 * {@link org.quorate.fencing.AgentInput} says what an agent is told, {@link org.quorate.fencing.AgentProcess} runs it,
 * {@link org.quorate.fencing.AgentCatalogue} knows what agents say of themselves.
 *
 * <p><b>Must not know:</b> who is a victim, when, and who may cut it off.
 *
 * <p>Source: fenced(8), fence_node(8), the fence agents' API.
 */
package org.quorate.fencing;
