/**
 * What resource agents say of themselves: asked for here, and read as elements.
 *
 * <p>{@link org.quorate.agents.MetaDataQuestion} runs an agent with {@code meta-data},
 * {@link org.quorate.agents.MetaDataText} reads what it printed; {@link org.quorate.agents.OcfName},
 * {@link org.quorate.agents.OcfFolder} and {@link org.quorate.agents.OcfProblems} are about agents of the Open Cluster
 * Framework in cluster.conf.
 *
 * <p><b>Must not know:</b> services, trees, and what any of it means to rgmanager.
 *
 * <p>Source: rgmanager(8); the resource agent API of the Open Cluster Framework.
 */
package org.quorate.agents;
