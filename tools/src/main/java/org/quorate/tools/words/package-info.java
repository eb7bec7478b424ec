/**
 * The words that all commands share: a command line as getopt(3) reads it, and failures as strerror(3) calls them.
 *
 * <p><b>Must not know:</b> any one command; daemons and what is asked of them.
 */
package org.quorate.tools.words;
