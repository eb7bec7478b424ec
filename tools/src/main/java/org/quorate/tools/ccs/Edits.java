package org.quorate.tools.ccs;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.quorate.config.NewElement;
import org.quorate.system.Paths;

/** The commands of {@code ccs_tool} that show and change a cluster.conf. */
public final class Edits {
    private static final Options.Known COMMON = new Options.Known("c:o:CFhv",
            List.of("configfile=c", "outputfile=o", "no_ccs=C", "force_ccs=F", "help=h", "verbose=v"));

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;
    private final Runnable update;
    private final Map<String, Edit> edits = new TreeMap<>();

    /** One command. */
    interface Command {
        void run(ConfFile file, Options options) throws Refusal;
    }

    /**
     * How a command is called and what it does to the file.
     *
     * @param usage   what follows its name
     * @param words   least number of words
     * @param options the ones it has besides the usual
     * @param writes  whether it changes the file
     * @param updates whether a changed file of the running cluster is brought into force at once
     * @param command does it
     */
    record Edit(String usage, int words, Options.Known options, boolean writes, boolean updates, Command command) {
        static final Options.Known NONE = new Options.Known("", List.of());

        static Edit shows(Command command) {
            return new Edit("[-v] [-c <file>]", 0, NONE, false, false, command);
        }

        static Edit changes(String usage, int words, Command command) {
            return new Edit(usage, words, NONE, true, false, command);
        }

        Edit with(String letters, String... names) {
            return new Edit(usage, words, new Options.Known(letters, List.of(names)), writes, updates, command);
        }

        /** A change of nodes or fence devices, which RHEL 4 and 5 brought into force themselves. */
        Edit andUpdates() {
            return new Edit(usage, words, options, writes, true, command);
        }
    }

    /**
     * The commands.
     *
     * @param update brings the file of this system into force
     */
    public Edits(Paths paths, PrintStream out, PrintStream err, Runnable update) {
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.update = update;
        NodeEdits.add(edits, out, err);
        FenceEdits.add(edits, out);
        ResourceEdits.add(edits, out);
        ServiceEdits.add(edits, out);
    }

    /** Whether this is one of them. */
    public boolean knows(String command) {
        return edits.containsKey(command) || command.equals("create");
    }

    /** Runs one; the answer is its exit status. */
    public int run(String name, List<String> arguments) {
        try {
            if (name.equals("create")) {
                return Creation.run(arguments, paths, out);
            }
            return run(name, edits.get(name), arguments);
        } catch (Refusal refused) {
            err.println(refused.line());
            return 1;
        }
    }

    private int run(String name, Edit edit, List<String> arguments) throws Refusal {
        List<String> names = Stream.concat(edit.options().names().stream(),
                COMMON.names().stream()).toList();
        // A letter of the command's own wins over a usual one.
        String usual = COMMON.letters();
        for (char letter : edit.options().letters().replace(":", "").toCharArray()) {
            usual = usual.replaceFirst(letter + ":?", "");
        }
        Options.Known known = new Options.Known(edit.options().letters() + usual, names);
        Options options;
        try {
            options = Options.parse(known, arguments);
        } catch (Refusal wrong) {
            err.println(wrong.line());
            err.println(usage(name, edit));
            return 1;
        }
        if (options.has('h')) {
            err.println(usage(name, edit));
            return 0;
        }
        if (options.words().size() < edit.words()) {
            err.println(usage(name, edit));
            return 1;
        }
        String input = options.text('c', paths.clusterConf().toString());
        ConfFile file = ConfFile.read(input);
        edit.command().run(file, options);
        if (edit.writes()) {
            String output = options.text('o', input);
            file.save(output, out);
            boolean live = output.equals(input) && output.equals(paths.clusterConf().toString());
            if (edit.updates() && !output.equals("-") && (live && !options.has('C') || options.has('F'))) {
                out.println("running ccs_tool update...");
                update.run();
            }
        }
        return 0;
    }

    private static String usage(String name, Edit edit) {
        return "Usage: ccs_tool " + name + " " + edit.usage()
                + (edit.writes() ? "\n  -c, --configfile <file>   the file to change; default /etc/cluster/cluster.conf"
                        + "\n  -o, --outputfile <file>   where to write; default the same, - is standard output" : "");
    }

    /** {@code <type ref="name"/>}. */
    static NewElement reference(String type, String name) {
        return NewElement.of(type).with("ref", name);
    }
}
