/** The membership daemon: views become epochs, votes become quorum, groups get ordered messages. Source: cman(5). */
package org.quorate.cman;
