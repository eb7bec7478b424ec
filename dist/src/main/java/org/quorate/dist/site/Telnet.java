package org.quorate.dist.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The line of a telnet connection: takes the protocol's own bytes out of what comes in, and gives whole lines.
 *
 * <p>It offers to echo and to suppress go-ahead, so that the other side sends each character as it is typed and leaves
 * the showing to us, and refuses everything else (RFC 854, 857, 858). A line ends with CR, LF, CR LF, CR NUL or
 * CR NUL LF.
 */
final class Telnet {
    private static final int END_OF_SUBNEGOTIATION = 240;
    private static final int SUBNEGOTIATION = 250;
    private static final int WILL = 251;
    private static final int WONT = 252;
    private static final int DO = 253;
    private static final int DONT = 254;
    private static final int COMMAND = 255;
    private static final int ECHO = 1;
    private static final int SUPPRESS_GO_AHEAD = 3;
    private static final int LONGEST_LINE = 512;

    private final InputStream in;
    private final OutputStream out;
    private boolean afterReturn;

    Telnet(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Makes the offers, before anything is said. */
    void open() throws IOException {
        out.write(new byte[] {(byte) COMMAND, (byte) WILL, ECHO, (byte) COMMAND, (byte) WILL, SUPPRESS_GO_AHEAD});
    }

    void say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The next line; null if the other side has gone, or sends a line that is too long to be meant. */
    String line(boolean shown) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_LINE) {
            int c = in.read();
            boolean ends = c == '\r' || c == '\n' && !afterReturn;
            boolean tail = afterReturn && (c == '\n' || c == 0);
            afterReturn = c == '\r' || afterReturn && c == 0;
            if (c < 0) {
                return null;
            } else if (ends) {
                say("\r\n");
                return line.toString(StandardCharsets.US_ASCII);
            } else if (c == COMMAND) {
                command();
            } else if (!tail) {
                line.write(c);
                if (shown) {
                    out.write(c);
                }
            }
            // Echo goes out when nothing more is waiting: not a packet for each character.
            if (in.available() == 0) {
                out.flush();
            }
        }
        return null;
    }

    private void command() throws IOException {
        switch (in.read()) {
            case DO -> refuse(in.read(), WONT);
            case WILL -> refuse(in.read(), DONT);
            case WONT, DONT -> in.read();
            case SUBNEGOTIATION -> skipSubnegotiation();
            default -> { }
        }
    }

    private void refuse(int option, int how) throws IOException {
        boolean offered = how == WONT && (option == ECHO || option == SUPPRESS_GO_AHEAD);
        if (!offered && option >= 0) {
            out.write(new byte[] {(byte) COMMAND, (byte) how, (byte) option});
        }
    }

    private void skipSubnegotiation() throws IOException {
        int before = 0;
        int c = in.read();
        while (c >= 0 && !(before == COMMAND && c == END_OF_SUBNEGOTIATION)) {
            before = c;
            c = in.read();
        }
    }
}
