/**
 * The fencing daemon: cuts off nodes that left without saying so.
 *
 * <p>{@link org.quorate.fenced.Fenced} builds the rooms, {@link org.quorate.fenced.core.FenceDomain} decides,
 * {@link org.quorate.fenced.FencedLoop} carries out, {@link org.quorate.fenced.agent.AgentRuns} runs the agents.
 *
 * <p>Source: fenced(8).
 */
package org.quorate.fenced;
