/**
 * Programs that run while the distribution is built, so that what is installed starts fast.
 *
 * <p><b>Knows:</b> the JDK. <b>Must not know:</b> anything of the daemons; they are run, not called.
 */
package org.quorate.dist.build;
