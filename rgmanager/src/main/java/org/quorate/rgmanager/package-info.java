/** The resource group daemon: services run on one node and never on two. Source: rgmanager(8). */
package org.quorate.rgmanager;
