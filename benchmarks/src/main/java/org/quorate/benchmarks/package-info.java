/**
 * What is claimed about the speed of single parts, as JMH benchmarks. Each class is one subject; what whole nodes take
 * is measured by the scripts beside.
 *
 * <p><b>Knows:</b> the public face of what it measures. <b>Must not know:</b> anything that only a test knows.
 */
package org.quorate.benchmarks;
