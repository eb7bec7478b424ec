package org.quorate.dist.site;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One session at the management module's command line: a line comes in, a text goes out.
 *
 * <p>A session has a target, {@code system} at first, which {@code env -T} changes and which the prompt shows. Power is
 * switched and asked for where the target is a blade. The answer to {@code power -on} comes when the blade has power.
 *
 * <p>Source: what fence_bladecenter of fence-agents 4 says to such a module, and expects of it.
 */
final class Console {
    private static final String LINE = "\r\n";
    private static final Pattern BLADE = Pattern.compile("system:blade\\[(\\d{1,2})\\]");
    private static final int SYSTEM = 0;
    private static final int MOST_LOGINS = 3;

    private final Chassis chassis;
    private final String user;
    private final String password;

    private Stage stage = Stage.USER;
    private String userGiven = "";
    private int logins;
    private int target = SYSTEM;

    /** What the next line will be taken for. */
    enum Stage { USER, PASSWORD, COMMAND, OVER }

    Console(Chassis chassis, String user, String password) {
        this.chassis = chassis;
        this.user = user;
        this.password = password;
    }

    /** What is said to somebody who has just come. */
    String greeting() {
        return LINE + "username: ";
    }

    /** What the next line will be taken for; a password is not shown as it is typed. */
    Stage stage() {
        return stage;
    }

    /** The answer to a line, with the prompt for the next one. */
    String answer(String line) {
        return switch (stage) {
            case USER -> {
                userGiven = line;
                stage = Stage.PASSWORD;
                yield "password: ";
            }
            case PASSWORD -> login(line);
            case COMMAND -> {
                String said = command(line.strip());
                yield stage == Stage.OVER ? said : said + prompt();
            }
            case OVER -> "";
        };
    }

    private String login(String given) {
        if (userGiven.equals(user) && given.equals(password)) {
            stage = Stage.COMMAND;
            return LINE + "Hostname: AMM" + LINE + LINE + prompt();
        }
        logins++;
        stage = logins < MOST_LOGINS ? Stage.USER : Stage.OVER;
        return LINE + "Invalid login ID or password." + LINE + (stage == Stage.OVER ? "" : greeting());
    }

    private String prompt() {
        return target == SYSTEM ? "system> " : "system:blade[" + target + "]> ";
    }

    private String command(String line) {
        List<String> words = List.of(line.split("\\s+"));
        return switch (words.getFirst()) {
            case "" -> "";
            case "env" -> words.size() == 1 ? prompt() + LINE : env(words);
            case "list" -> list();
            case "power" -> power(words);
            case "help", "?" -> "env -T system:blade[n]   list -l 2   power -state|-on|-off|-cycle   exit" + LINE;
            case "exit", "quit" -> {
                stage = Stage.OVER;
                yield "";
            }
            default -> "Command not recognized.  Type 'help' to get a list of commands." + LINE;
        };
    }

    private String env(List<String> words) {
        if (words.size() != 3 || !words.get(1).equals("-T")) {
            return "Usage: env -T <target>" + LINE;
        }
        String wanted = words.get(2);
        Matcher blade = BLADE.matcher(wanted);
        if (wanted.equals("system")) {
            target = SYSTEM;
        } else if (blade.matches() && chassis.blades().containsKey(Integer.valueOf(blade.group(1)))) {
            target = Integer.parseInt(blade.group(1));
        } else {
            return "The target bay is empty or out of range." + LINE;
        }
        return "OK" + LINE;
    }

    private String list() {
        StringBuilder table = new StringBuilder("system" + LINE + "  mm[1]         primary" + LINE);
        chassis.blades().forEach((bay, name) ->
                table.append("  blade[").append(bay).append(bay < 10 ? "]      " : "]     ").append(name).append(LINE));
        return table.append("  blower[1]").append(LINE).append("  power[1]").append(LINE).toString();
    }

    private String power(List<String> words) {
        if (target == SYSTEM || words.size() != 2) {
            return "Usage: power -state|-on|-off|-cycle, with a blade as target" + LINE;
        }
        return switch (words.get(1)) {
            case "-state" -> (chassis.isOn(target) ? "On" : "Off") + LINE;
            case "-on" -> powered(true);
            case "-off" -> powered(false);
            case "-cycle" -> {
                powered(false);
                yield powered(true);
            }
            default -> "Usage: power -state|-on|-off|-cycle" + LINE;
        };
    }

    private String powered(boolean on) {
        chassis.power(target, on);
        return "OK" + LINE;
    }
}
