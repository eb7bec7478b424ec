/** The command-line tools, one class each. */
package org.quorate.tools;
