/**
 * The tools for cluster.conf: whether it is right, what it says, and changes that leave the rest as it was written.
 *
 * <p><b>Must not know:</b> how a file comes into force; {@link org.quorate.tools.CcsTool} asks ccsd for that.
 *
 * <p>Source: ccs_tool(8), ccs_config_validate(8), ccs_config_dump(8), ccs_test(8).
 */
package org.quorate.tools.ccs;
