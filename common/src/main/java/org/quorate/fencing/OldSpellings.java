package org.quorate.fencing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of one and the same argument in different generations of agents. A configuration keeps the name that was right
 * when it was written; an agent of today may not know it and would ignore it in silence.
 */
final class OldSpellings {
    /** Two names that agents of today treat alike, the newer one first. */
    private static final List<List<String>> ALIKE = List.of(
            List.of("action", "option"),
            List.of("plug", "port"),
            List.of("ip", "ipaddr"),
            List.of("username", "login"),
            List.of("password", "passwd"),
            List.of("password_script", "passwd_script"),
            List.of("ssh", "secure"),
            List.of("command_prompt", "cmd_prompt"),
            List.of("debug_file", "debug"),
            List.of("use_sudo", "sudo"));

    /** What an agent may have called the same before; only of use where the agent does not know the name. */
    private static final Map<String, String> FORMERLY = Map.of(
            "blade", "plug",
            "outlet", "plug",
            "vm_name", "plug",
            "domain", "plug",
            "hostname", "ip",
            "user", "username",
            "telnet_port", "ipport",
            "udpport", "ipport");

    private OldSpellings() {}

    /** One word for both spellings of an argument, so that an argument given twice is noticed. */
    static String canonical(String name) {
        return pair(name).map(List::getFirst).orElse(name);
    }

    /** The spelling that an agent knows; the name itself where it does, or nothing is better. */
    static String as(String name, Set<String> known) {
        if (known.contains(name)) {
            return name;
        }
        var newest = canonical(FORMERLY.getOrDefault(name, name));
        var spellings = pair(newest).orElse(List.of(newest));
        return spellings.stream().filter(known::contains).findFirst().orElse(name);
    }

    private static Optional<List<String>> pair(String name) {
        return ALIKE.stream().filter(pair -> pair.contains(name)).findFirst();
    }
}
