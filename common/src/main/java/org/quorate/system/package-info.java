/**
 * The system that the daemons and commands live in: where their files lie, and how a file is replaced as a whole.
 *
 * <p><b>Knows:</b> paths and files. <b>Must not know:</b> what stands in them.
 */
package org.quorate.system;
