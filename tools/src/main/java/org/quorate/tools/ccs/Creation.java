package org.quorate.tools.ccs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.quorate.config.ClusterFile;
import org.quorate.config.ClusterValidation;
import org.quorate.system.Paths;

/** {@code ccs_tool create}: a new cluster.conf to go on from. */
final class Creation {
    private static final Options.Known OPTIONS =
            new Options.Known("2n:f:c:h", List.of("twonode=2", "nodes=n", "fence_type=f", "configfile=c", "help=h"));
    private static final String USAGE =
            "Usage: ccs_tool create [-2] [-n <nodes>] [-f <fence agent>] [-c <file>] <cluster name>";

    private Creation() {}

    static int run(List<String> arguments, Paths paths, PrintStream out) throws Refusal {
        Options options = Options.parse(OPTIONS, arguments);
        if (options.has('h') || options.words().isEmpty()) {
            out.println(USAGE);
            return options.has('h') ? 0 : 1;
        }
        String file = options.text('c', paths.clusterConf().toString());
        if (!file.equals("-") && Files.exists(Path.of(file))) {
            throw Refusal.of(file + " already exists");
        }
        byte[] bytes = skeleton(options.words().getFirst(), options).getBytes(UTF_8);
        // With words to be filled in it is not well-formed yet, and nothing can be said of it.
        var faults = ClusterValidation.of(ClusterFile.parse(bytes)).problems().stream()
                .filter(p -> p.isError() && !p.code().equals("xml-syntax")).toList();
        if (!faults.isEmpty()) {
            throw Refusal.of(faults.getFirst().what() + "; " + faults.getFirst().remedy());
        }
        if (file.equals("-")) {
            out.writeBytes(bytes);
            out.flush();
        } else {
            ConfFile.write(file, bytes);
        }
        return 0;
    }

    /** What a person must fill in stands in capitals; until then the file is not well-formed, so nobody runs it. */
    private static String skeleton(String name, Options options) throws Refusal {
        int nodes = options.number('n', options.has('2') ? 2 : 0);
        boolean fencing = options.has('f');
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<cluster name=\"").append(escaped(name))
                .append("\" config_version=\"1\">\n\n");
        if (options.has('2')) {
            text.append("  <cman two_node=\"1\" expected_votes=\"1\"/>\n\n");
        }
        text.append("  <clusternodes>\n");
        for (int id = 1; id <= nodes; id++) {
            text.append(String.format("    <clusternode name=\"NEEDNAME-%02d\" votes=\"1\" nodeid=\"%d\">\n", id, id))
                    .append("      <fence>\n        <method name=\"single\">\n")
                    .append(fencing ? "          <device name=\"fence1\" ADDARGS/>\n" : "")
                    .append("        </method>\n      </fence>\n    </clusternode>\n");
        }
        text.append("  </clusternodes>\n\n  <fencedevices>\n");
        if (fencing) {
            text.append("    <fencedevice name=\"fence1\" agent=\"").append(escaped(options.text('f', "")))
                    .append("\" ADDARGS/>\n");
        }
        return text.append("  </fencedevices>\n\n  <rm>\n    <failoverdomains/>\n    <resources/>\n  </rm>\n")
                .append("</cluster>\n").toString();
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
