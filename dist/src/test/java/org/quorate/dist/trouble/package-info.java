/**
 * What an administrator sees when something is not as it should be: the installed programs, run for real on two hosts
 * of their own, must say in one line what is the matter, end with the status that their manual page names, and never
 * hang.
 */
package org.quorate.dist.trouble;
