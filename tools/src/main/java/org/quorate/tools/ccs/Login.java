package org.quorate.tools.ccs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who sits behind a command that runs as root: the login that the kernel keeps through su and sudo, and where there is
 * none what sudo says. For the history; root could say anything.
 */
final class Login {
    /** What the kernel writes where nobody has logged in, as in a container or at boot. */
    private static final String NOBODY = "4294967295";

    private Login() {}

    /** The login's name; its number where that has none; empty where nothing is known. */
    static String ofCaller() {
        return of(Path.of("/proc/self/loginuid"), Path.of("/etc/passwd"),
                Optional.ofNullable(System.getenv("SUDO_USER")));
    }

    static String of(Path loginUid, Path passwd, Optional<String> sudoUser) {
        try {
            var number = Files.readString(loginUid).strip();
            if (!number.equals(NOBODY)) {
                return name(number, passwd);
            }
        } catch (IOException noSuchKernel) {
            return sudoUser.orElse("");
        }
        return sudoUser.orElse("");
    }

    private static String name(String number, Path passwd) {
        try (var lines = Files.lines(passwd)) {
            return lines.map(line -> line.split(":")).filter(user -> user.length > 2 && user[2].equals(number))
                    .map(user -> user[0]).findFirst().orElse(number);
        } catch (IOException unreadable) {
            return number;
        }
    }
}
