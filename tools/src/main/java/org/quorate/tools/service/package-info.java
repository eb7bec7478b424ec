/**
 * What {@code clustat} and {@code clusvcadm} are made of: their options, the picture of the cluster that they show, and
 * its forms on the screen; and what a new cluster.conf would do to the services.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman}, {@code org.quorate.api.rgmanager}.
 *
 * <p>Source: clustat(8), clusvcadm(8).
 */
package org.quorate.tools.service;
