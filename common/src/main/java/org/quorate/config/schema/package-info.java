/**
 * What cluster.conf may hold: every element and attribute with its type, default and meaning, and every resource type
 * with its parameters.
 *
 * <p>{@link org.quorate.config.schema.Schema} is the one table of them. The validator reads it, the reference page and
 * the RELAX NG grammar are printed from it, so that the three cannot differ.
 *
 * <p><b>Must not know:</b> files, their elements, what is wrong with them.
 *
 * <p>Source: cluster.conf(5); the meta-data of the resource agents of RHCS 3.0.12 to 3.2.
 */
package org.quorate.config.schema;
