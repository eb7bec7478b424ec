/** The fencing daemon: cuts off nodes that left without saying so. Source: fenced(8). */
package org.quorate.fenced;
