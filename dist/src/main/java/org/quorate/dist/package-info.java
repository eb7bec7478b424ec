/** The tree of an installed system, and the site that runs on it. */
package org.quorate.dist;
