/**
 * What every daemon does alike: options, pid file, log, readiness, orderly end, and the loop that owns a core.
 *
 * <p><b>Must not know:</b> what any daemon decides.
 */
package org.quorate.daemon;
