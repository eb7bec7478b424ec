/**
 * Where services have to be in the end, by what cluster.conf says of them and by what has happened to them.
 *
 * <p>This is judged from the elements of cluster.conf, from what agents said and from what the administrator asked for,
 * and never by the classes that decide it in the resource manager: a mistake there must not excuse itself here.
 *
 * <p><b>Knows:</b> {@code org.quorate.simulation.daemon} and {@code .world}, {@code org.quorate.config}. <b>Must not
 * know:</b> {@code org.quorate.rgmanager}.
 *
 * <p>Source: rgmanager(8), cluster.conf(5).
 */
package org.quorate.simulation.policy;
